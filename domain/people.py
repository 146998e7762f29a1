"""Whose turn it is: by role, in a rota anybody can recompute, and never nobody while anybody is there."""

from collections.abc import Iterator, Sequence

from domain.catalogue import Staff
from domain.company import Company, Step, Tier
from domain.order import Order

MANAGER = "manager"
OVERSEER = "process_owner"


def holders(roles: Sequence[str], company: Company) -> tuple[Staff, ...]:
    """The active colleagues with one of these roles, in the order of the table."""
    wanted = frozenset(roles)
    return tuple(
        person for person in company.catalogue.staff.values() if person.active and person.roles & wanted
    )


def overseers(company: Company) -> tuple[Staff, ...]:
    """Those who look after the process; where nobody does, the managers."""
    return holders((OVERSEER,), company) or holders((MANAGER,), company)


def superiors(user_id: str, company: Company) -> Iterator[Staff]:
    """The active managers above this person, nearest first."""
    seen = {user_id}
    person = company.staff(user_id)
    while person is not None and person.manager not in seen:
        seen.add(person.manager)
        person = company.staff(person.manager)
        if person is not None and person.active:
            yield person


def tier_for(order: Order, company: Company) -> Tier:
    """The tier whose people review this order: the first one, from its own on, that names any."""
    tiers = company.workflow.tiers
    own = next((index for index, tier in enumerate(tiers) if tier.name == order.tier), 0)
    return next((tier for tier in tiers[own:] if tier.roles), tiers[-1])


def reviewers(order: Order, company: Company) -> tuple[Staff, ...]:
    """Who may give the next yes: never who entered or changed it, never somebody who gave one already.

    Those with a role of the order's tier; where none is left, the managers above the maker; then any manager.
    """
    out = {*order.authors, *(approval.by for approval in order.approvals)}
    circles = (
        holders(tier_for(order, company).roles, company),
        tuple(superiors(order.maker, company)),
        holders((MANAGER,), company),
    )
    return next(
        (free for circle in circles if (free := tuple(p for p in circle if p.user_id not in out))), ()
    )


def able(step: Step, order: Order, company: Company) -> tuple[Staff, ...]:
    """Who may act in `step`: those with its roles and the managers; under review who may give the next yes."""
    if step.kind == "reviewing":
        return reviewers(order, company)
    if step.roles:
        return holders((*step.roles, MANAGER), company)
    return tuple(person for person in company.catalogue.staff.values() if person.active)


def takers(step: Step, order: Order, company: Company) -> tuple[Staff, ...]:
    """Who may take the order into their own hands: who may act in `step`, is above its owner, or is a manager.

    Under review never who entered or changed it, and nobody who has said yes already.
    """
    out = {*order.authors, *(yes.by for yes in order.approvals)} if step.kind == "reviewing" else set()
    owner = company.staff(order.owner)
    above = (*superiors(order.owner, company), *holders((MANAGER,), company))
    people = dict.fromkeys((*able(step, order, company), *((owner,) if owner is not None else ()), *above))
    return tuple(person for person in people if person.active and person.user_id not in out)
