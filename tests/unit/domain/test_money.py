"""Money for an order."""

# mypy: disable-error-code="comparison-overlap"
# A figure is said as a whole number here wherever it is one, and compared with a Decimal.

from decimal import Decimal

import pytest

from domain.act import Portion
from domain.errors import Invalid, NotAllowed
from domain.fulfilment import ship, sign
from domain.halt import cancel
from domain.money import open_amount, pay, receivable, refund
from domain.returns import take_back
from tests.builders import ATTENDANT, CASHIER, KEEPER, MONDAY, SELLER, an_act, boxes, hours, picking


def signed(*lines):
    return sign(ship(picking(*lines), an_act(KEEPER)).order, an_act(ATTENDANT)).order


def refused(code, asked):
    with pytest.raises(Invalid) as raised:
        asked()
    assert raised.value.code == code
    return raised.value.facts


def test_what_is_ordered_is_owed_and_what_was_signed_is_owed_in_the_end():
    order = ship(picking(), an_act(KEEPER)).order
    assert receivable(order) == Decimal("96.00")

    less = sign(order, an_act(ATTENDANT), (Portion("COLA", Decimal(40), "罐"),)).order

    assert (receivable(less), open_amount(less)) == (Decimal("80.00"), Decimal("80.00"))


def test_no_amount_means_all_that_is_open():
    done = pay(signed(), an_act(CASHIER), method="bank")

    assert (done.order.step, done.order.paid) == ("done", Decimal("96.00"))
    assert [(one.amount, one.method, one.by) for one in done.payments] == [
        (Decimal("96.00"), "bank", "cashier")
    ]
    assert [(notice.kind, notice.to) for notice in done.notices] == [
        ("paid", "group:finance"),
        ("paid", "user:seller"),
    ]


def test_money_may_come_in_parts_and_before_the_goods():
    first = pay(picking(), an_act(CASHIER), Decimal("50.5"))
    order = sign(ship(first.order, an_act(KEEPER)).order, an_act(ATTENDANT)).order

    assert first.order.step == "picking"
    assert (order.step, open_amount(order)) == ("signed", Decimal("45.50"))
    assert pay(order, an_act(CASHIER)).order.step == "done"


def test_more_than_is_open_is_refused_with_the_open_amount():
    facts = refused("overpaid", lambda: pay(picking(), an_act(CASHIER), Decimal("96.01")))

    assert facts == {"number": 17, "amount": Decimal("96.01"), "open": Decimal("96.00")}


@pytest.mark.parametrize(
    ("amount", "code"),
    [
        ("0", "amount-not-positive"),
        ("-5", "amount-not-positive"),
        ("NaN", "amount-not-positive"),
        ("9.999", "amount-places"),
    ],
)
def test_an_amount_that_cannot_be_meant_is_refused(amount, code):
    refused(code, lambda: pay(picking(), an_act(CASHIER), Decimal(amount)))


def test_a_paid_order_takes_no_more():
    paid = pay(picking(), an_act(CASHIER)).order

    assert refused("nothing-open", lambda: pay(paid, an_act(CASHIER)))["paid"] == Decimal("96.00")


def test_finance_takes_the_money():
    with pytest.raises(NotAllowed) as raised:
        pay(picking(), an_act(SELLER))

    assert raised.value.facts["who"] == ("总经理", "经理", "会计甲")


def test_what_a_cancelled_order_had_paid_goes_back():
    paid = pay(picking(), an_act(CASHIER)).order
    cancelled = cancel(paid, an_act(SELLER))

    assert open_amount(cancelled.order) == Decimal("-96.00")
    assert ("refund_due", "group:finance") in [(notice.kind, notice.to) for notice in cancelled.notices]

    back = refund(cancelled.order, an_act(CASHIER), "bank")
    assert (back.order.paid, back.payments[0].amount) == (0, Decimal("-96.00"))
    assert back.notices[0].facts["sum"] == "96"
    refused("nothing-to-refund", lambda: refund(back.order, an_act(CASHIER)))


def test_goods_returned_before_they_are_signed_and_paid_for_go_back_as_money_then_the_order_is_done():
    order = ship(pay(picking(), an_act(CASHIER)).order, an_act(KEEPER)).order
    returned = take_back(order, an_act(ATTENDANT)).order

    assert (returned.step, open_amount(returned)) == ("signed", Decimal("-96.00"))
    refused("nothing-open", lambda: pay(returned, an_act(CASHIER)))
    assert refund(returned, an_act(CASHIER)).order.step == "done"


def test_the_credit_begins_when_the_goods_are_signed():
    assert signed().step_due == MONDAY + hours(24 * 30)


def test_money_is_exact_to_the_fen():
    order = signed(
        boxes(1, "TEA", "瓶", price=Decimal("3.2225")), boxes(2, "TEA", "瓶", price=Decimal("3.2225"))
    )

    assert [line.amount for line in order.lines] == [Decimal("3.22"), Decimal("6.45")]
    assert pay(order, an_act(CASHIER)).order.paid == Decimal("9.67")
