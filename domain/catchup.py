"""What fell due while nobody looked: the program was off, or the database away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from domain.company import Company
from domain.duty import NOBODY_AWAY, Duty
from domain.escalation import overdue
from domain.facts import Change, Event, Notice, Timer
from domain.order import Order

LATE = timedelta(minutes=5)
"""A timer handled so long after it fell due was not waited for by anybody."""


def caught_up(
    order: Order, timers: Sequence[Timer], at: datetime, company: Company, duty: Duty = NOBODY_AWAY
) -> Change | None:
    """The effect of rungs of one step entry that are all late; None when the order has moved on.

    Each rung is an event. Only the highest one that has somebody to tell speaks: whoever is told at all is told
    once, and by the rung that the order has really reached. It speaks in the digest lane and says how late it is.
    """
    fired = {timer: change for timer in timers if (change := overdue(order, timer, at, company, duty))}
    if not fired:
        return None
    rising = sorted(fired, key=lambda timer: (timer.rung, timer.repeat))
    loudest = next((timer for timer in reversed(rising) if fired[timer].notices), rising[-1])
    events: list[Event] = []
    again: list[Timer] = []
    for timer in (*(timer for timer in rising if timer != loudest), loudest):
        # The loudest last: its source is that of the notices.
        change = overdue(order, timer, at, company, duty) or fired[timer]
        order = change.order
        events += change.events if timer == loudest else map(_without_noise, change.events)
        again += change.timers
    told = tuple(_belated(notice, at - loudest.due) for notice in fired[loudest].notices)
    return Change(order, tuple(events), told, tuple(again))


def _without_noise(event: Event) -> Event:
    return replace(event, data={**event.data, "told": []})


def _belated(notice: Notice, late: timedelta) -> Notice:
    minutes = int(late.total_seconds() // 60)
    return replace(notice, lane="digest", facts={**notice.facts, "late": minutes})
