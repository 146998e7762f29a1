"""Stopping: for a while, or for good."""

from collections.abc import Mapping
from dataclasses import replace

from domain.act import Act
from domain.facts import Change
from domain.gate import guard, refusal
from domain.order import Order
from domain.path import entered, moved, step_of
from domain.permissions import may
from domain.ports import StockLevel
from domain.record import Papers, record
from domain.reservation import release, reserve
from domain.submission import said
from domain.telling import arrival, once, refund_told, shortage_told, to_group, to_kind, to_person


def hold(order: Order, act: Act, reason: str = "") -> Change:
    """Suspend; what is reserved stays reserved."""
    guard("order.hold", order, act)
    why = said(reason, "order.hold")
    left = step_of(order, act.company)
    after = entered(replace(order, held_from=order.step), act.company.workflow.first("hold"), act)
    notices = once(
        arrival(after, act, reason=why),
        to_group("entered.hold", after, act, left, reason=why),
        to_person("entered.hold", after, act, order.salesperson, reason=why),
    )
    return record(order, after, act, "order:held", Papers(notices), reason=why)


def resume(order: Order, act: Act, stock: Mapping[tuple[str, str], StockLevel]) -> Change:
    """Go on where it stood, the step's time beginning anew; what lacks is reserved as far as there is stock."""
    guard("order.resume", order, act)
    step = act.company.workflow.steps[order.held_from]
    free = replace(order, held_from="")
    back = free if step.kind == "reviewing" else reserve(free, act.company, stock)
    after = moved(back, step, act)
    return record(
        order, after, act, "order:resumed", Papers(once(arrival(after, act), shortage_told(after, act)))
    )


def cancel(order: Order, act: Act, reason: str = "") -> Change:
    """Give it up and release the stock; what was paid must be given back. Refused once goods have left."""
    if order.shipped_any and may(act.by, "order.cancel", order, act.company):
        raise refusal("shipped-already", "order.cancel", order, act, instead="order.return")
    guard("order.cancel", order, act)
    why = said(reason, "order.cancel")
    left = step_of(order, act.company)
    freed = replace(release(order), void=True, held_from="")
    after = entered(freed, act.company.workflow.first("cancelled"), act)
    reserved = any(line.reserved for line in order.lines)
    notices = once(
        to_group("cancelled", after, act, left, reason=why),
        to_kind("cancelled", after, act, "picking", reason=why) if reserved else (),
        to_kind("cancelled", after, act, "cancelled", reason=why),
        to_person("cancelled", after, act, order.salesperson, reason=why),
        refund_told(after, act),
    )
    return record(order, after, act, "order:cancelled", Papers(notices), reason=why)
