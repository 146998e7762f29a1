"""Orders that change under way."""

# mypy: disable-error-code="comparison-overlap"
# A figure is said as a whole number here wherever it is one, and compared with a Decimal.

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from domain.act import Portion
from domain.amend import Amendment, LineChange, change
from domain.checks import rows
from domain.company import Limits
from domain.errors import Invalid, NotAllowed, Unknown
from domain.fulfilment import finish, pick, ship
from domain.halt import hold, resume
from domain.money import open_amount, pay
from domain.ports import EntryFacts
from domain.review import approve, reject
from tests.builders import (
    CASHIER,
    CHIEF,
    COMPANY,
    KEEPER,
    LEAD,
    NOTHING_KNOWN,
    PACKER,
    PACKING_COMPANY,
    PLENTY,
    TESTING_COMPANY,
    TIERS,
    a_company,
    an_act,
    boxes,
    entered,
    levels,
    picking,
    reviewing,
)


def of(sku="COLA", qty=None, delta=None, unit="箱", **more):
    """One change of one line."""
    number = None if qty is None else Decimal(qty)
    by = None if delta is None else Decimal(delta)
    return LineChange(sku, number, by, unit, **more)


def changed(order, *lines, by=None, facts=NOTHING_KNOWN, stock=PLENTY, company=None, **more):
    act = an_act(**({"by": by} if by else {}), **({"company": company} if company else {}))
    return change(order, act, Amendment(lines, **more), facts, stock)


def refused(code, asked, error=Invalid):
    with pytest.raises(error) as raised:
        asked()
    assert raised.value.code == code
    return raised.value.facts


def quantities(order):
    return [(line.sku, line.qty, line.unit, line.gift) for line in order.lines]


def told(done):
    return [(notice.kind, notice.to) for notice in done.notices]


def test_more_reserves_more_and_less_releases():
    more = changed(picking(), of(qty=4))
    less = changed(picking(), of(delta=-1))

    assert [(move.kind, move.reserved) for move in more.moves] == [("reserve", 48)]
    assert [(move.kind, move.reserved) for move in less.moves] == [("release", -24)]
    assert less.order.step == "picking"


def test_everyone_who_had_it_in_hand_hears_before_and_after():
    done = changed(
        picking(), of(qty=4), by=LEAD, due=date(2026, 11, 25), period="morning", address="东区后门"
    )

    assert told(done) == [("changed", "group:warehouse"), ("changed", "user:seller")]
    assert done.notices[0].facts["changes"] == [
        {"what": "line", "name": "罐装可乐", "before": ["2", "箱"], "after": ["4", "箱"]},
        {"what": "due", "name": "", "before": "", "after": "2026-11-25"},
        {"what": "period", "name": "", "before": "", "after": "morning"},
        {"what": "address", "name": "", "before": "东区大街1号", "after": "东区后门"},
    ]
    assert done.events[0].data["before"]["lines"]["1"]["qty"] == "2"
    assert done.events[0].data["after"]["lines"]["1"]["qty"] == "4"


def test_a_product_is_added_with_its_price_and_taken_out_with_its_gifts():
    added = changed(picking(boxes(10), boxes(1, gift=True)), of("TEA", delta=2, unit="")).order
    without = changed(added, of("COLA", qty=0))

    assert quantities(added)[-1] == ("TEA", 2, "箱", False)
    assert quantities(without.order) == [("TEA", 2, "箱", False)]
    assert [entry["after"] for entry in without.notices[0].facts["changes"]] == [None, None]
    assert sum(move.reserved for move in without.moves) == -264


def test_a_gift_is_changed_and_taken_out_alone():
    order = picking(boxes(10), boxes(1, gift=True))

    assert quantities(changed(order, of(qty=12, unit="罐", gift=True)).order)[1] == ("COLA", 12, "罐", True)
    assert len(changed(order, of(qty=0, gift=True)).order.lines) == 1
    assert changed(order, of(qty=12, unit="罐", gift=True, price=Decimal(2))).order.lines[1].price == 0


def test_an_order_keeps_at_least_one_line():
    assert refused("no-lines-left", lambda: changed(picking(), of(qty=0))) == {"number": 17}
    refused("no-lines-left", lambda: changed(picking(), of(delta=-2)))


def test_what_is_not_in_the_order_cannot_be_less():
    refused("not-in-order", lambda: changed(picking(), of("TEA", delta=-1)))
    refused("not-in-order", lambda: changed(picking(), of("TEA", qty=0)))
    refused("not-in-order", lambda: changed(picking(), of("TEA", price=Decimal(44))))
    refused("product", lambda: changed(picking(), of("BEER", qty=0)), Unknown)


def test_no_more_is_taken_off_than_there_is():
    assert refused("more-than-ordered", lambda: changed(picking(), of(delta=-3)))["ordered"] == 48


def test_never_below_what_has_left():
    part = ship(picking(), an_act(KEEPER), (Portion("COLA", Decimal(1), "箱"),)).order

    facts = refused("below-shipped", lambda: changed(part, of(qty=12, unit="罐")))
    assert (facts["asked"], facts["shipped"]) == (12, 24)
    refused("below-shipped", lambda: changed(part, of(qty=0)))
    refused("below-shipped", lambda: changed(part, of(delta=-2)))


