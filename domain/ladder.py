"""When a step's ladder rings for an order, and how it is silenced."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from domain.company import Company, Rung
from domain.facts import Timer
from domain.order import Order
from domain.path import clock_start, deadline, step_of

REMINDER = -1
"""In place of a rung: not the ladder rings but somebody who asked for it is reminded."""
NONE = timedelta(0)


def timers_of(order: Order, company: Company, since: datetime | None = None) -> tuple[Timer, ...]:
    """When to look at this order: for each rung of its step's ladder the next moment (after `since`)."""
    ladder = step_of(order, company).ladder
    found = (
        next(moments(order, index, rung, company, heard(order, index), since), None)
        for index, rung in enumerate(ladder)
    )
    return tuple(timer for timer in found if timer is not None)


def moments(
    order: Order, index: int, rung: Rung, company: Company, first: int, since: datetime | None
) -> Iterator[Timer]:
    """The moments of one rung from repeat `first` on, those after `since`."""
    for repeat in range(first, rung.times if rung.every is not None else 1):
        due = due_at(order, rung, repeat, company)
        if since is None or due > since:
            yield Timer(order.number, order.entry, index, repeat, due)


def due_at(order: Order, rung: Rung, repeat: int, company: Company) -> datetime:
    """When this repeat (from 0) of the rung rings, the order standing as it does."""
    time = rung.after + repeat * (rung.every or NONE) + order.paused
    due = deadline(order, time, company)
    return due if order.silent_until is None else max(due, order.silent_until)


def heard(order: Order, index: int) -> int:
    """How often this rung has rung in this step entry."""
    return order.heard[index] if index < len(order.heard) else 0


def rung_heard(order: Order, index: int, repeat: int) -> Order:
    """The order after this repeat has rung: it may be acknowledged anew."""
    counts = [heard(order, place) for place in range(max(index + 1, len(order.heard)))]
    counts[index] = repeat + 1
    return replace(order, heard=tuple(counts), acked=False)


def pending(order: Order, company: Company) -> tuple[Timer, ...]:
    """Every moment at which the ladder has yet to ring; of one rung several, of which only one is set at a time."""
    return tuple(
        timer
        for index, rung in enumerate(step_of(order, company).ladder)
        for timer in moments(order, index, rung, company, heard(order, index), None)
    )


def pace(order: Order) -> tuple[object, ...]:
    """What the moments of a ladder depend on within one step entry."""
    return (order.silent_until, order.paused, order.urgent)


def silenced(order: Order, until: datetime, at: datetime, company: Company) -> Order:
    """Nothing rings before `until`. What would have rung first rings then, the rest as far behind it as before."""
    coming = [timer.due for timer in pending(order, company) if timer.due > at]
    first = min(coming, default=until)
    silent = replace(order, silent_until=until)
    if first >= until:
        return silent
    lost = until - first if order.urgent else company.calendar.between(first, until)
    return replace(silent, paused=order.paused + lost)


def hurried(order: Order, at: datetime, company: Company) -> Order:
    """The order urgent from now on: what is left of its working time counts as all time, nothing falls due at once."""
    start, calendar = clock_start(order, company), company.calendar
    idle = at - start - calendar.between(start, at) if at > start else NONE
    due = order.step_due
    if due is not None and due > at > start:
        due = at + calendar.between(at, due)
    return replace(order, urgent=True, paused=order.paused + idle, step_due=due)


def ack_for(order: Order, company: Company) -> timedelta:
    """How long 收到 silences the ladder now: what the highest rung says that has rung, or the first."""
    ladder = step_of(order, company).ladder
    rang = [rung for index, rung in enumerate(ladder) if heard(order, index)]
    return (rang[-1] if rang else ladder[0]).ack
