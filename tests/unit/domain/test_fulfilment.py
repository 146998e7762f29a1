"""From the shelf to the customer."""

# mypy: disable-error-code="comparison-overlap"
# A figure is said as a whole number here wherever it is one, and compared with a Decimal.

from decimal import Decimal

import pytest

from domain.act import Portion
from domain.errors import Invalid, NotAllowed, Unknown
from domain.fulfilment import finish, pick, restock, run_short, ship, sign
from domain.money import pay
from domain.review import approve
from tests.builders import (
    ATTENDANT,
    BUYER,
    CASHIER,
    COMPANY,
    KEEPER,
    LEAD,
    PACKER,
    PACKING_COMPANY,
    PICKER,
    PLENTY,
    SELLER,
    STEPS,
    TESTING_COMPANY,
    a_company,
    after,
    an_act,
    boxes,
    entered,
    levels,
    picking,
    reviewing,
)


def some(qty=None, sku="COLA", unit="箱"):
    return Portion(sku, None if qty is None else Decimal(qty), unit)


def shipped(*lines, **more):
    return ship(picking(*lines, **more), an_act(KEEPER)).order


def short(*lines):
    """50 boxes of cola asked for, four there."""
    stock = levels(EAST_COLA=96)
    return approve(reviewing(*lines, stock=stock), an_act(LEAD), stock).order


def facts_of(change):
    """What the first notice says."""
    return change.notices[0].facts


def restocked(order, by, stock):
    """What came in makes a difference."""
    change = restock(order, by, stock)
    assert change is not None
    return change


def told(change):
    return [(notice.kind, notice.to) for notice in change.notices]


def refused(error, code, asked):
    with pytest.raises(error) as raised:
        asked()
    assert raised.value.code == code
    return raised.value.facts


def test_who_begins_to_pick_has_it_from_then_on():
    done = pick(picking(), an_act(KEEPER))

    assert (done.order.step, done.order.owner, done.events[0].kind) == ("picking", "keeper", "order:picking")


def test_picked_is_noted_and_shipped_next():
    done = pick(picking(), an_act(KEEPER), done=True)

    assert (done.order.step, done.events[0].kind, done.notices) == ("picking", "order:picked", ())


def test_shipping_takes_the_goods_from_where_they_were_reserved():
    done = ship(picking(), an_act(KEEPER), carrier="顺风", tracking=" SF1 ")

    order = done.order
    assert (order.step, order.owner) == ("shipped", "seller")
    assert (order.lines[0].shipped, order.lines[0].reserved) == (48, 0)
    assert [(move.kind, move.on_hand, move.reserved) for move in done.moves] == [("ship", -48, -48)]
    shipment = done.shipments[0]
    assert (shipment.no, shipment.carrier, shipment.tracking) == (1, "顺风", "SF1")
    assert [(line.warehouse, line.qty) for line in shipment.lines] == [("EAST", 48)]
    assert done.notices[0].to == "group:service"
    assert done.notices[0].facts["tracking"] == "SF1"


def test_shipping_in_parts_keeps_the_rest_in_picking():
    order = picking(boxes(2), boxes(1, "TEA"))

    first = ship(order, an_act(KEEPER), (some(1),))
    second = ship(first.order, an_act(PICKER), (some(None, "TEA"),))
    last = ship(second.order, an_act(PICKER))

    assert [change.order.step for change in (first, second, last)] == ["picking", "picking", "shipped"]
    assert [change.shipments[0].no for change in (first, second, last)] == [1, 2, 3]
    assert told(first) == [("part_shipped", "group:service"), ("part_shipped", "user:seller")]
    assert [good["qty"] for good in facts_of(first)["rest"]] == ["24", "15"]
    assert first.order.entry == order.entry


def test_the_nearest_warehouse_gives_first():
    order = entered(boxes(2), stock=levels(EAST_COLA=30, WEST_COLA=30)).order

    done = ship(order, an_act(KEEPER), (some(30, unit="罐"),))

    assert [(line.warehouse, line.qty) for line in done.shipments[0].lines] == [("EAST", 30)]


def test_more_than_reserved_is_refused_with_the_figures():
    facts = refused(Invalid, "more-than-reserved", lambda: ship(picking(), an_act(KEEPER), (some(3),)))

    assert (facts["asked"], facts["most"], facts["unit_size"]) == (72, 48, 24)


