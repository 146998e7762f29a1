"""Placing an order."""

# mypy: disable-error-code="comparison-overlap"
# A figure is said as a whole number here wherever it is one, and compared with a Decimal.

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from domain.act import SYSTEM
from domain.checks import CHECKS, fingerprint, rows
from domain.entry import Wanted, enter
from domain.errors import Invalid, NotAllowed, Unknown
from domain.ports import EntryFacts
from domain.review import approve
from tests.builders import (
    ATTENDANT,
    CASHIER,
    LEAD,
    PLENTY,
    SELLER,
    ZONE,
    a_company,
    an_act,
    boxes,
    entered,
    levels,
    person,
    reviewing,
)


def warned(order):
    return {check.kind for check in order.checks if not check.passed}


def check(order, kind):
    return rows(next(check for check in order.checks if check.kind == kind))


def test_a_small_clean_order_is_approved_by_itself_and_reserved():
    change = entered(boxes(2))

    assert change.order.step == "picking"
    assert [(event.kind, event.by) for event in change.events] == [
        ("order:entered", "seller"),
        ("order:approved", SYSTEM.user_id),
    ]
    assert [(move.kind, move.warehouse, move.reserved) for move in change.moves] == [("reserve", "EAST", 48)]
    assert [(notice.kind, notice.to, notice.mentions) for notice in change.notices] == [
        ("entered.picking", "group:warehouse", (change.order.owner,))
    ]


def test_an_order_above_the_first_tier_waits_for_a_reviewer_who_did_not_make_it():
    change = entered(boxes(50))

    assert (change.order.step, change.order.tier, change.order.approvals_needed) == ("reviewing", "一人审", 1)
    assert change.order.owner in ("boss", "chief", "lead", "second")
    assert change.moves == ()
    assert change.notices[0].to == "group:review"


def test_what_is_said_is_counted_in_the_smallest_unit_and_priced_for_its_unit():
    order = entered(boxes(2), boxes(3, "TEA", "提"), boxes(7, "TEA", "瓶"), facts=EntryFacts()).order

    cola, packs, bottles = order.lines
    assert (cola.ordered, cola.price, cola.amount) == (48, Decimal(48), Decimal("96.00"))
    assert (packs.ordered, packs.price, packs.amount) == (15, Decimal(15), Decimal("45.00"))
    assert (bottles.ordered, bottles.price, bottles.amount) == (7, Decimal(3), Decimal("21.00"))
    assert order.amount == Decimal("162.00")
    assert cola.tax_rate == Decimal("0.13")


def test_a_price_that_does_not_divide_is_rounded_to_four_places_and_the_amount_to_the_fen():
    line = entered(boxes(9, "TEA", "瓶"), customer="CANTEEN").order.lines[0]

    assert line.price == Decimal("2.6667")
    assert line.amount == Decimal("24.00")


def test_a_customer_pays_their_own_price_or_that_of_their_level():
    assert entered(boxes(1, "TEA"), customer="CANTEEN").order.lines[0].price == 40
    assert entered(boxes(1, "TEA"), customer="CORNER").order.lines[0].price == 46
    assert entered(boxes(1, "TEA")).order.lines[0].price == 45


def test_a_gift_costs_nothing_and_is_reserved_like_anything():
    order = entered(boxes(10), boxes(1, gift=True)).order

    assert [line.amount for line in order.lines] == [Decimal("480.00"), 0]
    assert order.lines[1].reserved == 24
    assert warned(order) == set()


def test_what_was_not_said_comes_from_the_customer():
    order = entered(note="老地方").order

    assert (order.address, order.salesperson, order.region) == ("东区大街1号", "seller", "东区")
    assert order.note == "老地方"
    assert entered(boxes(2, unit="")).order.lines[0].unit == "箱"


def test_the_maker_sells_where_the_customers_salesperson_has_left():
    others = (ATTENDANT, person("keeper", "仓管", "warehouse"), person("lead", "主管", "manager"))
    unknown, gone = a_company(staff=others), a_company(staff=(*others, replace(SELLER, active=False)))

    assert entered(by=ATTENDANT, company=unknown).order.salesperson == "attendant"
    assert entered(by=ATTENDANT, company=gone).order.salesperson == "attendant"


@pytest.mark.parametrize(
    ("line", "code"),
    [
        (boxes(0), "qty-not-positive"),
        (boxes(-3), "qty-not-positive"),
        (boxes("NaN"), "qty-not-positive"),
        (boxes(10_000_000), "qty-too-large"),
        (boxes("3.14159"), "qty-not-whole"),
        (boxes("0.1", "WATER", "桶"), "qty-not-whole"),
        (boxes(2, price=Decimal(0)), "price-not-positive"),
        (boxes(2, price=Decimal(-48)), "price-not-positive"),
        (boxes(2, price=Decimal("Infinity")), "price-not-positive"),
        (boxes(2, price=Decimal(4800)), "price-absurd"),
        (boxes(2, price=Decimal("4.8")), "price-absurd"),
        (boxes(2, price=Decimal("47.99999")), "price-places"),
    ],
)
def test_what_cannot_be_meant_is_refused(line, code):
    with pytest.raises(Invalid) as refused:
        entered(line)

    assert refused.value.code == code
    assert refused.value.facts["name"] in ("罐装可乐", "桶装水")


@pytest.mark.parametrize(("line", "code"), [(boxes(2, "BEER"), "product"), (boxes(2, "COLA", "桶"), "unit")])
def test_what_nobody_sells_is_unknown(line, code):
    with pytest.raises(Unknown) as refused:
        entered(line)

    assert refused.value.code == code