def test_an_order_cut_down_to_what_has_left_is_shipped():
    part = ship(picking(), an_act(KEEPER), (Portion("COLA", Decimal(1), "箱"),)).order

    done = changed(part, of(qty=1))

    assert done.order.step == "shipped"
    assert ("entered.shipped", "group:service") in told(done)


def test_a_shipped_order_is_not_changed_any_more():
    gone = ship(picking(), an_act(KEEPER)).order

    facts = refused("wrong-step", lambda: changed(gone, of(qty=3)), NotAllowed)

    assert (facts["step_name"], facts["instead"]) == ("已发货", "")


def test_a_quantity_in_another_unit_takes_that_unit_and_its_price():
    line = changed(picking(), of(qty=30, unit="罐")).order.lines[0]

    assert (line.qty, line.unit, line.ordered, line.price, line.list_price) == (30, "罐", 30, 2, 2)


def test_a_difference_keeps_the_unit_while_it_can_be_said_in_it():
    kept = changed(picking(), of(delta=-3, unit="罐")).order.lines[0]
    cut = changed(picking(boxes(2, "TEA")), of("TEA", delta=-1, unit="瓶")).order.lines[0]

    assert (kept.qty, kept.unit) == (Decimal("1.875"), "箱")
    assert (cut.qty, cut.unit, cut.price) == (29, "瓶", 3)


def test_a_quantity_nobody_can_mean_is_refused():
    refused("qty-not-positive", lambda: changed(picking(), of(qty=-1)), Invalid)
    refused("qty-not-whole", lambda: changed(picking(), of(qty="3.14159")))
    refused("qty-too-large", lambda: changed(picking(), of(qty=10_000_000)))
    refused("qty-too-large", lambda: changed(picking(boxes(4000)), of(delta=4000)))
    refused("unit", lambda: changed(picking(), of(qty=1, unit="桶")), Unknown)
    careful = replace(COMPANY, limits=Limits(max_amount=Decimal(1000)))
    refused("amount-too-large", lambda: changed(picking(), of(qty=21), company=careful))


def test_two_lines_of_one_product_are_told_apart_by_their_unit():
    order = picking(boxes(2), boxes(3, unit="罐"))

    assert quantities(changed(order, of(qty=5, unit="罐")).order)[1] == ("COLA", 5, "罐", False)
    assert refused("which-line", lambda: changed(order, of(qty=5, unit="")))["units"] == ("箱", "罐")


def test_a_new_price_is_said_for_its_unit():
    done = changed(picking(), of(unit="罐", price=Decimal("1.9")))

    assert done.order.lines[0].price == Decimal("45.6")
    assert done.notices[0].facts["changes"] == [
        {"what": "price", "name": "罐装可乐", "before": ["48", "箱"], "after": ["45.6", "箱"]}
    ]
    refused("price-absurd", lambda: changed(picking(), of(price=Decimal(480))))


def test_the_same_again_is_no_change():
    refused("nothing-changes", lambda: changed(picking(), of(qty=2)))
    refused("nothing-changes", lambda: changed(picking(), of()))
    refused("due-past", lambda: changed(picking(), due=date(2026, 1, 1)))


def test_an_order_that_grows_past_its_tier_is_reviewed_again_and_keeps_its_goods():
    done = changed(picking(), of(qty=30))

    assert (done.order.step, done.order.tier, done.order.approvals_needed) == ("reviewing", "一人审", 1)
    assert (done.order.lines[0].reserved, done.moves) == (48, ())
    assert done.events[0].data["review"] is True
    assert [kind for kind, _ in told(done)] == ["changed", "entered.reviewing"]
    again = approve(done.order, an_act(LEAD), PLENTY)
    assert (again.order.step, again.order.lines[0].reserved) == ("picking", 720)


def test_reviewers_of_an_approved_order_hear_of_a_change_within_their_tier():
    order = approve(reviewing(), an_act(LEAD), PLENTY).order

    done = changed(order, of(qty=60))

    assert (done.order.step, done.order.lines[0].reserved) == ("picking", 1440)
    assert ("changed", "user:lead") in told(done)


def test_a_change_that_warns_anew_is_reviewed_even_when_it_is_small():
    cheap = changed(picking(), of(price=Decimal(30)))
    unusual = changed(picking(), of(qty=20), facts=EntryFacts(usual={"COLA": Decimal(48)}))
    moved = changed(picking(), address="西区工地")

    assert [done.order.step for done in (cheap, unusual, moved)] == ["reviewing"] * 3


def test_a_changed_order_does_not_count_twice_against_the_credit():
    order = picking(boxes(10), customer="CORNER")
    itself = EntryFacts(exposure=order.amount)

    assert changed(order, of(qty=16), facts=itself).order.step == "picking"
    assert changed(order, of(qty=17), facts=itself).order.step == "reviewing"


