"""The company's rules in force: one frozen object made from its folder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal

from domain.calendar import WorkCalendar
from domain.catalogue import Catalogue, Staff
from domain.order import Order

FINISHED = ("done", "cancelled")
"""The kinds of step where nobody acts any more."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reaching a group: kind (`console`, `wecom-robot`, `wecom-appchat`, …) and address there."""

    kind: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """A department's chat group. `members` are user ids (derived from departments and roles, or listed)."""

    key: str
    name: str
    ways: tuple[Way, ...]
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """After so much working time in a step tell `whom` (owner, deputy, supervisor, manager, group, or a role).

    Repeated `every` (working time) at most `times` in all. `ack` is how much working time 收到 silences the
    ladder for. An early warning says how long `before` the step's limit it rings; its `after` follows from that.
    """

    after: timedelta
    whom: str
    every: timedelta | None = None
    times: int = 1
    ack: timedelta = timedelta(minutes=30)
    before: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an order's life.

    `kind` is what the program knows it as: draft, reviewing, picking, work, short, shipped, signed, hold,
    cancelled, done; a company may name it otherwise and insert steps of kind `work`. `roles` may act;
    `group` is told when it is entered; `limit` is working time; None means none.
    """

    key: str
    name: str
    kind: str
    roles: tuple[str, ...] = ()
    group: str = ""
    limit: timedelta | None = None
    next: str = ""
    ladder: tuple[Rung, ...] = ()
    guide: str = ""


@dataclass(frozen=True, slots=True)
class Tier:
    """Orders up to this amount (None: any) need so many reviewers with one of these roles."""

    name: str
    up_to: Decimal | None
    reviewers: int
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Orders like this are for `person`, or for one with `role`: in turn, or who has the `least` open work.

    Empty conditions fit every order. Where no step is named, the rule holds wherever whom it names may act, but for
    drafts and held orders, which are the seller's.
    """

    person: str = ""
    role: str = ""
    least: bool = False
    steps: tuple[str, ...] = ()
    customer_types: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    warehouses: tuple[str, ...] = ()
    above: Decimal | None = None
    up_to: Decimal | None = None

    def fits(self, step: Step, order: Order, catalogue: Catalogue) -> bool:
        """True when the order meets every condition."""
        return (
            (step.key in self.steps if self.steps else step.kind not in ("draft", "hold"))
            and (not self.customer_types or order.customer_type in self.customer_types)
            and (not self.regions or order.region in self.regions)
            and (not self.lines or any(_line_of(line.sku, catalogue) in self.lines for line in order.lines))
            and (not self.warehouses or any(place in self.warehouses for place in _places(order)))
            and (self.above is None or order.amount > self.above)
            and (self.up_to is None or order.amount <= self.up_to)
        )


def _line_of(sku: str, catalogue: Catalogue) -> str:
    product = catalogue.products.get(sku)
    return product.line if product is not None else ""


def _places(order: Order) -> set[str]:
    """The warehouses that the order is or was taken from."""
    return {place.warehouse for line in order.lines for place in (*line.allocations, *line.sent)}


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of what is believed without a question, and of what one person may take back."""

    max_quantity: Decimal = Decimal(100_000)
    max_amount: Decimal = Decimal(10_000_000)
    price_tolerance: Decimal = Decimal("0.10")
    absurd_price_factor: Decimal = Decimal(5)
    habit_factor: Decimal = Decimal(5)
    duplicate_window: timedelta = timedelta(hours=24)
    draft_lives: timedelta = timedelta(minutes=30)
    undo_window: timedelta = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Targets:
    """What the company wants to reach: time from entry to the last goods leaving, right deliveries, satisfaction."""

    cycle: timedelta = timedelta(hours=24)
    accuracy: Decimal = Decimal("0.99")
    satisfaction: Decimal = Decimal(95)


@dataclass(frozen=True, slots=True)
class Workflow:
    """Steps by key, approval tiers from small to large, and roles by action (`permissions`).

    `roles` names each role as people say it (`warehouse`: 仓库); of the rules in `assign` the first that fits wins.
    """

    steps: Mapping[str, Step]
    tiers: tuple[Tier, ...]
    permissions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    assign: tuple[Assignment, ...] = ()

    def first(self, kind: str) -> Step:
        """The first step of this kind."""
        return next(step for step in self.steps.values() if step.kind == kind)

    def keys(self, *kinds: str) -> tuple[str, ...]:
        """The steps of these kinds, as orders name them."""
        return tuple(step.key for step in self.steps.values() if step.kind in kinds)


@dataclass(frozen=True, slots=True)
class ReportTime:
    """A summary told unasked: `kind` is daily, weekly, monthly or reconcile; `weekday` (Monday 1) is for weekly only."""

    kind: str
    at: time
    group: str
    weekday: int = 1


@dataclass(frozen=True, slots=True)
class Company:
    """Everything the rules may look at. `version` numbers the rules in the ledger of process changes.

    `register` numbers what people have said of themselves (`domain.identity`), which is part of `catalogue.staff`.
    With `quiet_hours` nobody is told outside working time what is not urgent.
    """

    version: int
    name: str
    bot_name: str
    calendar: WorkCalendar
    catalogue: Catalogue
    workflow: Workflow
    groups: Mapping[str, Group]
    limits: Limits = Limits()
    people_ways: tuple[str, ...] = ("console",)
    reports: tuple[ReportTime, ...] = ()
    targets: Targets = Targets()
    quiet_hours: bool = False
    register: int = 0

    def staff(self, user_id: str) -> Staff | None:
        """The colleague with this id, or None."""
        return self.catalogue.staff.get(user_id)
