"""Goods that come back."""

# mypy: disable-error-code="comparison-overlap"
# A figure is said as a whole number here wherever it is one, and compared with a Decimal.

from decimal import Decimal

import pytest

from domain.act import Portion
from domain.errors import Invalid, NotAllowed
from domain.fulfilment import ship, sign
from domain.money import open_amount, pay
from domain.returns import take_back
from tests.builders import (
    ATTENDANT,
    CASHIER,
    KEEPER,
    an_act,
    boxes,
    entered,
    levels,
    picking,
)


def some(qty, sku="COLA", unit="箱"):
    return Portion(sku, None if qty is None else Decimal(qty), unit)


def shipped(*lines):
    return ship(picking(*lines), an_act(KEEPER)).order


def signed(*lines):
    return sign(shipped(*lines), an_act(ATTENDANT)).order


def test_a_part_that_comes_back_is_stock_again_and_not_owed():
    done = take_back(signed(), an_act(ATTENDANT), (some(1),), "破损")

    line = done.order.lines[0]
    assert (done.order.step, line.signed, line.returned) == ("signed", 48, 24)
    assert open_amount(done.order) == Decimal("48.00")
    assert [(move.kind, move.warehouse, move.on_hand, move.reserved) for move in done.moves] == [
        ("return", "EAST", 24, 0)
    ]
    assert [(notice.kind, notice.to) for notice in done.notices] == [
        ("returned", "group:warehouse"),
        ("returned", "group:finance"),
        ("returned", "user:seller"),
    ]
    assert done.notices[0].facts["reason"] == "破损"


def test_what_was_paid_for_it_must_go_back():
    paid = pay(signed(), an_act(CASHIER)).order

    done = take_back(paid, an_act(ATTENDANT), (some(1),))

    assert (done.order.step, open_amount(done.order)) == ("done", Decimal("-48.00"))
    assert done.notices[0].facts["refund"] == "48"


def test_the_whole_order_may_come_back():
    done = take_back(signed(boxes(2), boxes(1, "TEA")), an_act(ATTENDANT))

    assert [line.returned for line in done.order.lines] == [48, 15]
    assert done.order.step == "done"
    with pytest.raises(Invalid, match="nothing-out"):
        take_back(done.order, an_act(ATTENDANT))


def test_goods_return_to_the_warehouse_they_left():
    order = entered(boxes(2), stock=levels(EAST_COLA=30, WEST_COLA=30)).order
    gone = ship(order, an_act(KEEPER)).order

    done = take_back(gone, an_act(ATTENDANT), (some(30, unit="罐"),))

    assert [(move.warehouse, move.on_hand) for move in done.moves] == [("EAST", 12), ("WEST", 18)]


def test_more_than_the_customer_has_does_not_come_back():
    part = take_back(signed(), an_act(ATTENDANT), (some(1),)).order

    with pytest.raises(Invalid, match="more-than-out") as raised:
        take_back(part, an_act(ATTENDANT), (some(2),))

    assert (raised.value.facts["asked"], raised.value.facts["most"]) == (48, 24)


def test_what_was_missed_comes_back_first_and_was_never_owed():
    less = sign(shipped(), an_act(ATTENDANT), (some(1),)).order

    found = take_back(less, an_act(KEEPER), (some(1),)).order
    more = take_back(found, an_act(KEEPER), (some(1),)).order

    assert (open_amount(found), found.lines[0].missed, found.lines[0].signed) == (Decimal("48.00"), 0, 48)
    assert open_amount(more) == 0


def test_goods_refused_at_the_door_are_not_waited_for():
    done = take_back(shipped(), an_act(ATTENDANT), (some(1),)).order

    assert (done.step, done.lines[0].under_way, done.lines[0].signed) == ("shipped", 24, 24)
    signed_for = sign(done, an_act(ATTENDANT)).order
    assert (signed_for.step, signed_for.lines[0].signed) == ("signed", 48)


def test_nothing_comes_back_of_what_never_left():
    with pytest.raises(Invalid, match="nothing-out"):
        take_back(picking(), an_act(ATTENDANT))


def test_finance_takes_no_goods_back():
    with pytest.raises(NotAllowed, match="no-role"):
        take_back(signed(), an_act(CASHIER))
