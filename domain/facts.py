"""What a decision causes: events, notices, timers, stock moves, money; all written in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from domain.duty import Absence
from domain.order import Order


@dataclass(frozen=True, slots=True)
class Event:
    """Something that somebody did, for ever. `stream` is `order:17`, `stock` or `company`; `data` is JSON.

    Order events carry `before` and `after` of what changed, so that they can be shown, checked and taken back.
    `source` is the key of the message that caused it.
    """

    stream: str
    kind: str
    at: datetime
    by: str
    source: str
    data: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Notice:
    """Somebody must be told. `to` is `group:warehouse` or `user:lina`; `facts` are JSON and fill the wording.

    `mentions` are user ids; `lane` is `urgent`, `normal` or `digest`; `at` is when it was written into the outbox:
    its words are as of then, so that one that is sent again is the same message.
    """

    kind: str
    to: str
    order: int | None = None
    mentions: tuple[str, ...] = ()
    lane: str = "normal"
    facts: Mapping[str, object] = field(default_factory=dict)
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Timer:
    """At `due`, look whether `order` still stands in its `entry`-th step; then rung `rung`, `repeat` decides."""

    order: int
    entry: int
    rung: int
    repeat: int
    due: datetime


@dataclass(frozen=True, slots=True)
class StockMove:
    """A line of the stock ledger, in the smallest unit.

    `kind`: reserve, release, ship, in, count, return, undo.
    """

    warehouse: str
    sku: str
    kind: str
    on_hand: Decimal
    reserved: Decimal
    order: int | None = None


@dataclass(frozen=True, slots=True)
class ShippedLine:
    """So much of a line left from this warehouse, in the smallest unit."""

    line: int
    sku: str
    warehouse: str
    qty: Decimal


@dataclass(frozen=True, slots=True)
class Shipment:
    """Goods that left together. `no` counts within the order."""

    order: int
    no: int
    at: datetime
    by: str
    carrier: str
    tracking: str
    lines: tuple[ShippedLine, ...]


@dataclass(frozen=True, slots=True)
class Payment:
    """Money for an order; negative when given back. `method`: wechat, alipay, bank, cash, credit or empty."""

    order: int
    at: datetime
    by: str
    amount: Decimal
    method: str


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that reports count (`domain.deeds.KINDS`). `event` is the place of its event in the change."""

    kind: str
    order: int
    at: datetime
    by: str
    customer: str
    salesperson: str
    amount: Decimal | None = None
    seconds: int | None = None
    score: int | None = None
    wrong: bool = False
    reason: str = ""
    event: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """A step that an order has left: entered, begun by its owner (if ever), left, and when it was due.

    `event` is the place in the change of the event that ended it.
    """

    order: int
    entry: int
    step: str
    entered: datetime
    begun: datetime | None
    left: datetime
    due: datetime | None
    owner: str
    customer: str
    salesperson: str
    event: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """The whole effect of one decision about one order. `uow.save(change)` is the only way to write it.

    `timers` are new; `moved` are those of the same step entry that ring at another moment from now on, as far as
    they have not rung yet.
    `takes_back` is the number in the order's chain of the first event whose deeds and passages no longer count.
    """

    order: Order
    events: tuple[Event, ...]
    notices: tuple[Notice, ...] = ()
    timers: tuple[Timer, ...] = ()
    moved: tuple[Timer, ...] = ()
    moves: tuple[StockMove, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    payments: tuple[Payment, ...] = ()
    deeds: tuple[Deed, ...] = ()
    passages: tuple[Passage, ...] = ()
    takes_back: int | None = None


@dataclass(frozen=True, slots=True)
class StockChange:
    """Goods counted in or a stock count: ledger lines and their event, no order."""

    moves: tuple[StockMove, ...]
    event: Event
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class DutyChange:
    """Somebody will be away, or is back: absences that begin and those that end, with their event."""

    event: Event
    absences: tuple[Absence, ...] = ()
    ended: tuple[Absence, ...] = ()
    notices: tuple[Notice, ...] = ()
