"""Taking back what one has just done to an order, while nobody has built on it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from domain.act import Act
from domain.facts import Change, Event, Notice, Payment, Shipment, ShippedLine, StockMove
from domain.gate import refusal
from domain.ladder import pace, pending, timers_of
from domain.levels import Levels
from domain.order import ZERO, Order
from domain.ports import StockLevel
from domain.record import Papers, last_done, record
from domain.snapshot import document, from_document, patch, text
from domain.telling import name_of, once, told

# Nobody's decision, or one that others have acted upon at once. A new order is cancelled instead.
_FINAL: Mapping[str, str] = {
    "order:entered": "order.cancel",
    "order:restocked": "",
    "order:urged": "",
    "order:complained": "",
    "order:rated": "",
}


def takes_back(order: Order, events: Sequence[Event], act: Act) -> Mapping[str, object]:
    """What undoing would do (`events`: the order's, oldest first), or the refusal.

    `kind` and `at` of the event taken back, `before` and `after` of all that changed, `moves` and `payments`
    that would be written, `told` who would hear of it.
    """
    done = _done(order, events, act)
    was, now = document(_as_before(order, done)), document(order)
    return {
        "kind": done[0].kind,
        "at": done[0].at,
        "before": {key: was[key] for key in was if was[key] != now[key]},
        "after": {key: now[key] for key in was if was[key] != now[key]},
        "moves": [_shown(move) for move in _moves_back(order, done)],
        "payments": [text(_paid_back(done))] if _paid_back(done) else [],
        "told": _told(done),
    }


def undo(order: Order, events: Sequence[Event], act: Act, stock: Levels) -> Change:
    """The order as it was before the newest event; stock and money follow by entries of their own.

    `entry` and `shipments` go on counting, so that timers and shipments keep their numbers to themselves.
    """
    done = _done(order, events, act)
    moves = _moves_back(order, done)
    _still_there(order, moves, done, act, stock)
    before = _as_before(order, done)
    lines = _sent_back(order, before)
    after = replace(before, shipments=order.shipments + 1) if lines else before
    amount = _paid_back(done)
    notices = _notices(after, done, moves, act)
    papers = Papers(
        notices,
        moves,
        (Shipment(order.number, after.shipments, act.at, act.by.user_id, "", "", lines),) if lines else (),
        (Payment(order.number, act.at, act.by.user_id, amount, ""),) if amount else (),
    )
    change = _uncounted(record(order, after, act, "order:undone", papers, kind=done[0].kind), events, done)
    if after.entry == order.entry and pace(after) != pace(order):
        # The ladder rings again when it would have rung.
        return replace(change, moved=pending(after, act.company))
    if not change.timers:
        return change
    # The step's time runs on from where it began; what its ladder said before stays said.
    return replace(change, timers=timers_of(after, act.company, since=done[0].at))


def _done(order: Order, events: Sequence[Event], act: Act) -> Sequence[Event]:
    """The events of the newest message about the order, or the refusal to take them back."""
    done = last_done(events)
    if not done or done[-1].kind == "order:undone":
        raise refusal("nothing-to-undo", "undo", order, act)
    kind = done[0].kind
    if done[0].by != act.by.user_id:
        raise refusal("not-own", "undo", order, act, by=name_of(done[0].by, act.company), kind=kind)
    window = act.company.limits.undo_window
    if act.at - done[0].at > window:
        minutes = int(window.total_seconds() // 60)
        raise refusal("too-late", "undo", order, act, kind=kind, minutes=minutes)
    final = next((event.kind for event in done if event.kind in _FINAL), None)
    if final is not None:
        raise refusal("not-undoable", "undo", order, act, instead=_FINAL[final], kind=final)
    return done


def _uncounted(change: Change, events: Sequence[Event], done: Sequence[Event]) -> Change:
    """What was done no longer counts, and the way back is no passage; `events` are the whole chain."""
    first = next(seq for seq, event in enumerate(events, start=1) if event is done[0])
    return replace(change, deeds=(), passages=(), takes_back=first)


def _as_before(order: Order, done: Sequence[Event]) -> Order:
    state: Mapping[str, Any] = document(order)
    changed: list[Mapping[str, Any]] = []
    for event in reversed(done):
        data: Mapping[str, Any] = event.data
        state = patch(state, data["after"], data["before"])
        changed.append(data["before"])
    before = from_document(state)
    moved = before.entry != order.entry
    if moved and not any("heard" in was for was in changed):
        # What rang since then was the other step's ladder; in this one nothing had rung.
        before = replace(before, heard=(), acked=False)
    return replace(
        before,
        version=order.version,
        head=order.head,
        entry=order.entry + 1 if moved else order.entry,
        shipments=order.shipments,
        # A reminder asked for and taken back has lost its sense; the next one is another.
        snoozed=before.snoozed if moved or before.snoozed == order.snoozed else order.snoozed + 1,
    )


def _moves_back(order: Order, done: Sequence[Event]) -> tuple[StockMove, ...]:
    sums: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for event in done:
        data: Mapping[str, Any] = event.data
        for warehouse, sku, on_hand, reserved in data["moves"]:
            so_far = sums.get((warehouse, sku), (ZERO, ZERO))
            sums[warehouse, sku] = (so_far[0] - Decimal(on_hand), so_far[1] - Decimal(reserved))
    return tuple(
        StockMove(*place, "undo", *qty, order.number) for place, qty in sorted(sums.items()) if any(qty)
    )


def _paid_back(done: Sequence[Event]) -> Decimal:
    sums: list[Mapping[str, Any]] = [event.data for event in done]
    return -sum((Decimal(amount) for data in sums for amount in data["payments"]), ZERO)


def _still_there(
    order: Order, moves: Sequence[StockMove], done: Sequence[Event], act: Act, stock: Levels
) -> None:
    for move in moves:
        level = stock.get((move.warehouse, move.sku), StockLevel(move.warehouse, move.sku, ZERO, ZERO))
        on_hand, reserved = level.on_hand + move.on_hand, level.reserved + move.reserved
        if not 0 <= reserved <= on_hand:
            product = act.company.catalogue.products.get(move.sku)
            warehouse = act.company.catalogue.warehouses.get(move.warehouse)
            raise refusal(
                "stock-moved-on",
                "undo",
                order,
                act,
                kind=done[0].kind,
                sku=move.sku,
                name=product.name if product is not None else move.sku,
                warehouse=warehouse.name if warehouse is not None else move.warehouse,
            )


def _sent_back(order: Order, before: Order) -> tuple[ShippedLine, ...]:
    """What a taken-back shipment had sent, with negative quantities."""
    old = {line.no: line for line in before.lines}
    return tuple(
        ShippedLine(line.no, line.sku, place.warehouse, was - place.qty)
        for line in order.lines
        if line.no in old and line.shipped > old[line.no].shipped
        for place in line.sent
        if (was := sum((p.qty for p in old[line.no].sent if p.warehouse == place.warehouse), ZERO))
        != place.qty
    )


def _told(done: Sequence[Event]) -> list[str]:
    heard: list[Mapping[str, Any]] = [event.data for event in done]
    return list(dict.fromkeys(to for data in heard for to in data["told"]))


def _notices(after: Order, done: Sequence[Event], moves: Sequence[StockMove], act: Act) -> tuple[Notice, ...]:
    facts = {"kind": done[0].kind, "moves": [_shown(move) for move in moves], "sum": text(_paid_back(done))}
    itself = f"user:{act.by.user_id}"
    return once(told("undone", to, after, act, (), facts) for to in _told(done) if to != itself)


def _shown(move: StockMove) -> list[str]:
    return [move.warehouse, move.sku, text(move.on_hand), text(move.reserved)]
