"""Whom a rung of a ladder means, as things stand: the best first."""

from collections.abc import Iterable, Iterator

from domain.act import Act
from domain.catalogue import Staff
from domain.order import Order
from domain.path import step_of
from domain.people import MANAGER, holders, superiors, takers
from domain.standing_in import at_work, covering, there

People = tuple[Staff, ...]


def meant_by(whom: str, order: Order, act: Act) -> People:
    """Whom a rung means: nobody for the group, and where nobody fits the next above.

    Whoever is away or off shift is passed over for who stands in, and comes last: better told late than nobody.
    """
    people = tuple(person for person in _named(whom, order, act) if person.active)
    at_hand = (one for person in people for one in _at_hand(person, order, act))
    return tuple(dict.fromkeys((*at_hand, *(one for one in people if there(one, act)), *people)))


def _named(whom: str, order: Order, act: Act) -> Iterator[Staff]:
    company = act.company
    owner = company.staff(order.owner)
    above = tuple(superiors(order.owner, company))
    managers = (*(boss for boss in above if MANAGER in boss.roles), *holders((MANAGER,), company))
    match whom:
        case "group":
            return
        case "owner":
            yield from _there(owner)
            if owner is not None and not at_work(owner, act):
                yield from _next_in_role(owner, order, act)
            yield from (*above, *managers)
        case "deputy":
            absence = act.duty.away(order.owner, act.today)
            deputies = (absence.deputy if absence else "", owner.deputy if owner is not None else "")
            yield from (*_there(*map(company.staff, deputies)), *above, *managers)
        case "supervisor":
            yield from (*above, *managers)
        case "manager":
            yield from managers
        case _:
            yield from (*_in_turn(holders((whom,), company), order), *managers)


def _at_hand(person: Staff, order: Order, act: Act) -> Iterable[Staff]:
    """This person, or who stands in: first of all somebody who may take the order over."""
    if at_work(person, act):
        return (person,)
    deputies = [one for one in covering(person, act) if at_work(one, act)]
    able = takers(step_of(order, act.company), order, act.company)
    return sorted(deputies, key=lambda one: one not in able)


def _next_in_role(person: Staff, order: Order, act: Act) -> People:
    """Colleagues who may act in the order's step by a role they share with `person`."""
    roles = tuple(person.roles & {*step_of(order, act.company).roles})
    able = takers(step_of(order, act.company), order, act.company)
    return tuple(one for one in _in_turn(holders(roles, act.company), order) if one in able and one != person)


def _in_turn(people: People, order: Order) -> People:
    """One of them first, another one for the next order: what everybody is told nobody does."""
    first = order.number % len(people) if people else 0
    return (*people[first:], *people[:first])


def _there(*people: Staff | None) -> People:
    return tuple(person for person in people if person is not None)
