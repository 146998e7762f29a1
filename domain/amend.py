"""What may change under way: goods, date, address, remarks, the person in charge."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.act import Act
from domain.facts import Change
from domain.order import Order
from domain.ports import EntryFacts, StockLevel


@dataclass(frozen=True, slots=True)
class LineChange:
    """A new quantity (0 takes the product out), a difference, or another price for one product."""

    sku: str
    qty: Decimal | None = None
    delta: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    gift: bool = False


@dataclass(frozen=True, slots=True)
class Amendment:
    """What the customer wants otherwise; absent and empty stay as they are."""

    lines: tuple[LineChange, ...] = ()
    due: date | None = None
    period: str = ""
    address: str = ""


def change(
    order: Order,
    act: Act,
    amendment: Amendment,
    facts: EntryFacts,
    stock: Mapping[tuple[str, str], StockLevel],
) -> Change:
    """The order as amended; back to the reviewers when it grows past the tier it was approved in."""
    raise NotImplementedError


def delay(order: Order, act: Act, due: date, reason: str = "") -> Change:
    """We cannot keep the date: a later one, and why."""
    raise NotImplementedError


def note(order: Order, act: Act, text: str) -> Change:
    """A remark, added to those there are."""
    raise NotImplementedError


def assign(order: Order, act: Act, user_id: str) -> Change:
    """Put it into a colleague's hands."""
    raise NotImplementedError


def urge(order: Order, act: Act) -> Change:
    """The customer presses for it."""
    raise NotImplementedError


def complain(order: Order, act: Act, reason: str) -> Change:
    """The customer complains."""
    raise NotImplementedError
