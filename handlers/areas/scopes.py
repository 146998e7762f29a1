"""Whose figures a request asks for, and whether this person may see them."""

import re

from domain.catalogue import Staff
from domain.company import Company
from domain.errors import Unknown
from domain.figures import Scope
from domain.gate import refusal
from domain.people import superiors
from domain.permissions import may
from handlers.context import Context
from handlers.understanding.reading import Reading

SUFFIX = re.compile(r"(?:部门|团队|部|组|们|员|的)$")


def scope_of(request: Reading, ctx: Context) -> Scope:
    """Everything, a department, people or customers; raises `Unknown` for a name that is none of these."""
    slots, company = request.slots, ctx.company
    if slots.mine:
        return of_people((ctx.actor,))
    people = (slots.staff,) if slots.staff else slots.people
    if people:
        return of_people(tuple(person for one in people if (person := company.staff(one))))
    if slots.department:
        return _department(slots.department, company)
    customers = (slots.customer,) if slots.customer else request.ambiguous.get("customer", ())
    known = company.catalogue.customers
    return Scope("、".join(known[code].name for code in customers), customers=tuple(customers))


def of_people(people: tuple[Staff, ...]) -> Scope:
    """What these people sold, did and have in hand."""
    return Scope("、".join(one.name for one in people), tuple(one.user_id for one in people))


def allowed(scope: Scope, intent: str, ctx: Context) -> Scope:
    """The scope, or the refusal: one's own figures are for everybody, others' for their superiors and by role."""
    me = ctx.actor
    if scope.people == (me.user_id,):
        return scope
    if not may(me, intent, None, ctx.company):
        raise refusal("no-role", intent, None, ctx.act)
    others = [one for one in scope.people if one != me.user_id]
    mine = all(me in superiors(one, ctx.company) for one in others)
    if others and not mine and not may(me, "report.people", None, ctx.company):
        raise refusal("no-role", "report.people", None, ctx.act)
    return scope


def _department(said: str, company: Company) -> Scope:
    staff = company.catalogue.staff.values()
    bare = SUFFIX.sub("", said)
    in_it = tuple(one.user_id for one in staff if one.department and one.department in (said, bare))
    if not in_it:
        role = next((key for key, name in company.workflow.roles.items() if name in (said, bare)), None)
        in_it = tuple(one.user_id for one in staff if role in one.roles)
    if not in_it:
        departments = tuple(dict.fromkeys(one.department for one in staff if one.department))
        raise Unknown("report-scope", said=said, departments=departments)
    return Scope(bare if bare.endswith("部") else f"{bare}部", in_it)
