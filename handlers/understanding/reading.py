"""What a line means: the result of understanding, as `gendan parse` prints it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

INTENTS = frozenset(
    """order.create order.repeat order.find order.approve order.reject order.pick order.ship order.sign order.pay
    order.change order.delay order.cancel order.hold order.resume order.shortage order.return order.complain order.urge
    order.assign order.note alert.ack alert.snooze task.list stock.show product.show stock.in stock.count
    purchase.suggest customer.show report.daily report.weekly report.monthly report.overdue report.board staff.leave
    suggest undo confirm dismiss help none""".split()
)
"""Everything that a line may ask for."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file a line stands: its page (empty where there is only one), its row, and what the row calls it.

    `column` is the size or customer at the head of its column, in a matrix.
    """

    page: str
    row: int
    words: str
    column: str = ""


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One product line as it was said. Absent fields were not said or are still asked about.

    `qty` and `delta` are decimals exactly as said; `price` is yuan for one `unit`; `spot` is set for lines of a file.
    """

    sku: str | None = None
    qty: Decimal | None = None
    delta: Decimal | None = None
    unit: str | None = None
    price: Decimal | None = None
    gift: bool = False
    spot: Spot | None = None


@dataclass(frozen=True, slots=True)
class Slots:
    """What was said besides the intent; everything absent is None, empty or False.

    `people` and `department` say of whom a report is asked; `Understanding.whose` reads them, not `read`.
    """

    customer: str | None = None
    lines: tuple[SaidLine, ...] = ()
    due: date | None = None
    period: str | None = None
    address: str | None = None
    note: str | None = None
    urgent: bool = False
    orders: tuple[str, ...] = ()
    state: str | None = None
    sku: str | None = None
    from_: date | None = None
    to: date | None = None
    mine: bool = False
    reason: str | None = None
    done: bool = False
    carrier: str | None = None
    tracking: str | None = None
    amount: Decimal | None = None
    method: str | None = None
    staff: str | None = None
    minutes: int | None = None
    skus: tuple[str, ...] = ()
    warehouse: str | None = None
    people: tuple[str, ...] = ()
    department: str | None = None


@dataclass(frozen=True, slots=True)
class Doubt:
    """Words that did not settle a slot, as said, and all that they fit; nothing where they name nothing."""

    word: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """One request. `ambiguous` and `unknown` are keyed by slot path (`customer`, `lines[0].sku`).

    `also` holds further requests of the same message, in the order said. `doubts` keeps by path what words were
    not clear, also when the slot is settled since; it is no part of what the line means.
    """

    intent: str
    slots: Slots = field(default_factory=Slots)
    missing: tuple[str, ...] = ()
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)
    also: tuple["Reading", ...] = ()
    doubts: Mapping[str, Doubt] = field(default_factory=dict, compare=False)

    @property
    def settled(self) -> bool:
        """True when nothing must be asked before acting."""
        return not (self.missing or self.ambiguous or self.unknown)
