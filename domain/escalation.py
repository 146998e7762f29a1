"""Ladders: who is told when an order stands too long."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from domain.act import SYSTEM, Act
from domain.catalogue import Staff
from domain.company import Company, Rung
from domain.facts import Change, Timer
from domain.ladder import moments, timers_of
from domain.order import Order
from domain.path import step_of
from domain.people import MANAGER, holders, superiors
from domain.record import Papers, record
from domain.telling import Notices, to_group, to_person


def overdue(order: Order, timer: Timer, at: datetime, company: Company) -> Change | None:
    """Tell whom the rung names and set the next repeat; None when the order has moved on.

    Nobody is told where everybody it means has heard it by an earlier rung, which meant somebody else.
    Repeats that fell due meanwhile (the program stood still) are not made up for: one word is enough.
    """
    ladder = step_of(order, company).ladder
    if timer.entry != order.entry or timer.rung >= len(ladder):
        return None
    rung = ladder[timer.rung]
    act = Act(SYSTEM, at, company, f"timer:{order.number}:{timer.entry}:{timer.rung}:{timer.repeat}")
    said = {"whom": rung.whom, "rung": timer.rung + 1, "repeat": timer.repeat + 1}
    notices = _told(order, act, ladder[: timer.rung + 1], said)
    change = record(order, order, act, "order:escalated", Papers(notices), **said)
    again = next(moments(order, timer.rung, rung, company, timer.repeat + 1, at), None)
    return replace(change, timers=(again,) if again is not None else ())


def _told(order: Order, act: Act, rungs: Sequence[Rung], said: Mapping[str, object]) -> Notices:
    company, whom = act.company, rungs[-1].whom
    if any(_people(whom, order, company)):
        person = _asked(rungs, order, company)[whom]
        return (
            () if person is None else to_person("overdue", order, act, person.user_id, **said, to=person.name)
        )
    here = step_of(order, company)
    group = company.groups.get(here.group)
    return to_group("overdue", order, act, here, **said, to=group.name if group is not None else "")


def _asked(rungs: Sequence[Rung], order: Order, company: Company) -> Mapping[str, Staff | None]:
    """Who hears of it by each rung: the best it means whom no rung before it, meaning somebody else, has asked."""
    asked: dict[str, Staff | None] = {}
    for rung in rungs:
        if rung.whom not in asked:
            people = _people(rung.whom, order, company)
            asked[rung.whom] = next((person for person in people if person not in asked.values()), None)
    return asked


def _people(whom: str, order: Order, company: Company) -> Iterable[Staff]:
    """Whom a rung means, the best first: nobody for the group, and where nobody fits the next above."""
    owner = company.staff(order.owner)
    above = tuple(superiors(order.owner, company))
    managers = (*(boss for boss in above if MANAGER in boss.roles), *holders((MANAGER,), company))
    match whom:
        case "group":
            return ()
        case "owner":
            return _there(owner, *above, *managers)
        case "deputy":
            deputy = company.staff(owner.deputy) if owner is not None else None
            return _there(deputy, *above, *managers)
        case "supervisor":
            return (*above, *managers)
        case "manager":
            return managers
        case _:
            return (*_in_turn(holders((whom,), company), order), *managers)


def _in_turn(people: Sequence[Staff], order: Order) -> Sequence[Staff]:
    """One of them first, another one for the next order: what everybody is told nobody does."""
    first = order.number % len(people) if people else 0
    return (*people[first:], *people[:first])


def _there(*people: Staff | None) -> tuple[Staff, ...]:
    return tuple(person for person in people if person is not None and person.active)


__all__ = ["overdue", "timers_of"]
