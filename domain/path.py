"""The way of an order through the company's steps."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from domain.act import Act
from domain.assignment import owner_for
from domain.balance import open_amount
from domain.company import Company, Step
from domain.order import Order

# Approved and not all gone yet: what was ordered is reserved, or lacks.
ON_THE_SHELF = frozenset({"picking", "work", "short"})
_LADDER_ANEW: Mapping[str, Any] = {
    "heard": (), "acked": False, "silent_until": None, "paused": timedelta(0), "snoozed": 0
}  # fmt: skip


def step_of(order: Order, company: Company) -> Step:
    """The step the order stands in."""
    return company.workflow.steps[order.step]


def following(step: Step, company: Company) -> Step:
    """The next step of the main line."""
    return company.workflow.steps[step.next]


def onward(step: Step, company: Company) -> Iterator[Step]:
    """The main line after `step`, up to shipping."""
    while step.next and step.kind != "shipped":
        step = following(step, company)
        yield step


def unfinished(order: Order, company: Company) -> Step | None:
    """The company's own step that must be finished before shipping, or None."""
    step = step_of(order, company)
    if step.kind == "work" and not order.ready:
        return step
    return next((later for later in onward(step, company) if later.kind == "work"), None)


def entered(order: Order, step: Step, act: Act) -> Order:
    """The order in `step` from now on, with its owner and time limit."""
    fresh = replace(
        order,
        step=step.key,
        entry=order.entry + 1,
        step_since=act.at,
        begun_at=None,
        ready=False,
        **_LADDER_ANEW,
    )
    owner, chosen = owner_for(step, fresh, act)
    return replace(fresh, owner=owner, chosen=chosen, step_due=_limit(fresh, step, act.company))


def moved(order: Order, step: Step, act: Act) -> Order:
    """The order in `step`, or where its figures say it belongs (something lacks, all signed, all paid)."""
    return entered(order, _settles_in(order, step, act.company), act)


def settled(order: Order, act: Act) -> Order:
    """The order in the step its figures say; untouched where it stands there."""
    step = step_of(order, act.company)
    target = _settles_in(order, step, act.company)
    return order if target is step else entered(order, target, act)


def clock_start(order: Order, company: Company) -> datetime:
    """When the step's time begins to count: at once; after signing, when the customer's credit days are over."""
    customer = company.catalogue.customers.get(order.customer)
    credit = step_of(order, company).kind == "signed" and customer is not None
    return order.step_since + timedelta(days=customer.credit_days if credit and customer else 0)


def deadline(order: Order, time: timedelta, company: Company) -> datetime:
    """When so much of the step's time has passed: working time, or all time for an urgent order."""
    start = clock_start(order, company)
    return start + time if order.urgent else company.calendar.after(start, time)


def lacks(order: Order) -> bool:
    """True when something is neither shipped nor reserved."""
    return any(line.lacking > 0 for line in order.lines)


def _limit(order: Order, step: Step, company: Company) -> datetime | None:
    if step.limit is not None:
        return deadline(order, step.limit, company)
    return clock_start(order, company) if step.kind == "signed" else None


def _settles_in(order: Order, step: Step, company: Company) -> Step:
    short = next((other for other in company.workflow.steps.values() if other.kind == "short"), None)
    if step.kind in ON_THE_SHELF and order.shipped_any and order.shipped_all:
        step = company.workflow.first("shipped")
    elif lacks(order):
        step = short if short is not None and _after_picking(step, company) else step
    elif step.kind == "short":
        step = following(step, company)
    if step.kind == "shipped" and not any(line.under_way for line in order.lines):
        step = following(step, company)
    if step.kind == "signed" and open_amount(order) == 0:
        step = following(step, company)
    return step


def _after_picking(step: Step, company: Company) -> bool:
    # Goods may lack while own steps before picking are under way; from picking on the order waits for them.
    if step.kind == "work":
        return all(later.kind != "picking" for later in onward(step, company))
    return step.kind in ("picking", "short")
