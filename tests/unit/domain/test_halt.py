"""Stopping an order."""

# mypy: disable-error-code="comparison-overlap"
# A figure is said as a whole number here wherever it is one, and compared with a Decimal.

from decimal import Decimal

import pytest

from domain.act import Portion
from domain.errors import NotAllowed
from domain.fulfilment import ship
from domain.halt import cancel, hold, resume
from domain.review import approve, reject
from tests.builders import (
    ATTENDANT,
    KEEPER,
    LEAD,
    MONDAY,
    OTHER,
    PLENTY,
    SELLER,
    an_act,
    entered,
    hours,
    levels,
    picking,
    reviewing,
)


def told(change):
    return [(notice.kind, notice.to) for notice in change.notices]


def test_a_held_order_keeps_what_is_reserved_and_those_at_work_are_told():
    done = hold(picking(), an_act(OTHER), "等客户付款")

    assert (done.order.step, done.order.held_from, done.order.owner) == ("hold", "picking", "seller")
    assert done.order.lines[0].reserved == 48
    assert done.moves == ()
    assert told(done) == [
        ("entered.hold", "group:sales"),
        ("entered.hold", "group:warehouse"),
        ("entered.hold", "user:seller"),
    ]


def test_a_resumed_order_stands_where_it_stood_with_its_time_anew():
    held = hold(picking(), an_act()).order

    done = resume(held, an_act(at=MONDAY + hours(5)), PLENTY)

    assert (done.order.step, done.order.held_from, done.order.entry) == ("picking", "", held.entry + 1)
    assert done.order.step_since == MONDAY + hours(5)
    assert told(done) == [("entered.picking", "group:warehouse")]


def test_a_resumed_order_takes_what_has_come_in():
    stock = levels(EAST_COLA=96)
    short = approve(reviewing(stock=stock), an_act(LEAD), stock).order
    held = hold(short, an_act()).order

    assert resume(held, an_act(), {}).order.step == "short"
    assert resume(held, an_act(), PLENTY).order.step == "picking"


def test_a_resumed_order_goes_back_to_its_reviewers():
    held = hold(reviewing(), an_act()).order

    done = resume(held, an_act(), PLENTY)

    assert (done.order.step, done.moves) == ("reviewing", ())
    assert approve(done.order, an_act(LEAD), PLENTY).order.step == "picking"


def test_what_is_on_its_way_is_not_held():
    with pytest.raises(NotAllowed, match="wrong-step"):
        hold(ship(picking(), an_act(KEEPER)).order, an_act())


def test_a_cancelled_order_releases_its_stock_and_everyone_at_work_is_told():
    done = cancel(picking(), an_act(LEAD), "客户不要了")

    assert (done.order.step, done.order.void, done.order.owner) == ("cancelled", True, "")
    assert [(move.kind, move.reserved) for move in done.moves] == [("release", -48)]
    assert told(done) == [("cancelled", "group:warehouse"), ("cancelled", "user:seller")]
    assert done.notices[0].facts["reason"] == "客户不要了"


def test_a_held_or_rejected_order_can_be_cancelled():
    held = cancel(hold(picking(), an_act()).order, an_act())
    rejected = cancel(reject(reviewing(), an_act(LEAD), "不行").order, an_act())

    assert (held.order.held_from, rejected.order.step) == ("", "cancelled")
    assert told(held) == [("cancelled", "group:sales"), ("cancelled", "group:warehouse")]


@pytest.mark.parametrize("boxes_sent", [1, 2])
def test_what_has_left_is_not_cancelled_but_returned(boxes_sent):
    gone = ship(picking(), an_act(KEEPER), (Portion("COLA", Decimal(boxes_sent), "箱"),)).order

    with pytest.raises(NotAllowed) as raised:
        cancel(gone, an_act(SELLER))

    assert (raised.value.code, raised.value.facts["instead"]) == ("shipped-already", "order.return")


def test_who_may_not_cancel_hears_that_first():
    gone = ship(picking(), an_act(KEEPER)).order

    with pytest.raises(NotAllowed, match="no-role"):
        cancel(gone, an_act(ATTENDANT))


def test_a_cancelled_order_stays_cancelled():
    order = cancel(entered().order, an_act()).order

    with pytest.raises(NotAllowed) as raised:
        cancel(order, an_act())

    assert (raised.value.code, raised.value.facts["step_name"]) == ("wrong-step", "已取消")
