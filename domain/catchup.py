"""What fell due while nobody looked: the program was off, or the database away."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import chain

from domain.company import Company
from domain.escalation import overdue
from domain.facts import Change, Event, Notice, Timer
from domain.order import Order

LATE = timedelta(minutes=5)
"""A timer handled so long after it fell due was not waited for by anybody."""


def caught_up(order: Order, timers: Sequence[Timer], at: datetime, company: Company) -> Change | None:
    """The effect of rungs of one step entry that are all late; None when the order has moved on.

    Each rung is an event. Only the highest one that has somebody to tell speaks: whoever is told at all is told
    once, and by the rung that the order has really reached. It speaks in the digest lane and says how late it is.
    """
    fired = [
        (timer, change)
        for timer in sorted(timers, key=lambda one: (one.rung, one.repeat))
        if (change := overdue(order, timer, at, company)) is not None
    ]
    if not fired:
        return None
    loudest = next((one for one in reversed(fired) if one[1].notices), fired[-1])
    timer, speaks = loudest
    silent = chain.from_iterable(change.events for _, change in fired if change is not speaks)
    return replace(
        speaks,
        # The speaking one last: its source is that of the notices.
        events=(*map(_without_noise, silent), *speaks.events),
        notices=tuple(_belated(notice, at - timer.due) for notice in speaks.notices),
        timers=tuple(chain.from_iterable(change.timers for _, change in fired)),
    )


def _without_noise(event: Event) -> Event:
    return replace(event, data={**event.data, "told": []})


def _belated(notice: Notice, late: timedelta) -> Notice:
    minutes = int(late.total_seconds() // 60)
    return replace(notice, lane="digest", facts={**notice.facts, "late": minutes})