def test_an_unknown_customer_is_unknown():
    with pytest.raises(Unknown, match="customer"):
        entered(customer="NOBODY")


def test_half_a_box_is_whole_in_cans_and_grams_are_whole_in_kilos():
    assert entered(boxes("0.5")).order.lines[0].ordered == 12
    rice = entered(boxes("3.125", "RICE", "公斤"), stock=levels(EAST_RICE=100)).order.lines[0]
    assert (rice.ordered, rice.amount) == (Decimal("3.125"), Decimal("18.75"))


def test_an_order_without_lines_worth_too_much_or_for_yesterday_is_refused():
    with pytest.raises(Invalid, match="no-lines"):
        enter(17, Wanted("MARKET", ()), an_act(), EntryFacts(), PLENTY)
    with pytest.raises(Invalid, match="amount-too-large"):
        entered(*[boxes(4000, price=Decimal(200))] * 13)
    with pytest.raises(Invalid, match="due-past"):
        entered(due=date(2026, 11, 22))
    with pytest.raises(Invalid, match="text-too-long"):
        entered(note="长" * 2001)
    assert entered(due=date(2026, 11, 23)).order.due == date(2026, 11, 23)


def test_only_those_who_sell_place_orders():
    with pytest.raises(NotAllowed) as refused:
        entered(by=CASHIER)

    facts = refused.value.facts
    assert (refused.value.code, facts["action"], facts["number"]) == ("no-role", "order.create", None)
    assert facts["who"] == ("总经理", "经理", "主管甲", "主管乙", "销售甲", "销售乙", "客服甲")


def test_somebody_who_left_places_nothing():
    gone = replace(SELLER, active=False)

    with pytest.raises(NotAllowed, match="no-role"):
        entered(by=gone)


def test_a_price_off_the_list_is_shown_to_a_reviewer():
    order = entered(boxes(2, price=Decimal(40))).order

    assert (order.step, order.approvals_needed, order.tier) == ("reviewing", 1, "免审")
    assert warned(order) == {"price"}
    assert check(order, "price") == (
        {"name": "罐装可乐", "unit": "箱", "price": "40", "list": "48", "gift": ""},
    )


def test_too_many_gifts_are_a_price_off_the_list():
    order = entered(boxes(5), boxes("1.5", gift=True)).order

    assert warned(order) == {"price"}
    gift = {"name": "罐装可乐", "unit": "箱", "price": "0", "list": "48", "gift": "1.5"}
    assert check(order, "price") == (gift,)


def test_what_is_not_there_is_shown_to_a_reviewer():
    order = entered(boxes(2), boxes(12, unit="罐"), stock=levels(EAST_COLA=24, WEST_COLA=12)).order

    assert warned(order) == {"stock"}
    assert check(order, "stock") == ({"name": "罐装可乐", "unit": "箱", "qty": "2.5", "available": "1.5"},)


def test_just_enough_is_enough():
    facts = EntryFacts(exposure=Decimal(704))

    order = entered(boxes(2), stock=levels(WEST_COLA=48), customer="CORNER", facts=facts).order

    assert warned(order) == set()


def test_an_address_outside_the_region_is_shown_to_a_reviewer():
    assert warned(entered(address="西区工地").order) == {"address"}
    assert warned(entered(address="东区和西区之间").order) == set()
    assert warned(entered(address="后门").order) == set()
    assert warned(entered(address="后门").order) == set()


def test_more_than_the_credit_is_shown_to_a_reviewer():
    order = entered(boxes(10), customer="CORNER", facts=EntryFacts(exposure=Decimal(400))).order

    assert warned(order) == {"credit"}
    assert check(order, "credit") == ({"limit": "800", "exposure": "400", "amount": "480"},)


def test_the_same_order_twice_is_shown_to_a_reviewer_whatever_the_unit():
    first = entered(boxes(2), number=16).order
    facts = EntryFacts(recent=((15, "other"), (16, fingerprint("MARKET", first.lines))))

    order = entered(boxes(48, unit="罐"), facts=facts).order

    assert check(order, "duplicate") == ({"order": "16"},)
    assert fingerprint("MARKET", first.lines) != fingerprint("CORNER", first.lines)


@pytest.mark.parametrize(
    ("usual", "passed"), [(24 * 4, True), (24 * 20, False), (9, False), (10, True), (0, True)]
)
def test_a_quantity_far_from_the_habit_is_shown_to_a_reviewer(usual, passed):
    order = entered(boxes(2), facts=EntryFacts(usual={"COLA": Decimal(usual)})).order

    assert ("habit" not in warned(order)) == passed


def test_every_check_speaks_whether_it_passes_or_not():
    assert [check.kind for check in reviewing().checks] == list(CHECKS)


def test_an_order_that_cannot_be_reserved_whole_reserves_what_there_is_and_waits():
    stock = levels(EAST_COLA=30)
    order = reviewing(boxes(2), stock=stock)

    change = approve(order, an_act(LEAD), stock)

    assert change.order.step == "short"
    assert (change.order.lines[0].reserved, change.order.lines[0].lacking) == (30, 18)
    assert [(notice.kind, notice.to) for notice in change.notices] == [
        ("entered.short", "group:purchase"),
        ("lacking", "user:seller"),
    ]
    told = [notice.facts["lacking"] for notice in change.notices]
    lacking = {"sku": "COLA", "name": "罐装可乐", "qty": "18", "unit": "箱", "unit_size": "24"}
    assert told == [[lacking | {"smallest": "罐", "gift": False}]] * 2


def test_an_order_is_called_by_the_companys_day():
    early = entered(at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC))

    assert early.order.code(ZONE) == "SO261124-0017"
    assert early.notices[0].facts["code"] == "SO261124-0017"