def test_a_product_that_is_not_in_the_order_is_not_shipped():
    refused(Invalid, "not-in-order", lambda: ship(picking(), an_act(KEEPER), (some(1, "TEA"),)))
    refused(Unknown, "product", lambda: ship(picking(), an_act(KEEPER), (some(1, "BEER"),)))


def test_paid_goods_leave_before_the_gift():
    order = picking(boxes(10), boxes(1, gift=True))

    done = ship(order, an_act(KEEPER), (some(10),))

    assert [line.shipped for line in done.order.lines] == [240, 0]


def test_the_warehouse_ships_and_who_sells_is_told_so_and_nothing_else_to_do_instead():
    facts = refused(NotAllowed, "no-role", lambda: ship(picking(), an_act(SELLER)))

    assert facts["who"] == ("总经理", "经理", "仓管甲", "仓管乙")
    assert facts["instead"] == ""


def test_what_is_not_approved_is_not_shipped():
    facts = refused(NotAllowed, "wrong-step", lambda: ship(reviewing(), an_act(KEEPER)))

    assert facts["steps"] == ("待发货", "缺货待补")


def test_what_is_reserved_of_a_short_order_may_go_ahead():
    done = ship(short(), an_act(KEEPER))

    assert (done.order.step, done.order.lines[0].shipped, done.order.lines[0].lacking) == ("short", 96, 1104)
    facts = refused(Invalid, "nothing-reserved", lambda: ship(done.order, an_act(KEEPER)))
    assert facts["lacking"] == ("罐装可乐",)


def test_what_the_warehouse_does_not_find_is_neither_reserved_nor_there():
    done = run_short(picking(), an_act(KEEPER), (some(1),))

    assert (done.order.step, done.order.owner, done.order.lines[0].lacking) == ("short", "buyer", 24)
    assert [(move.kind, move.on_hand, move.reserved) for move in done.moves] == [("count", -24, -24)]
    assert told(done) == [("entered.short", "group:purchase"), ("lacking", "user:seller")]


def test_without_a_quantity_all_of_it_is_lacking():
    assert run_short(picking(), an_act(KEEPER)).order.lines[0].lacking == 48
    assert run_short(picking(), an_act(KEEPER), (some(),)).order.lines[0].lacking == 48


def test_a_short_order_can_lack_still_more():
    done = run_short(short(), an_act(KEEPER), (some(1),))

    assert done.order.entry == short().entry
    assert told(done) == [("lacking", "group:purchase"), ("lacking", "user:seller")]
    refused(Invalid, "more-than-reserved", lambda: run_short(done.order, an_act(KEEPER), (some(4),)))


def test_goods_that_come_in_bring_a_short_order_back_to_picking():
    order = short()

    part = restocked(order, an_act(KEEPER), levels(EAST_COLA=100))
    whole = restocked(part.order, an_act(KEEPER), levels(WEST_COLA=2000))

    assert (part.order.step, part.order.lines[0].reserved, part.notices) == ("short", 196, ())
    assert (whole.order.step, whole.order.lines[0].reserved) == ("picking", 1200)
    assert told(whole) == [("entered.picking", "group:warehouse")]


def test_no_goods_change_nothing_and_an_order_that_lacks_nothing_takes_none():
    assert restock(short(), an_act(KEEPER), {}) is None
    assert restock(picking(), an_act(KEEPER), PLENTY) is None


def test_a_company_without_the_step_short_keeps_the_order_in_picking():
    company = a_company({step.key: step for step in STEPS if step.key != "short"})
    order = run_short(picking(company=company), an_act(KEEPER, company=company), (some(1),)).order

    assert (order.step, order.lines[0].lacking) == ("picking", 24)
    assert ship(order, an_act(KEEPER, company=company)).order.step == "picking"


def test_signing_ends_the_way_and_asks_for_the_money():
    done = sign(shipped(), an_act(ATTENDANT))

    assert (done.order.step, done.order.owner, done.order.lines[0].signed) == ("signed", "cashier", 48)
    assert told(done) == [("entered.signed", "group:finance")]


def test_a_paid_order_is_done_when_it_is_signed():
    paid = pay(shipped(), an_act(CASHIER)).order

    assert sign(paid, an_act(ATTENDANT)).order.step == "done"


