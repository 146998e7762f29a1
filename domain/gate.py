"""Refused unless the person may do it, here and now; and the refusal, which says who may."""

from collections.abc import Sequence

from domain.act import Act
from domain.catalogue import Staff
from domain.company import Company
from domain.errors import NotAllowed
from domain.order import Order
from domain.path import step_of
from domain.people import MANAGER, holders, reviewers
from domain.permissions import REVIEW, WHERE, chosen, may, roles_for


def guard(action: str, order: Order, act: Act) -> None:
    """Raise unless this person may do this to this order where it stands."""
    company = act.company
    kind = step_of(order, company).kind
    if not (_reviews(act.by, order, company) if action in REVIEW else may(act.by, action, order, company)):
        raise refusal("no-role", action, order, act)
    kinds = WHERE.get(action)
    if kinds is not None and kind not in kinds:
        steps = tuple(step.name for step in company.workflow.steps.values() if step.kind in kinds)
        raise refusal("wrong-step", action, order, act, steps=steps)
    if action in REVIEW and not may(act.by, action, order, company):
        raise _no_review(action, order, act)


def refusal(
    code: str,
    action: str,
    order: Order | None,
    act: Act,
    instead: str = "",
    people: Sequence[Staff] | None = None,
    **facts: object,
) -> NotAllowed:
    """A refusal that says who may (or `people`), and in `instead` what serves the same end."""
    company = act.company
    roles = roles_for(action, order, company)
    if people is None:
        people = chosen(action, order, company)
    if people is None:
        people = holders(roles or (), company)
    step = None if order is None else step_of(order, company)
    return NotAllowed(
        code,
        action=action,
        number=order.number if order is not None else None,
        step=step.key if step is not None else "",
        step_name=step.name if step is not None else "",
        roles=roles or (),
        who=tuple(person.name for person in people),
        instead=instead,
        **facts,
    )


def _no_review(action: str, order: Order, act: Act) -> NotAllowed:
    me = act.by.user_id
    if me == order.maker:
        return refusal("own-order", action, order, act)
    if me in order.changed_by:
        return refusal("own-change", action, order, act)
    again = any(yes.by == me for yes in order.approvals)
    return refusal("said-yes" if again else "not-reviewer", action, order, act)


def _reviews(staff: Staff, order: Order, company: Company) -> bool:
    """True for whoever reviews orders at all, and for those whom this one concerns."""
    concerned = {*order.authors, *(yes.by for yes in order.approvals)}
    roles = {MANAGER, *(role for tier in company.workflow.tiers for role in tier.roles)}
    return staff.user_id in concerned or bool(staff.roles & roles) or staff in reviewers(order, company)
