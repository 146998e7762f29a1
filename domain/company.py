"""The company's rules in force: one frozen object made from its folder."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from decimal import Decimal

from domain.calendar import WorkCalendar
from domain.catalogue import Catalogue, Staff

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

    Repeated `every` (working time) at most `times` in all.
    """

    after: timedelta
    whom: str
    every: timedelta | None = None
    times: int = 1


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

    `roles` names each role as people say it (`warehouse`: 仓库).
    """

    steps: Mapping[str, Step]
    tiers: tuple[Tier, ...]
    permissions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)

    def first(self, kind: str) -> Step:
        """The first step of this kind."""
        return next(step for step in self.steps.values() if step.kind == kind)

    def keys(self, *kinds: str) -> tuple[str, ...]:
        """The steps of these kinds, as orders name them."""
        return tuple(step.key for step in self.steps.values() if step.kind in kinds)


@dataclass(frozen=True, slots=True)
class Report:
    """A summary told unasked: `kind` is daily, weekly, monthly or reconcile; `weekday` (Monday 1) is for weekly only."""

    kind: str
    at: time
    group: str
    weekday: int = 1


@dataclass(frozen=True, slots=True)
class Company:
    """Everything the rules may look at. `version` numbers the rules in the ledger of process changes.

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
    reports: tuple[Report, ...] = ()
    targets: Targets = Targets()
    quiet_hours: bool = False

    def staff(self, user_id: str) -> Staff | None:
        """The colleague with this id, or None."""
        return self.catalogue.staff.get(user_id)
