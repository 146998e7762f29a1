"""From the shelf to the customer."""

from collections.abc import Mapping, Sequence

from domain.act import Act, Portion
from domain.facts import Change
from domain.order import Order
from domain.ports import StockLevel


def pick(order: Order, act: Act, done: bool = False) -> Change:
    """Picking has begun (the picker owns it from now on) or is done."""
    raise NotImplementedError


def finish(order: Order, act: Act, stock: Mapping[tuple[str, str], StockLevel] | None = None) -> Change:
    """A company's own step is finished; on to the next."""
    raise NotImplementedError


def ship(
    order: Order, act: Act, portions: Sequence[Portion] = (), carrier: str = "", tracking: str = ""
) -> Change:
    """Goods leave: everything reserved, or the portions named."""
    raise NotImplementedError


def run_short(order: Order, act: Act, portions: Sequence[Portion] = ()) -> Change:
    """The warehouse cannot find what was reserved: all of it, or the portions named."""
    raise NotImplementedError


def restock(order: Order, act: Act, stock: Mapping[tuple[str, str], StockLevel]) -> Change | None:
    """Reserve for a short order what has come in; None when nothing of it has."""
    raise NotImplementedError


def sign(order: Order, act: Act, portions: Sequence[Portion] = ()) -> Change:
    """The customer has received what is under way; of the products named, so much."""
    raise NotImplementedError
