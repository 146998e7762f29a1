"""Placing an order."""

from collections.abc import Mapping

from domain.act import Act
from domain.checks import checks, fingerprint
from domain.facts import Change
from domain.ports import EntryFacts, StockLevel
from domain.pricing import Wanted, WantedLine, price_lines


def enter(
    number: int, wanted: Wanted, act: Act, facts: EntryFacts, stock: Mapping[tuple[str, str], StockLevel]
) -> Change:
    """A new order: approved by itself when every check passes and its tier needs nobody, else with the reviewer."""
    raise NotImplementedError


__all__ = ["Wanted", "WantedLine", "checks", "enter", "fingerprint", "price_lines"]
