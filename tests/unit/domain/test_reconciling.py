"""What does not fit between an order, its shipments, its payments and the stock's book."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.accounts import Account
from domain.facts import Change, Payment, Shipment, ShippedLine
from domain.figures import Count
from domain.fulfilment import ship, sign
from domain.halt import cancel
from domain.money import pay
from domain.order import Order
from domain.reconciling import KINDS, differences, reconcile
from domain.returns import take_back
from tests.builders import CASHIER, COMPANY, KEEPER, MONDAY, SELLER, an_act, boxes, entered

HOUR = timedelta(hours=1)
CREDIT = COMPANY
CASH = replace(
    COMPANY,
    catalogue=replace(
        COMPANY.catalogue,
        customers={code: replace(one, credit_days=0) for code, one in COMPANY.catalogue.customers.items()},
    ),
)
BOX = Decimal(24)


def account_of(*changes: Change) -> Account:
    """The account that these changes leave behind."""
    ledger: dict[str, Decimal] = {}
    for move in (move for change in changes for move in change.moves):
        ledger[move.sku] = ledger.get(move.sku, Decimal(0)) - move.on_hand
    return Account(
        changes[-1].order,
        tuple(one for change in changes for one in change.shipments),
        tuple(one for change in changes for one in change.payments),
        ledger,
    )


def found(account: Account, company=CREDIT) -> dict[str, Decimal]:
    return {one.kind: one.amount for one in differences(account, company)}


@pytest.fixture
def placed() -> Change:
    """Two boxes of cola at 48, reserved."""
    return entered(boxes(2))


@pytest.fixture
def shipped(placed: Change) -> Change:
    return ship(placed.order, an_act(KEEPER))


def test_nothing_is_wrong_on_the_usual_way(placed: Change, shipped: Change):
    signed = sign(shipped.order, an_act(SELLER))
    paid = pay(signed.order, an_act(CASHIER))

    for done in ((placed,), (placed, shipped), (placed, shipped, signed), (placed, shipped, signed, paid)):
        assert found(account_of(*done)) == {}
    assert found(account_of(placed, shipped, signed, paid), CASH) == {}


def test_goods_that_left_unpaid_to_who_has_no_time_to_pay(placed: Change, shipped: Change):
    part = pay(shipped.order, an_act(CASHIER), Decimal("36.00"))

    assert found(account_of(placed, shipped), CASH) == {"unpaid": Decimal("96.00")}
    assert found(account_of(placed, shipped, part), CASH) == {"unpaid": Decimal("60.00")}


def test_money_for_what_has_not_left(placed: Change):
    assert found(account_of(placed, pay(placed.order, an_act(CASHIER)))) == {"unshipped": Decimal("96.00")}


def test_money_for_a_cancelled_order(placed: Change):
    paid = pay(placed.order, an_act(CASHIER))
    gone = cancel(paid.order, an_act(SELLER), "不要了")

    assert found(account_of(placed, paid, gone)) == {"void_paid": Decimal("96.00")}


def test_more_money_than_is_owed(placed: Change, shipped: Change):
    signed = sign(shipped.order, an_act(SELLER))
    paid = pay(signed.order, an_act(CASHIER))
    back = take_back(paid.order, an_act(SELLER), reason="坏了")

    assert found(account_of(placed, shipped, signed, paid, back)) == {"overpaid": Decimal("96.00")}


def test_less_signed_than_left(placed: Change, shipped: Change):
    from domain.act import Portion

    signed = sign(shipped.order, an_act(SELLER), (Portion("COLA", Decimal(1)),))

    assert found(account_of(placed, shipped, signed)) == {"missed": Decimal("48.00")}


def tampered(order: Order, **more: object) -> Order:
    return replace(order, lines=(replace(order.lines[0], **more),))  # type: ignore[arg-type]


def test_a_shipment_that_the_order_does_not_know(placed: Change, shipped: Change):
    more = Shipment(17, 2, MONDAY, "keeper", "", "", (ShippedLine(1, "COLA", "EAST", BOX),))
    account = account_of(placed, shipped)

    assert found(replace(account, shipments=(*account.shipments, more))) == {
        "over_shipped": Decimal("48.00"),
        "ledger": Decimal("48.00"),
    }


def test_an_order_that_says_more_left_than_was_written_down(placed: Change, shipped: Change):
    account = replace(account_of(placed, shipped), shipments=())

    assert set(found(account)) == {"over_shipped", "ledger"}


def test_a_gift_that_left_without_being_ordered_is_worth_nothing_and_still_said(
    placed: Change, shipped: Change
):
    account = account_of(placed, shipped)
    gift = replace(account, order=tampered(account.order, gift=True, shipped=3 * BOX))

    assert found(gift)["over_shipped"] == 0


@pytest.mark.parametrize("ledger", [{}, {"COLA": BOX}, {"COLA": 2 * BOX, "TEA": Decimal(15)}])
def test_a_book_of_stock_that_says_otherwise(placed: Change, shipped: Change, ledger: dict[str, Decimal]):
    assert "ledger" in found(replace(account_of(placed, shipped), ledger=ledger))


def test_a_book_in_which_goods_were_counted_off_says_nothing(placed: Change, shipped: Change):
    assert found(replace(account_of(placed, shipped), ledger=None)) == {}


def test_payments_that_do_not_add_up_to_what_the_order_says(placed: Change, shipped: Change):
    account = account_of(placed, shipped)
    odd = Payment(17, MONDAY, "cashier", Decimal("10.00"), "")

    assert found(replace(account, payments=(odd,))) == {"payments": Decimal("10.00")}


def test_a_customer_who_is_gone_has_no_time_to_pay(placed: Change, shipped: Change):
    stranger = replace(shipped.order, customer="GONE")

    assert found(replace(account_of(placed, shipped), order=stranger)) == {"unpaid": Decimal("96.00")}


def test_a_day_has_its_sums_and_the_gravest_first(placed: Change, shipped: Change):
    paid = pay(placed.order, an_act(CASHIER, at=MONDAY + HOUR))
    late = pay(shipped.order, an_act(CASHIER, at=MONDAY + 30 * HOUR))
    accounts = (account_of(placed, shipped, late), account_of(placed, paid))

    day = reconcile(accounts, accounts[1:], Count(2, Decimal(192)), (MONDAY, MONDAY + 24 * HOUR), CASH)

    assert (day.ordered, day.shipped, day.paid) == (
        Count(2, Decimal(192)),
        Count(1, Decimal("96.00")),
        Count(1, Decimal("96.00")),
    )
    assert (day.orders, [one.kind for one in day.differences]) == (2, ["unshipped"])
    assert [one.since for one in day.earlier] == [MONDAY + HOUR]


@given(st.lists(st.sampled_from(["ship", "sign", "pay", "back"]), max_size=6))
def test_what_people_do_in_the_program_never_upsets_the_books(deeds: list[str]):
    from domain.errors import DomainError

    done = [entered(boxes(2))]
    do = {
        "ship": lambda order: ship(order, an_act(KEEPER)),
        "sign": lambda order: sign(order, an_act(SELLER)),
        "pay": lambda order: pay(order, an_act(CASHIER)),
        "back": lambda order: take_back(order, an_act(SELLER), reason="坏了"),
    }
    for deed in deeds:
        try:
            done.append(do[deed](done[-1].order))
        except DomainError:
            continue

    assert not set(found(account_of(*done))) & set(KINDS[:3])
