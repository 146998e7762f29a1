"""How long a line takes against a big catalogue."""

import gc
import statistics
from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from benchmarks.understanding.mix import SHARES, Mix
from benchmarks.understanding.yardstick import cpu
from handlers.understanding import Understanding
from tests.sayings.catalogues import city
from tests.sayings.line import NOW

ROUNDS = 3
SEED = 20_261_123


def measure() -> dict[str, Any]:
    """In a process of its own: each line is read in several rounds over all of them, and its median counts."""
    mix = Mix(Random(SEED), city())
    said = [(kind, write(mix)) for kind, (write, share) in SHARES.items() for _ in range(share)]
    Random(SEED).shuffle(said)
    understanding = Understanding(city())
    # As `gendan serve` does: the index stays, and is not looked through for garbage again.
    gc.collect()
    gc.freeze()
    rounds = [[_read(understanding, text) for _, text in said] for _ in range(ROUNDS)]
    took = [statistics.median(each) for each in zip(*rounds, strict=True)]
    by_kind = {
        kind: [one for one, (own, _) in zip(took, said, strict=True) if own == kind] for kind in SHARES
    }
    return {
        "all": _figures(took),
        "kinds": {kind: _figures(each) for kind, each in by_kind.items()},
    }


def _read(understanding: Understanding, text: str) -> float:
    began = cpu()
    understanding.read(text, sender="lina", now=NOW)
    return (cpu() - began) * 1000


def _figures(took: Sequence[float]) -> dict[str, float]:
    ordered = sorted(took)
    return {
        "lines": len(ordered),
        "p50_ms": round(ordered[len(ordered) // 2], 2),
        "p99_ms": round(ordered[min(len(ordered) - 1, int(0.99 * len(ordered)))], 2),
        "most_ms": round(ordered[-1], 2),
    }


def lines(figures: Mapping[str, Any], yardstick_ms: float) -> Sequence[str]:
    """What a person reads."""
    rows = [f"  {'a line, ms':<20}{'lines':>8}{'p50':>8}{'p99':>8}{'most':>8}{'p50 to yardstick':>19}"]
    for kind, one in {"all": figures["all"], **figures["kinds"]}.items():
        ratio = one["p50_ms"] / yardstick_ms
        rows.append(
            f"  {kind:<20}{one['lines']:>8}{one['p50_ms']:>8}{one['p99_ms']:>8}{one['most_ms']:>8}{ratio:>19.3f}"
        )
    return rows
