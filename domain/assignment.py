"""Whose turn an order is, and why: by the company's rules, else in a rota anybody can recompute; never nobody's."""

from collections.abc import Iterable, Sequence
from itertools import chain

from domain.act import Act
from domain.catalogue import Staff
from domain.company import FINISHED, Assignment, Company, Step
from domain.duty import still_comes
from domain.order import Order
from domain.people import MANAGER, able, holders, reviewers, superiors, tier_for
from domain.standing_in import covering, there

Chosen = tuple[tuple[str, str], ...]
People = Sequence[Staff]


def owner_for(step: Step, order: Order, act: Act) -> tuple[str, Chosen]:
    """The user id of who shall act in `step`, and why; empty where nobody acts any more.

    `by`: rule (its number in `rule`), least, turn, seller, above, anybody. Where that person is away, `meant` is who
    it would have been, `away` their last day of absence or `off` 1 for a shift that is over.
    """
    if step.kind in FINISHED:
        return "", ()
    found = _by_rule(step, order, act) or _as_usual(step, order, act)
    return found if found is not None else _above(step, order, act)


def matching(step: Step, order: Order, company: Company) -> Iterable[tuple[int, Assignment]]:
    """The rules that fit the order in this step, numbered from 1 as they stand in the file."""
    rules = enumerate(company.workflow.assign, 1)
    return ((number, rule) for number, rule in rules if rule.fits(step, order, company.catalogue))


def weighed_among(company: Company) -> tuple[str, ...]:
    """Those whose open work the rules compare; nobody where no rule does."""
    roles = tuple(rule.role for rule in company.workflow.assign if rule.least)
    return tuple(person.user_id for person in holders(roles, company))


def _by_rule(step: Step, order: Order, act: Act) -> tuple[str, Chosen] | None:
    fit = able(step, order, act.company)
    for number, rule in matching(step, order, act.company):
        why = (("rule", str(number)),)
        if rule.person:
            # Whoever may not act here (their own order under review) is not meant; the next rule may know better.
            person = next((one for one in fit if one.user_id == rule.person), None)
            if person is not None:
                return _unless_away(person, fit, step, order, act, (("by", "rule"), *why))
        else:
            circle = [one for one in holders((rule.role,), act.company) if one in fit]
            if circle:
                return _in_circle(circle, rule.least, step, order, act, (*why, ("role", rule.role)))
    return None


def _as_usual(step: Step, order: Order, act: Act) -> tuple[str, Chosen] | None:
    company = act.company
    if step.kind in ("draft", "shipped", "hold"):
        seller = _seller(order, company)
        if seller is not None:
            fit = able(step, order, company)
            return _unless_away(seller, fit, step, order, act, (("by", "seller"),))
    if step.kind == "reviewing":
        circle = _first_asked(reviewers(order, company), order, company)
    else:
        circle = holders(step.roles, company)
    return _in_circle(circle, False, step, order, act, ()) if circle else None


def _in_circle(
    circle: People, least: bool, step: Step, order: Order, act: Act, why: Chosen
) -> tuple[str, Chosen]:
    """One of these, in turn or with the least open work; whoever is away or has gone home is stepped over."""
    turn = order.number % len(circle)
    rota = (*circle[turn:], *circle[:turn])
    here = [one for one in rota if there(one, act)]
    today = [one for one in here if still_comes(one, act.at, act.company.calendar)]
    if least and here:
        chosen = min(today or here, key=lambda one: act.loads.get(one.user_id, 0))
        return chosen.user_id, (("by", "least"), *why)
    first, reason = rota[0], (("by", "turn"), *why)
    if first in here and first not in today and today:
        return today[0].user_id, (*reason, ("meant", first.user_id), ("off", "1"))
    return _unless_away(first, able(step, order, act.company), step, order, act, reason, today or here)


def _unless_away(
    person: Staff, fit: People, step: Step, order: Order, act: Act, why: Chosen, next_in_role: People = ()
) -> tuple[str, Chosen]:
    """This person, or who stands in: the deputy, the next in the role, the nearest above, any manager."""
    absence = act.duty.away(person.user_id, act.today)
    if absence is None:
        return person.user_id, why
    # Where everybody is away, it waits for whom it was meant.
    chosen = next(iter(_standing_in(person, fit, step, act, next_in_role)), person)
    away = (("meant", person.user_id), ("away", absence.last.isoformat()))
    return chosen.user_id, (*why, *away) if chosen is not person else why


def heir(person: Staff, step: Step, order: Order, act: Act) -> Staff | None:
    """Who takes over for good what lay with somebody who left: their deputy, the next in the role, the nearest above.

    Those who are there go first; where nobody is, whoever may act waits for it. None: nobody may.
    """
    fit = able(step, order, act.company)
    circle = [one for one in holders(tuple(person.roles & {*step.roles}), act.company) if one in fit]
    turn = order.number % len(circle) if circle else 0
    rota = (*circle[turn:], *circle[:turn])
    here = _standing_in(person, fit, step, act, [one for one in rota if there(one, act)])
    deputy = [one for one in fit if one.user_id == person.deputy]
    return next((one for one in (*here, *deputy, *rota, *fit) if one.user_id != person.user_id), None)


def _standing_in(
    person: Staff, fit: People, step: Step, act: Act, next_in_role: People = ()
) -> Iterable[Staff]:
    """Of those who may act and are there: the deputy, the next in the role, the nearest above, any manager, anybody."""
    company = act.company
    others = (
        *next_in_role,
        *holders(tuple(person.roles & {*step.roles}), company),
        *superiors(person.user_id, company),
        *holders((MANAGER,), company),
        *fit,
    )
    stand_ins = chain(covering(person, act), (one for one in others if there(one, act)))
    return (one for one in stand_ins if one in fit)


def _above(step: Step, order: Order, act: Act) -> tuple[str, Chosen]:
    """Nobody has the role: the nearest above who sells it, any manager, anybody; those who are there first."""
    company = act.company
    above = (*superiors(order.salesperson, company), *holders((MANAGER,), company))
    active = [one for one in company.catalogue.staff.values() if one.active]
    people = [
        one for one in (*above, *active) if step.kind != "reviewing" or one.user_id not in order.authors
    ]
    chosen = next((one for one in people if there(one, act)), people[0] if people else None)
    if chosen is None:
        return "", ()
    return chosen.user_id, (("by", "above" if chosen in above else "anybody"),)


def _first_asked(people: People, order: Order, company: Company) -> People:
    """Of those who may review, the ones with the role that the tier names first; the next role's help out."""
    by_role = (
        [person for person in people if role in person.roles] for role in tier_for(order, company).roles
    )
    return next((named for named in by_role if named), [])


def _seller(order: Order, company: Company) -> Staff | None:
    people = (company.staff(order.salesperson), company.staff(order.maker))
    return next((person for person in people if person is not None and person.active), None)