def test_what_a_change_makes_lack_is_shown_with_all_of_the_order():
    grown = changed(picking(boxes(5)), of(qty=100), stock=levels(EAST_COLA=240))

    stock = next(check for check in grown.order.checks if check.kind == "stock")
    assert rows(stock) == ({"name": "罐装可乐", "unit": "箱", "qty": "100", "available": "15"},)


def test_under_review_nothing_is_said_to_lack():
    smaller = changed(reviewing(), of(qty=40))
    grown = changed(picking(), of(qty=30))

    for done in (smaller, grown):
        assert done.order.step == "reviewing"
        assert "lacking" not in [kind for kind, _ in told(done)]


def test_a_warning_the_reviewer_saw_does_not_come_back():
    order = approve(picking(boxes(2, price=Decimal(40))), an_act(LEAD), PLENTY).order

    assert changed(order, of(qty=3)).order.step == "picking"


def test_a_smaller_amount_needs_no_second_look():
    order = approve(approve(reviewing(boxes(450)), an_act(LEAD), PLENTY).order, an_act(CHIEF), PLENTY).order

    assert changed(order, of(qty=10)).order.step == "picking"


def test_rules_that_have_become_stricter_do_not_catch_who_takes_less():
    stricter = a_company(tiers=(replace(TIERS[0], up_to=Decimal(50)), *TIERS[1:]))

    assert changed(picking(boxes(10)), of(qty=9), company=stricter).order.step == "picking"
    assert changed(picking(boxes(10)), of(qty=11), company=stricter).order.step == "reviewing"


def test_what_lacks_after_a_change_is_waited_for():
    done = changed(picking(), of(qty=4), stock=levels(EAST_COLA=30))

    assert (done.order.step, done.order.lines[0].reserved) == ("short", 78)
    assert ("entered.short", "group:purchase") in told(done)


def test_a_short_order_cut_down_to_what_is_there_goes_on():
    stock = levels(EAST_COLA=96)
    short = approve(reviewing(stock=stock), an_act(LEAD), stock).order

    assert changed(short, of(qty=4), stock={}).order.step == "picking"


def test_under_review_another_order_is_reviewed_from_the_start():
    order = approve(reviewing(boxes(450)), an_act(LEAD), PLENTY).order

    smaller = changed(order, of(qty=400))
    later = changed(order, due=date(2026, 12, 1))

    assert (smaller.order.approvals, smaller.order.approvals_needed, smaller.moves) == ((), 1, ())
    assert later.order.approvals == order.approvals
    assert later.order.entry == order.entry


def test_under_review_an_order_made_small_and_clean_goes_through_by_itself():
    done = changed(reviewing(), of(qty=2))

    assert [event.kind for event in done.events] == ["order:changed", "order:approved"]
    assert done.order.step == "picking"


def test_a_rejected_order_is_changed_freely():
    draft = reject(reviewing(), an_act(LEAD), "太多").order

    done = changed(draft, of(qty=900), address="西区工地")

    assert (done.order.step, done.moves) == ("draft", ())


def test_a_held_order_changes_where_it_stands_and_goes_back_to_review_when_it_must():
    held = hold(picking(), an_act()).order

    less = changed(held, of(qty=1))
    grown = changed(held, of(qty=30))

    assert (less.order.step, less.order.held_from, less.order.lines[0].reserved) == ("hold", "picking", 24)
    assert (grown.order.step, grown.order.held_from, grown.order.lines[0].reserved) == (
        "hold",
        "reviewing",
        48,
    )
    back = resume(grown.order, an_act(), PLENTY).order
    assert (back.step, back.approvals_needed) == ("reviewing", 1)


def test_what_is_added_while_packing_is_picked_first():
    act = an_act(KEEPER, company=PACKING_COMPANY)
    packing = pick(picking(company=PACKING_COMPANY), act, done=True).order

    more = changed(packing, of(qty=3), company=PACKING_COMPANY)
    less = changed(packing, of(qty=1), company=PACKING_COMPANY)
    ready = finish(packing, an_act(PACKER, company=PACKING_COMPANY)).order

    assert (more.order.step, less.order.step) == ("picking", "packing")
    assert changed(ready, of(qty=1), company=PACKING_COMPANY).order.ready


def test_what_is_added_before_picking_changes_no_step():
    testing = picking(company=TESTING_COMPANY)

    assert changed(testing, of(qty=3), company=TESTING_COMPANY).order.step == "testing"


def test_money_paid_for_what_was_taken_out_must_go_back():
    paid = pay(picking(), an_act(CASHIER)).order

    done = changed(paid, of(qty=1))

    assert open_amount(done.order) == Decimal("-48.00")
    assert ("refund_due", "group:finance") in told(done)


def test_a_customer_who_has_left_the_tables_pays_the_list():
    order = replace(picking(), customer="GONE")

    with pytest.raises(Unknown, match="customer"):
        changed(order, of("TEA", qty=1))


def test_the_warehouse_changes_no_orders():
    refused("no-role", lambda: changed(picking(), of(qty=1), by=KEEPER), NotAllowed)
    assert entered().order.step == "picking"
