"""Taking back what one has just done."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.act import Portion
from domain.amend import Amendment, LineChange, change, complain, note
from domain.errors import NotAllowed
from domain.escalation import overdue
from domain.fulfilment import pick, ship
from domain.halt import cancel, hold
from domain.money import pay
from domain.review import approve
from domain.snapshot import document
from domain.undo import takes_back, undo
from tests.builders import (
    ATTENDANT,
    CASHIER,
    COMPANY,
    KEEPER,
    LEAD,
    MONDAY,
    NOTHING_KNOWN,
    PLENTY,
    SELLER,
    after,
    an_act,
    boxes,
    entered,
    hours,
    levels,
    picking,
    reviewing,
)

LATER = MONDAY + hours(0.1)


def took_back(done, by, *before, stock=PLENTY, at=LATER):
    events = [event for change in (*before, done) for event in change.events]
    return undo(done.order, events, an_act(by, at=at), stock)


def refused(code, asked):
    with pytest.raises(NotAllowed) as raised:
        asked()
    assert raised.value.code == code
    return raised.value.facts


def same(one, other):
    free = {"entry": 0, "shipments": 0}
    return document(one) | free == document(other) | free


def test_an_approval_taken_back_frees_the_stock_and_waits_for_review_again():
    order = reviewing()
    done = approve(order, an_act(LEAD), PLENTY)

    back = took_back(done, LEAD, stock=after(PLENTY, done))

    assert same(back.order, order)
    assert back.order.entry == done.order.entry + 1
    assert [(move.kind, move.on_hand, move.reserved) for move in back.moves] == [("undo", 0, -1200)]
    assert [(notice.kind, notice.to) for notice in back.notices] == [("undone", "group:warehouse")]
    assert back.events[0].data["kind"] == "order:approved"


def test_a_shipment_taken_back_lies_in_the_warehouse_again():
    order = entered(boxes(2), stock=levels(EAST_COLA=30, WEST_COLA=30)).order
    done = ship(order, an_act(KEEPER))

    back = took_back(done, KEEPER, stock=levels(EAST_COLA=0, WEST_COLA=12))

    assert same(back.order, order)
    assert (done.order.shipments, back.order.shipments) == (1, 2)
    assert [(line.warehouse, line.qty) for line in back.shipments[0].lines] == [("EAST", -30), ("WEST", -18)]
    assert [(move.warehouse, move.on_hand, move.reserved) for move in back.moves] == [
        ("EAST", 30, 30),
        ("WEST", 18, 18),
    ]


def test_only_the_last_shipment_is_taken_back():
    first = ship(
        picking(boxes(2), boxes(1, "TEA")), an_act(KEEPER, source="1"), (Portion("COLA", Decimal(1), "箱"),)
    )
    second = ship(first.order, an_act(KEEPER, source="2"))

    back = took_back(second, KEEPER, first, stock=PLENTY)

    assert same(back.order, first.order)
    assert [(line.sku, line.qty) for line in back.shipments[0].lines] == [("COLA", -24), ("TEA", -15)]


def test_a_payment_taken_back_is_money_out():
    done = pay(picking(), an_act(CASHIER), Decimal(50), "cash")

    back = took_back(done, CASHIER)

    assert (back.order.paid, [payment.amount for payment in back.payments]) == (0, [Decimal(-50)])
    assert back.notices[0].facts["sum"] == "-50"


def test_a_cancellation_taken_back_reserves_again_what_was_released():
    order = picking()
    done = cancel(order, an_act(SELLER))

    assert same(took_back(done, SELLER).order, order)


def test_what_others_have_got_since_cannot_be_had_back():
    done = cancel(picking(), an_act(SELLER))

    facts = refused("stock-moved-on", lambda: took_back(done, SELLER, stock=levels(EAST_COLA=40)))

    assert (facts["name"], facts["warehouse"], facts["kind"]) == ("罐装可乐", "东仓", "order:cancelled")
    refused("stock-moved-on", lambda: took_back(done, SELLER, stock={}))
    bare = replace(COMPANY, catalogue=replace(COMPANY.catalogue, products={}, warehouses={}))
    events = done.events
    facts = refused("stock-moved-on", lambda: undo(done.order, events, an_act(company=bare), {}))
    assert (facts["name"], facts["warehouse"]) == ("COLA", "EAST")


def test_a_change_taken_back_restores_every_line():
    order = picking(boxes(2), boxes(1, "TEA"))
    lines = (LineChange("TEA", qty=Decimal(0)), LineChange("COLA", qty=Decimal(30), unit="罐"))
    done = change(order, an_act(), Amendment(lines), NOTHING_KNOWN, PLENTY)

    assert same(took_back(done, SELLER, stock=after(PLENTY, entered())).order, order)


def test_an_addition_that_approved_itself_is_taken_back_whole():
    order = reviewing()
    done = change(order, an_act(), Amendment((LineChange("COLA", qty=Decimal(2)),)), NOTHING_KNOWN, PLENTY)

    back = took_back(done, SELLER, stock=after(PLENTY, done))

    assert len(done.events) == 2
    assert same(back.order, order)


def test_two_things_said_in_one_message_are_taken_back_together():
    order = picking()
    first = pick(order, an_act(KEEPER, source="one"), done=True)
    second = ship(first.order, an_act(KEEPER, source="one"))

    assert same(took_back(second, KEEPER, first).order, order)


def test_the_preview_says_what_undoing_writes():
    done = pay(ship(picking(), an_act(KEEPER)).order, an_act(CASHIER), Decimal(50))

    shown = takes_back(done.order, done.events, an_act(CASHIER, at=LATER))

    assert (shown["kind"], shown["at"], shown["payments"], shown["moves"]) == (
        "order:paid",
        MONDAY,
        ["-50"],
        [],
    )
    assert (shown["before"], shown["after"]) == ({"paid": "0"}, {"paid": "50"})
    assert shown["told"] == ["group:finance", "user:seller"]
    moved = ship(picking(), an_act(KEEPER))
    shown = takes_back(moved.order, moved.events, an_act(KEEPER))
    assert (shown["moves"], shown["payments"]) == ([["EAST", "COLA", "48", "48"]], [])


def test_a_foreign_doing_is_not_taken_back():
    facts = refused("not-own", lambda: took_back(ship(picking(), an_act(KEEPER)), SELLER))

    assert (facts["by"], facts["kind"]) == ("仓管甲", "order:shipped")


def test_what_others_have_built_on_is_not_taken_back():
    first = note(picking(), an_act(SELLER), "放门口")
    second = ship(first.order, an_act(KEEPER))

    refused("not-own", lambda: took_back(second, SELLER, first))


def test_a_reminder_of_the_ladder_builds_on_nothing():
    done = hold(picking(), an_act())
    released = cancel(done.order, an_act(source="later"))
    order = picking()
    shipped = pick(order, an_act(KEEPER))
    ring = overdue(shipped.order, entered().timers[0], LATER, COMPANY)
    assert ring is not None

    assert same(took_back(released, SELLER, done).order, done.order)
    events = [*shipped.events, *ring.events]
    taken_back = undo(ring.order, events, an_act(KEEPER, at=LATER), PLENTY).order
    assert same(replace(taken_back, heard=()), order)
    assert taken_back.heard == (1,)  # what the ladder said stays said


def test_after_ten_minutes_it_stays():
    done = ship(picking(), an_act(KEEPER))

    facts = refused("too-late", lambda: took_back(done, KEEPER, at=MONDAY + hours(0.2)))

    assert facts["minutes"] == 10


def test_a_new_order_is_cancelled_instead():
    facts = refused("not-undoable", lambda: took_back(entered(), SELLER))

    assert (facts["kind"], facts["instead"]) == ("order:entered", "order.cancel")
    refused("not-undoable", lambda: took_back(complain(picking(), an_act(ATTENDANT), "破了"), ATTENDANT))


def test_what_was_taken_back_is_not_taken_back_again():
    done = ship(picking(), an_act(KEEPER))
    back = took_back(done, KEEPER)

    refused("nothing-to-undo", lambda: took_back(back, KEEPER, done))
    refused("nothing-to-undo", lambda: undo(picking(), [], an_act(), PLENTY))


def test_the_clock_of_a_step_runs_on_when_leaving_it_is_taken_back():
    order = picking()
    late = MONDAY + hours(1.95)
    done = ship(order, an_act(KEEPER, at=late))

    back = took_back(done, KEEPER, at=late + hours(0.1))

    assert (back.order.step_since, back.order.step_due) == (MONDAY, order.step_due)
    # The owner was told after one hour; the supervisor's hour falls into the ten minutes taken back.
    first = back.timers[0]
    assert (first.rung, first.repeat, first.due) == (1, 0, MONDAY + hours(2))
    assert {timer.entry for timer in back.timers} == {back.order.entry}
