"""From the shelf to the road."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from domain.act import Act, Portion
from domain.assignment import owner_for
from domain.errors import Invalid
from domain.facts import Change, Shipment, ShippedLine, StockMove
from domain.gate import guard, refusal
from domain.levels import Levels
from domain.order import ZERO, Line, Order
from domain.path import following, moved, settled, step_of, unfinished
from domain.quantity import Shares, shares
from domain.receipt import sign
from domain.record import Papers, record
from domain.reservation import put_to, release, reserve, taken_off
from domain.submission import said
from domain.telling import Notices, arrival, goods_facts, once, shortage_told, to_group, to_kind, to_person


def pick(order: Order, act: Act, done: bool = False) -> Change:
    """Picking has begun (the picker owns it from now on) or is done (on to an own step, if one follows)."""
    guard("order.pick", order, act)
    if not done:
        return record(order, replace(order, owner=act.by.user_id), act, "order:picking", Papers())
    step = following(step_of(order, act.company), act.company)
    if step.kind != "work":
        return record(order, order, act, "order:picked", Papers())
    after = moved(order, step, act)
    return record(order, after, act, "order:picked", Papers(arrival(after, act)))


def finish(order: Order, act: Act, stock: Levels | None = None) -> Change:
    """The company's own step is finished: on to the next, or ready for shipping where it was the last before.

    With `stock`, what lacks is reserved when the order comes to picking.
    """
    guard("order.finish", order, act)
    if order.ready:
        raise refusal("work-done", "order.finish", order, act, instead="order.ship")
    work = step_of(order, act.company)
    step = following(work, act.company)
    if step.kind == "shipped":
        shipper, chosen = owner_for(act.company.workflow.first("picking"), order, act)
        after = replace(order, ready=True, owner=shipper, chosen=chosen)
        notices = to_kind("ready", after, act, "picking")
    else:
        after = moved(reserve(order, act.company, stock or {}), step, act)
        notices = (*arrival(after, act), *shortage_told(after, act))
    return record(order, after, act, "order:finished", Papers(notices), work=work.name)


def ship(
    order: Order, act: Act, portions: Sequence[Portion] = (), carrier: str = "", tracking: str = ""
) -> Change:
    """Goods leave: everything reserved, or the portions named; on to signing when nothing is left to ship."""
    guard("order.ship", order, act)
    work = unfinished(order, act.company)
    if work is not None:
        now = "order.finish" if work.key == order.step else "order.pick"
        raise refusal("work-open", "order.ship", order, act, instead=now, work=work.name)
    by_whom = {"carrier": said(carrier, "order.ship"), "tracking": said(tracking, "order.ship")}
    parts = _of_reserved(order, portions, act)
    sent = {line.no: _handed_over(line, parts.get(line.no, ZERO)) for line in order.lines}
    lines = tuple(line for line, _ in sent.values())
    after = settled(replace(order, lines=lines, shipments=order.shipments + 1), act)
    left = tuple(shipped for _, some in sent.values() for shipped in some)
    shipment = Shipment(order.number, after.shipments, act.at, act.by.user_id, lines=left, **by_whom)
    said_of = {"goods": goods_facts(order, parts), **by_whom}
    told = arrival if after.entry != order.entry else _part_told
    papers = Papers(told(after, act, **said_of), shipments=(shipment,))
    return record(order, after, act, "order:shipped", papers, **said_of)


def run_short(order: Order, act: Act, portions: Sequence[Portion] = ()) -> Change:
    """The warehouse does not find what was reserved: all of it, or the portions named.

    It is not there, so it is taken off the stock as well: nobody else may be promised it.
    """
    guard("order.shortage", order, act)
    parts = _of_reserved(order, portions, act)
    moves = tuple(
        StockMove(place.warehouse, line.sku, "count", -place.qty, -place.qty, order.number)
        for line in order.lines
        for place in taken_off(line.allocations, parts.get(line.no, ZERO))[1]
    )
    after = settled(release(order, parts), act)
    here = arrival(after, act) if after.entry != order.entry else _still_lacking(after, act)
    papers = Papers(once(here, shortage_told(after, act)), moves=moves)
    return record(order, after, act, "order:lacked", papers, goods=goods_facts(order, parts))


def restock(order: Order, act: Act, stock: Levels) -> Change | None:
    """Reserve for a short order what has come in; back to picking when nothing lacks. None: nothing came.

    Nobody's role is asked: it follows from the goods that `act.by` brought in.
    """
    if step_of(order, act.company).kind != "short":
        return None
    filled = reserve(order, act.company, stock)
    after = settled(filled, act)
    if after == order:
        return None
    notices = arrival(after, act) if after.entry != order.entry else ()
    return record(order, after, act, "order:restocked", Papers(notices))


def _of_reserved(order: Order, portions: Sequence[Portion], act: Act) -> Shares:
    parts = shares(order, portions, act, lambda line: line.reserved, "more-than-reserved")
    if not parts:
        lacking = tuple(line.name for line in order.lines if line.lacking)
        raise Invalid("nothing-reserved", number=order.number, lacking=lacking)
    return parts


def _handed_over(line: Line, qty: Decimal) -> tuple[Line, tuple[ShippedLine, ...]]:
    # The place reserved first is the nearest; it gives first.
    kept, taken = taken_off(line.allocations[::-1], qty)
    after = replace(
        line, allocations=kept[::-1], shipped=line.shipped + qty, sent=put_to(line.sent, taken[::-1])
    )
    return after, tuple(ShippedLine(line.no, line.sku, place.warehouse, place.qty) for place in taken[::-1])


def _part_told(order: Order, act: Act, **said_of: object) -> Notices:
    return once(
        to_kind("part_shipped", order, act, "shipped", **said_of),
        to_person("part_shipped", order, act, order.salesperson, **said_of),
    )


def _still_lacking(order: Order, act: Act) -> Notices:
    return to_group("lacking", order, act, step_of(order, act.company))


__all__ = ["finish", "pick", "restock", "run_short", "ship", "sign"]
