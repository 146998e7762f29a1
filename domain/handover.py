"""What lay in the hands of somebody who left goes to others, for good."""

from dataclasses import replace

from domain.act import Act
from domain.assignment import heir
from domain.catalogue import Staff
from domain.company import Company
from domain.facts import Change
from domain.order import Order
from domain.path import step_of
from domain.record import Papers, record


def gone(company: Company) -> tuple[Staff, ...]:
    """Those who left, in the order of the table."""
    return tuple(person for person in company.catalogue.staff.values() if not person.active)


def hand_over(order: Order, act: Act) -> Change | None:
    """The order in other hands, or None where its owner is still there, or nobody may take it.

    It tells nobody: whoever gets a whole desk is told once.
    """
    owner = act.company.staff(order.owner)
    if owner is None or owner.active:
        return None
    taker = heir(owner, step_of(order, act.company), order, act)
    if taker is None:
        return None
    after = replace(order, owner=taker.user_id, chosen=(("by", "left"), ("from", owner.user_id)))
    return record(order, after, act, "order:assigned", Papers(), to=taker.user_id)
