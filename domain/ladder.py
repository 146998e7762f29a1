"""When to look at an order that stands in a step with a ladder."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from domain.company import Company, Rung
from domain.facts import Timer
from domain.order import Order
from domain.path import deadline, step_of


def timers_of(order: Order, company: Company, since: datetime | None = None) -> tuple[Timer, ...]:
    """When to look at this order: for each rung of its step's ladder the first moment (after `since`)."""
    ladder = step_of(order, company).ladder
    found = (next(moments(order, index, rung, company, 0, since), None) for index, rung in enumerate(ladder))
    return tuple(timer for timer in found if timer is not None)


def moments(
    order: Order, index: int, rung: Rung, company: Company, first: int, since: datetime | None
) -> Iterator[Timer]:
    """The moments of one rung from repeat `first` on, those after `since`."""
    for repeat in range(first, rung.times if rung.every is not None else 1):
        due = deadline(order, rung.after + repeat * (rung.every or timedelta(0)), company)
        if since is None or due > since:
            yield Timer(order.number, order.entry, index, repeat, due)
