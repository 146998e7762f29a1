"""When an order will have left, judged by those that went the same way before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.company import Company
from domain.order import Order
from domain.path import onward, step_of

SINCE = timedelta(days=30)
MOST = 500
LEAST = 8
"""So many must have taken longer than this one has already; of fewer nobody can say eight out of ten."""
AHEAD = ("reviewing", "work", "picking", "short")
"""The kinds of step in which an order is on its way out; from a draft or on hold it may never leave."""


@dataclass(frozen=True, slots=True)
class Walk:
    """An order came into a step, and had left the house by then."""

    entered: datetime
    out: datetime


class Walks(Protocol):
    """How orders went from a step to the road."""

    async def of(self, step: str, since: datetime, limit: int) -> tuple[Walk, ...]:
        """The newest ones that have left since then."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """All will have left by `by`.

    With `samples` eight out of ten such orders had, half of them by `half`; where `half` is None there were too few
    (`samples`), or all of them had been quicker (`beyond`), and the time limits of the steps are all there is.
    """

    by: datetime
    samples: int
    half: datetime | None = None
    beyond: bool = False


def leaves(order: Order, company: Company) -> bool:
    """True when it is on its way out of the house."""
    return step_of(order, company).kind in AHEAD


def forecast(order: Order, walks: Sequence[Walk], company: Company, now: datetime) -> Forecast | None:
    """When everything will have left; None where it has, or is not on its way."""
    if not leaves(order, company):
        return None
    calendar = company.calendar
    elapsed = calendar.between(order.step_since, now)
    taken = [calendar.between(walk.entered, walk.out) for walk in walks]
    rest = sorted(time - elapsed for time in taken if time > elapsed)
    if len(rest) < LEAST:
        by = _by_limits(order, company, now)
        return Forecast(by, len(taken), beyond=len(taken) >= LEAST) if by else None
    half, most = (calendar.after(now, rest[_rank(len(rest), part)]) for part in (5, 8))
    return Forecast(most, len(rest), half)


def _rank(count: int, tenths: int) -> int:
    """The place of the value that so many tenths do not exceed."""
    return -(-count * tenths // 10) - 1


def _by_limits(order: Order, company: Company, now: datetime) -> datetime | None:
    """When the steps up to shipping have to be done; None where one of them has no limit."""
    step = step_of(order, company)
    if order.step_due is None:
        return None
    by = max(order.step_due, now)
    for later in onward(step, company):
        if later.kind == "shipped":
            return by
        if later.limit is None:
            return None
        by = company.calendar.after(by, later.limit)
    return by
