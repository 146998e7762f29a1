"""What a report knows: a period's figures beside those of the period before, and how things stand now.

Every figure is defined in docs/figures.md under the name it has here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from domain.order import ZERO, Order

NO_TIME = timedelta(0)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: everything, or what these people (user ids) or these customers (codes) have to do with.

    `name` is what people call it: 销售部, 李娜, 华联超市(人民路店).
    """

    name: str = ""
    people: tuple[str, ...] = ()
    customers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Period:
    """The days `first` to `last` in the company's zone, from `start` until before `end`, and the period before.

    `so_far`: the period is not over, so that the one before is counted until the same day and time.
    """

    kind: str
    first: date
    last: date
    start: datetime
    end: datetime
    before_start: datetime
    before_end: datetime
    so_far: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """So many, and so much money."""

    number: int = 0
    amount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Cycle:
    """How long orders took from entry until all of them had left: the middle one, and nine of ten."""

    orders: int = 0
    median: timedelta = NO_TIME
    p90: timedelta = NO_TIME


@dataclass(frozen=True, slots=True)
class StepTime:
    """The time of the steps that were left: waiting for the owner's first touch, and work after it."""

    step: str
    owner: str
    passages: int = 0
    waited: timedelta = NO_TIME
    worked: timedelta = NO_TIME
    late: int = 0

    @property
    def whole(self) -> timedelta:
        """Waiting and working."""
        return self.waited + self.worked

    def plus(self, other: "StepTime", step: str, owner: str) -> "StepTime":
        """Both together, as those of `step` and `owner`."""
        return StepTime(
            step,
            owner,
            self.passages + other.passages,
            self.waited + other.waited,
            self.worked + other.worked,
            self.late + other.late,
        )


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of one period.

    `steps` says where the orders taken stand now; `deeds` counts what was done and not taken back, by kind
    (`domain.deeds.KINDS`); `reasons` are the words given for it, the commonest first; `wrong` of the `checked`
    orders had something wrong with the delivery; `scores` are the latest ratings.
    """

    taken: Count = Count()
    steps: Mapping[str, int] = field(default_factory=dict)
    deeds: Mapping[str, Count] = field(default_factory=dict)
    reasons: Mapping[str, Sequence[tuple[str, int]]] = field(default_factory=dict)
    cycle: Cycle = Cycle()
    checked: int = 0
    wrong: int = 0
    scores: int = 0
    scored: int = 0
    times: tuple[StepTime, ...] = ()

    @property
    def accuracy(self) -> Decimal | None:
        """The part of the orders checked whose delivery was right; None where none was checked."""
        return 1 - Decimal(self.wrong) / self.checked if self.checked else None

    @property
    def satisfaction(self) -> Decimal | None:
        """The mean score; None where nobody gave one."""
        return Decimal(self.scored) / self.scores if self.scores else None

    def done(self, kind: str) -> Count:
        """What was done of this kind."""
        return self.deeds.get(kind, Count())

    @property
    def quiet(self) -> bool:
        """True where nothing at all happened."""
        return not (self.taken.number or self.deeds or self.times)


@dataclass(frozen=True, slots=True)
class Backlog:
    """The open orders in one step and one person's hands: how many, worth what, late, the oldest, money to come."""

    step: str
    owner: str
    orders: int
    amount: Decimal
    overdue: int
    oldest: datetime
    owed: Decimal


@dataclass(frozen=True, slots=True)
class Slice:
    """The orders taken within a quarter of an hour that began at `start`."""

    start: datetime
    taken: Count


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a report says."""

    period: Period
    scope: Scope
    at: datetime
    now: Tally
    before: Tally
    backlog: tuple[Backlog, ...] = ()
    worst: tuple[Order, ...] = ()
    slices: tuple[Slice, ...] = ()


class Figures(Protocol):
    """The figures of the order book."""

    async def tallies(self, period: Period, scope: Scope) -> tuple[Tally, Tally]:
        """The figures of the period, and of the one before."""

    async def backlog(self, now: datetime, scope: Scope) -> tuple[Backlog, ...]:
        """The open orders by step and owner."""

    async def slices(self, period: Period, scope: Scope) -> tuple[Slice, ...]:
        """The orders taken, by quarters of an hour, the earliest first; empty ones are left out."""
