"""Ladders: who is told when an order stands too long."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.act import SYSTEM, Act
from domain.catalogue import Staff
from domain.company import Company, Rung
from domain.duty import NOBODY_AWAY, Duty
from domain.facts import Change, Timer
from domain.ladder import REMINDER, moments, pending, rung_heard, timers_of
from domain.meaning import meant_by
from domain.order import Order
from domain.path import step_of
from domain.record import Papers, record
from domain.standing_in import at_work, covering
from domain.telling import Notices, to_group, to_person


@dataclass(frozen=True, slots=True)
class Ring:
    """When the ladder rings next, for which rung, and for whom as things stand; None is the group of the step."""

    due: datetime
    rung: Rung
    person: Staff | None


def overdue(
    order: Order, timer: Timer, at: datetime, company: Company, duty: Duty = NOBODY_AWAY
) -> Change | None:
    """Tell whom the rung names and set the next repeat; None when the order has moved on.

    Nobody is told where everybody it means has heard it by an earlier rung, which meant somebody else.
    Repeats that fell due meanwhile (the program stood still) are not made up for: one word is enough.
    """
    if timer.entry != order.entry:
        return None
    act = Act(SYSTEM, at, company, _source(timer), duty)
    if timer.rung == REMINDER:
        return _reminded(order, timer, act)
    ladder = step_of(order, company).ladder
    if timer.rung >= len(ladder):
        return None
    rung = ladder[timer.rung]
    said = {"whom": rung.whom, "rung": timer.rung + 1, "repeat": timer.repeat + 1}
    notices = _told(order, act, ladder[: timer.rung + 1], said)
    after = rung_heard(order, timer.rung, timer.repeat)
    change = record(order, after, act, "order:escalated", Papers(notices), **said)
    again = next(moments(after, timer.rung, rung, company, timer.repeat + 1, at), None)
    return replace(change, timers=(again,) if again is not None else ())


def rings(order: Order, act: Act) -> tuple[Ring, ...]:
    """What the ladder has yet to say after this moment, in the order it will."""
    coming = sorted(pending(order, act.company), key=lambda timer: (timer.due, timer.rung))
    return tuple(_ring(timer, order, act) for timer in coming if timer.due > act.at)


def _ring(timer: Timer, order: Order, act: Act) -> Ring:
    rungs = step_of(order, act.company).ladder[: timer.rung + 1]
    person = _asked(rungs, order, replace(act, at=timer.due))[rungs[-1].whom]
    return Ring(timer.due, rungs[-1], person)


def next_ring(order: Order, act: Act) -> Ring | None:
    """When it rings next and for whom; None where the ladder has nothing more to say."""
    return next(iter(rings(order, act)), None)


def _source(timer: Timer) -> str:
    return f"timer:{timer.order}:{timer.entry}:{timer.rung}:{timer.repeat}"


def _reminded(order: Order, timer: Timer, act: Act) -> Change | None:
    """The reminder asked for last; an earlier one has lost its sense."""
    owner = act.company.staff(order.owner)
    if timer.repeat != order.snoozed or owner is None:
        return None
    person = owner if at_work(owner, act) else next(covering(owner, act), owner)
    said = {"whom": "owner", "rung": 0, "repeat": 1}
    notices = to_person("overdue", order, act, person.user_id, **said, to=person.name)
    return record(order, replace(order, acked=False), act, "order:reminded", Papers(notices))


def _told(order: Order, act: Act, rungs: Sequence[Rung], said: Mapping[str, object]) -> Notices:
    company, whom = act.company, rungs[-1].whom
    if any(meant_by(whom, order, act)):
        person = _asked(rungs, order, act)[whom]
        return (
            () if person is None else to_person("overdue", order, act, person.user_id, **said, to=person.name)
        )
    here = step_of(order, company)
    group = company.groups.get(here.group)
    return to_group("overdue", order, act, here, **said, to=group.name if group is not None else "")


def _asked(rungs: Sequence[Rung], order: Order, act: Act) -> Mapping[str, Staff | None]:
    """Who hears of it by each rung: the best it means whom no rung before it, meaning somebody else, has asked."""
    asked: dict[str, Staff | None] = {}
    for rung in rungs:
        if rung.whom not in asked:
            people = meant_by(rung.whom, order, act)
            asked[rung.whom] = next((person for person in people if person not in asked.values()), None)
    return asked


__all__ = ["Ring", "next_ring", "overdue", "rings", "timers_of"]
