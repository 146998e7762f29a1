"""An order as it stands: frozen data and the figures derived from it.

Quantities are `Decimal` in the product's smallest unit; money is `Decimal` yuan:
unit prices to four places, amounts to the fen (half up).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")
ZERO = Decimal(0)


def to_fen(amount: Decimal) -> Decimal:
    """`amount` rounded half up to the fen."""
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Allocation:
    """So much of a line, in the smallest unit, is reserved in this warehouse."""

    warehouse: str
    qty: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """One product of an order, priced when it was entered.

    Said as `qty` of `unit` at `price` yuan for one `unit`; counted in the smallest unit, of which one `unit`
    holds `unit_size`. `shipped`, `signed`, `returned` and `missed` are totals in the smallest unit: `missed` left
    us but did not arrive by the customer's word; what comes back counts as signed and returned in any case.
    `sent` says which warehouse they left from, less what came back.
    """

    no: int
    sku: str
    name: str
    qty: Decimal
    unit: str
    unit_size: Decimal
    smallest: str
    price: Decimal
    list_price: Decimal
    tax_rate: Decimal
    gift: bool = False
    allocations: tuple[Allocation, ...] = ()
    shipped: Decimal = ZERO
    signed: Decimal = ZERO
    returned: Decimal = ZERO
    missed: Decimal = ZERO
    sent: tuple[Allocation, ...] = ()

    @property
    def ordered(self) -> Decimal:
        """What was ordered, in the smallest unit."""
        return self.qty * self.unit_size

    @property
    def reserved(self) -> Decimal:
        """What waits in the warehouses for this line, in the smallest unit."""
        return sum((allocation.qty for allocation in self.allocations), ZERO)

    @property
    def lacking(self) -> Decimal:
        """What is neither shipped nor reserved yet, in the smallest unit."""
        return self.ordered - self.shipped - self.reserved

    @property
    def under_way(self) -> Decimal:
        """What has left and of which nobody has said yet whether it arrived, in the smallest unit."""
        return self.shipped - self.signed - self.missed

    @property
    def amount(self) -> Decimal:
        """What the ordered quantity costs, tax included, to the fen; a gift costs nothing."""
        return self.worth(self.ordered)

    def worth(self, smallest: Decimal) -> Decimal:
        """What `smallest` of the smallest unit cost at this line's price, to the fen."""
        return ZERO if self.gift else to_fen(self.price * smallest / self.unit_size)


@dataclass(frozen=True, slots=True)
class Approval:
    """A reviewer's yes."""

    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """One automatic check at entry, shown as ✓ or ⚠; kinds and facts as in `domain.checks.CHECKS`."""

    kind: str
    passed: bool
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link of the order's event chain."""

    seq: int = 0
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """One order. `step` is a key of the workflow; `entry` counts the steps entered, and never goes back.

    `version` guards the write (0: not written yet) and `head` ends its chain of events; storage moves both.
    `void` is True once cancelled: nothing is owed. `held_from` is the step a held order stood in.
    `ready` is True when the company's own last step before shipping is finished. `changed_by` are those but the
    maker who changed goods, prices or address since others last approved it. `chosen` says why `owner` has it
    (`domain.assignment`); `begun_at` is when they first touched it in this step.

    The ladder of the step: `heard` counts for each rung how often it has rung, `acked` is True from 收到 until it
    rings again, nothing rings before `silent_until`, and by `paused` of the step's time everything rings later.
    `snoozed` numbers the reminders asked for. All of this begins anew with each step entered.

    `revised` is the version in which something that a reviewer looks at was changed last (0: not known).
    """

    number: int
    version: int
    step: str
    customer: str
    customer_name: str
    customer_type: str
    region: str
    salesperson: str
    maker: str
    created_at: datetime
    step_since: datetime
    lines: tuple[Line, ...]
    entry: int = 1
    owner: str = ""
    step_due: datetime | None = None
    due: date | None = None
    period: str = ""
    address: str = ""
    note: str = ""
    urgent: bool = False
    tier: str = ""
    approvals_needed: int = 0
    approvals: tuple[Approval, ...] = ()
    approved_amount: Decimal = ZERO
    changed_by: tuple[str, ...] = ()
    checks: tuple[Check, ...] = ()
    paid: Decimal = ZERO
    held_from: str = ""
    shipments: int = 0
    urges: int = 0
    void: bool = False
    ready: bool = False
    chosen: tuple[tuple[str, str], ...] = ()
    heard: tuple[int, ...] = ()
    acked: bool = False
    silent_until: datetime | None = None
    paused: timedelta = timedelta(0)
    snoozed: int = 0
    urged_at: datetime | None = None
    revised: int = 0
    begun_at: datetime | None = None
    head: Head = Head()

    def code(self, zone: tzinfo) -> str:
        """How the order is shown, with its day in the company's zone: `SO261123-0017`, said `17`."""
        return f"SO{self.created_at.astimezone(zone):%y%m%d}-{self.number:04d}"

    @property
    def authors(self) -> frozenset[str]:
        """Whose work a review looks at: none of them may be the one who reviews."""
        return frozenset({self.maker, *self.changed_by})

    @property
    def amount(self) -> Decimal:
        """What was ordered costs, to the fen."""
        return total(line.amount for line in self.lines)

    @property
    def shipped_any(self) -> bool:
        """True once anything has left a warehouse."""
        return any(line.shipped for line in self.lines)

    @property
    def shipped_all(self) -> bool:
        """True once everything ordered has left."""
        return all(line.shipped >= line.ordered for line in self.lines)


def total(amounts: Iterable[Decimal]) -> Decimal:
    """The exact sum, zero yuan for none."""
    return sum(amounts, ZERO)