def test_what_did_not_arrive_is_told_and_not_owed():
    order = shipped(boxes(2), boxes(1, "TEA"))

    done = sign(order, an_act(ATTENDANT), (some(1),))

    cola, tea = done.order.lines
    assert (cola.signed, cola.missed, tea.signed) == (24, 24, 15)
    assert told(done)[:3] == [
        ("received_less", "group:service"),
        ("received_less", "group:warehouse"),
        ("received_less", "user:seller"),
    ]
    assert [good["qty"] for good in facts_of(done)["missed"]] == ["24"]
    assert done.order.step == "signed"


def test_more_than_is_under_way_is_not_signed():
    facts = refused(Invalid, "more-than-under-way", lambda: sign(shipped(), an_act(ATTENDANT), (some(3),)))

    assert facts["most"] == 48


def test_signing_what_has_not_left_is_refused():
    refused(Invalid, "nothing-to-sign", lambda: sign(picking(), an_act(SELLER)))


def test_a_part_can_be_signed_while_the_rest_is_picked():
    first = ship(picking(), an_act(KEEPER), (some(1),)).order

    done = sign(first, an_act(ATTENDANT))

    assert (done.order.step, done.order.lines[0].signed, done.notices) == ("picking", 24, ())
    assert sign(ship(done.order, an_act(KEEPER)).order, an_act(ATTENDANT)).order.step == "signed"


def test_own_steps_come_before_shipping():
    company = PACKING_COMPANY
    order = picking(company=company)
    facts = refused(NotAllowed, "work-open", lambda: ship(order, an_act(KEEPER, company=company)))
    assert (facts["work"], facts["instead"]) == ("打包", "order.pick")

    packing = pick(order, an_act(KEEPER, company=company), done=True)
    assert (packing.order.step, packing.order.owner) == ("packing", "packer")
    assert packing.notices[0].facts["guide"] == "装箱"
    refused(NotAllowed, "work-open", lambda: ship(packing.order, an_act(KEEPER, company=company)))
    refused(NotAllowed, "no-role", lambda: finish(packing.order, an_act(ATTENDANT, company=company)))

    ready = finish(packing.order, an_act(PACKER, company=company))
    assert (ready.order.step, ready.order.ready, ready.order.owner) == ("packing", True, "picker")
    assert told(ready) == [("ready", "group:warehouse")]
    assert ready.notices[0].mentions == ("picker",)
    refused(NotAllowed, "work-done", lambda: finish(ready.order, an_act(PACKER, company=company)))
    assert ship(ready.order, an_act(KEEPER, company=company)).order.step == "shipped"


def test_goods_missing_while_packing_send_the_order_the_way_again():
    company = PACKING_COMPANY
    packing = pick(picking(company=company), an_act(KEEPER, company=company), done=True).order

    lacking = run_short(packing, an_act(KEEPER, company=company), (some(1),)).order
    refused(NotAllowed, "work-open", lambda: ship(lacking, an_act(KEEPER, company=company)))
    back = restocked(lacking, an_act(BUYER, company=company), PLENTY)

    assert (lacking.step, back.order.step) == ("short", "picking")


def test_what_was_packed_before_goods_lacked_is_packed_again():
    company = PACKING_COMPANY
    keeper, packer = an_act(KEEPER, company=company), an_act(PACKER, company=company)
    ready = finish(pick(picking(company=company), keeper, done=True).order, packer).order

    back = restocked(run_short(ready, keeper, (some(1),)).order, keeper, PLENTY).order
    packing = pick(back, keeper, done=True).order

    assert (packing.step, packing.ready) == ("packing", False)
    refused(NotAllowed, "work-open", lambda: ship(packing, keeper))


def test_own_steps_before_picking_do_not_wait_for_goods():
    company = TESTING_COMPANY
    stock = levels(EAST_COLA=96)
    order = reviewing(stock=stock, company=company)
    testing = approve(order, an_act(LEAD, company=company), stock)
    assert (testing.order.step, testing.order.lines[0].reserved) == ("testing", 96)
    refused(NotAllowed, "work-open", lambda: ship(testing.order, an_act(KEEPER, company=company)))

    waiting = finish(testing.order, an_act(ATTENDANT, company=company), after(stock, testing))
    supplied = finish(testing.order, an_act(ATTENDANT, company=company), PLENTY)

    assert (waiting.order.step, supplied.order.step) == ("short", "picking")
    assert ("lacking", "user:seller") in told(waiting)


def test_the_owner_of_a_step_takes_turns():
    assert {picking(number=number).owner for number in (16, 17)} == {"keeper", "picker"}
    assert COMPANY.staff("keeper") is KEEPER
