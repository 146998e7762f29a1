"""Taking back what one has just done."""

from collections.abc import Mapping, Sequence

from domain.act import Act
from domain.facts import Change, Event
from domain.order import Order
from domain.ports import StockLevel


def takes_back(order: Order, events: Sequence[Event], act: Act) -> Mapping[str, object]:
    """What undoing would undo, or the refusal: `kind`, `at`, `before`, `after`, `moves`, `payments`, `told`."""
    raise NotImplementedError


def undo(
    order: Order, events: Sequence[Event], act: Act, stock: Mapping[tuple[str, str], StockLevel]
) -> Change:
    """The order as it was before the newest event (`events`: the order's, oldest first)."""
    raise NotImplementedError
