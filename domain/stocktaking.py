"""Goods counted in, and counted."""

from collections.abc import Mapping, Sequence

from domain.act import Act, Portion
from domain.facts import StockChange
from domain.ports import StockLevel


def receive(portions: Sequence[Portion], warehouse: str, act: Act) -> StockChange:
    """Goods came in."""
    raise NotImplementedError


def count(
    portions: Sequence[Portion], warehouse: str, act: Act, stock: Mapping[tuple[str, str], StockLevel]
) -> StockChange:
    """This is what lies there."""
    raise NotImplementedError
