"""Reviewing: yes, no, and once more."""

from dataclasses import replace

from domain.act import SYSTEM, Act
from domain.facts import Change
from domain.gate import guard
from domain.levels import Levels
from domain.order import Approval, Order
from domain.path import entered, following, moved, step_of
from domain.ports import EntryFacts
from domain.record import Papers, followed, record
from domain.reservation import release, reserve
from domain.submission import believable, in_future, rechecked, said, submitted
from domain.telling import arrival, shortage_told, to_person


def approve(order: Order, act: Act, stock: Levels) -> Change:
    """A reviewer's yes; the last one needed reserves the stock and lets the order go."""
    guard("order.approve", order, act)
    given = replace(order, approvals=(*order.approvals, Approval(act.by.user_id, act.at)))
    missing = order.approvals_needed - len(given.approvals)
    if missing <= 0:
        return let_go(given, act, stock, before=order)
    # The next reviewer has the whole time of the step, so the step is entered again.
    after = entered(given, step_of(order, act.company), act)
    papers = Papers(arrival(after, act))
    return record(order, after, act, "order:approved", papers, auto=False, missing=missing)


def let_go(order: Order, act: Act, stock: Levels, before: Order | None = None) -> Change:
    """Everybody needed has said yes: the stock is reserved, and the order leaves review."""
    seen = replace(
        order, approved_amount=order.amount, changed_by=() if order.approvals else order.changed_by
    )
    reserved = reserve(seen, act.company, stock)
    after = moved(reserved, following(step_of(order, act.company), act.company), act)
    papers = Papers((*arrival(after, act), *shortage_told(after, act)))
    auto = act.by == SYSTEM
    return record(before or order, after, act, "order:approved", papers, auto=auto, missing=0)


def reject(order: Order, act: Act, reason: str) -> Change:
    """Back to the salesperson as a draft, with the reason; what was reserved is released."""
    guard("order.reject", order, act)
    why = said(reason, "order.reject", required=True)
    freed = replace(release(order), approvals=())
    after = entered(freed, act.company.workflow.first("draft"), act)
    people = dict.fromkeys((order.salesperson, order.maker))
    notices = [told for user_id in people for told in to_person("rejected", after, act, user_id, reason=why)]
    return record(order, after, act, "order:rejected", Papers(notices), reason=why)


def resubmit(order: Order, act: Act, facts: EntryFacts, stock: Levels) -> Change:
    """A rejected order comes back as if it were new."""
    guard("order.resubmit", order, act)
    believable(order.lines, act.company)
    in_future(order.due, act)
    ready = submitted(order, rechecked(order, order, act, facts, stock), act.company)
    after = entered(ready, act.company.workflow.first("reviewing"), act)
    if after.approvals_needed:
        return record(order, after, act, "order:resubmitted", Papers(arrival(after, act)))
    handed_in = record(order, after, act, "order:resubmitted", Papers(passing=True))
    return followed(handed_in, let_go(after, replace(act, by=SYSTEM), stock))
