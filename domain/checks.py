"""The automatic checks at entry."""

from collections.abc import Mapping, Sequence

from domain.act import Act
from domain.order import Check, Line
from domain.ports import EntryFacts, StockLevel
from domain.pricing import Wanted

# Facts of each kind, in this order; those of a kind about lines stand once for each line that caused the ⚠.
CHECKS: Mapping[str, tuple[str, ...]] = {
    "price": ("name", "unit", "price", "list"),
    "stock": ("name", "unit", "qty", "available"),
    "address": ("address", "region"),
    "credit": ("limit", "exposure", "amount"),
    "duplicate": ("order",),
    "habit": ("name", "unit", "qty", "usual"),
}


def rows(check: Check) -> tuple[Mapping[str, str], ...]:
    """The facts of a check as one mapping for each line (or other thing) they are about."""
    raise NotImplementedError


def fingerprint(customer: str, lines: Sequence[Line]) -> str:
    """The same for two orders of one customer with the same goods, whatever the units said."""
    raise NotImplementedError


def checks(
    wanted: Wanted,
    lines: Sequence[Line],
    facts: EntryFacts,
    stock: Mapping[tuple[str, str], StockLevel],
    act: Act,
) -> tuple[Check, ...]:
    """Every automatic check, in the order of `CHECKS`."""
    raise NotImplementedError
