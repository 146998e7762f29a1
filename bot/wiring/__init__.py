"""Joins the parts: the only place that sees storage and scheduler beside everything else."""

from bot.wiring.program import Program, open_program, probes
from bot.wiring.shared import open_cache, open_limiter
from bot.wiring.store import Store, kept, migrate, open_store, read_rules

__all__ = [
    "Program",
    "Store",
    "kept",
    "migrate",
    "open_cache",
    "open_limiter",
    "open_program",
    "open_store",
    "probes",
    "read_rules",
]
