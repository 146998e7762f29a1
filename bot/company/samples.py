"""What a ladder comes to on days that matter: when each rung rings, and for whom."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from domain.act import SYSTEM, Act
from domain.assignment import owner_for
from domain.calendar import WorkCalendar
from domain.company import Company, Step
from domain.duty import NOBODY_AWAY
from domain.escalation import Ring, rings
from domain.order import Order

FIVE = time(17)
_YEAR = timedelta(days=366)


def moments(calendar: WorkCalendar, today: date) -> tuple[datetime, ...]:
    """Five o'clock on the next Friday that is worked, and on the last working day before the next holiday."""
    days = list(_days(today))
    friday = next((day for day in days if day.isoweekday() == 5 and calendar.works_on(day)), None)
    eve = next((day for day in days if calendar.works_on(day) and _holiday_after(day, calendar)), None)
    chosen = dict.fromkeys(day for day in (friday, eve) if day is not None)
    return tuple(datetime.combine(day, FIVE, calendar.zone) for day in chosen)


def sample(step: Step, company: Company, at: datetime) -> tuple[Ring, ...]:
    """The rungs for an order that enters this step at that moment and stays in it."""
    order = _order(step, company, at.astimezone(UTC))
    act = Act(SYSTEM, order.step_since, company, "sample", NOBODY_AWAY)
    owner, _ = owner_for(step, order, act)
    return rings(replace(order, owner=owner), act)


def _days(today: date) -> Iterator[date]:
    return (today + timedelta(days=ahead) for ahead in range(_YEAR.days))


def _holiday_after(day: date, calendar: WorkCalendar) -> bool:
    """True where the next day would be worked were it not for a holiday."""
    tomorrow = day + timedelta(days=1)
    return tomorrow.isoweekday() in calendar.weekdays and not calendar.works_on(tomorrow)


def _order(step: Step, company: Company, at: datetime) -> Order:
    """Some customer's order, entered by whoever sells to them."""
    customer = next(iter(company.catalogue.customers.values()))
    return Order(
        number=1,
        version=1,
        step=step.key,
        customer="",
        customer_name=customer.name,
        customer_type=customer.type,
        region=customer.region,
        salesperson=customer.salesperson,
        maker=customer.salesperson,
        created_at=at,
        step_since=at,
        lines=(),
    )
