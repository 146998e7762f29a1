"""Reviewing."""

from dataclasses import replace
from decimal import Decimal

import pytest

from domain.amend import Amendment, LineChange, change
from domain.assignment import owner_for
from domain.checks import fingerprint
from domain.company import Tier
from domain.errors import Invalid, NotAllowed
from domain.people import reviewers, tier_for
from domain.ports import EntryFacts
from domain.review import approve, reject, resubmit
from tests.builders import (
    BOSS,
    CASHIER,
    CHIEF,
    KEEPER,
    LEAD,
    MONDAY,
    NOTHING_KNOWN,
    PLENTY,
    SECOND,
    SELLER,
    TIERS,
    a_company,
    an_act,
    boxes,
    entered,
    hours,
    levels,
    person,
    picking,
    reviewing,
)


def large(**more):
    """21 600 yuan: two reviewers."""
    return entered(boxes(450), **more).order


def refused(code, asked):
    with pytest.raises(NotAllowed) as raised:
        asked()
    assert raised.value.code == code
    return raised.value.facts


def test_one_yes_lets_an_ordinary_order_go():
    done = approve(reviewing(), an_act(LEAD), PLENTY)

    assert (done.order.step, done.order.approved_amount) == ("picking", Decimal("2400.00"))
    assert done.order.lines[0].reserved == 1200
    assert done.events[0].data["auto"] is False


def test_a_large_order_takes_two_different_people():
    first = approve(large(), an_act(LEAD), PLENTY)

    assert first.order.step == "reviewing"
    assert first.events[0].data["missing"] == 1
    assert first.order.owner != "lead"
    assert first.moves == ()
    assert first.order.step_due == MONDAY + hours(0.5)
    assert refused("said-yes", lambda: approve(first.order, an_act(LEAD), PLENTY))["who"] != ()
    assert approve(first.order, an_act(CHIEF), PLENTY).order.step == "picking"


def test_nobody_approves_or_rejects_what_they_entered():
    order = reviewing(by=LEAD)

    assert order.owner != "lead"
    facts = refused("own-order", lambda: approve(order, an_act(LEAD), PLENTY))
    assert "主管乙" in facts["who"]
    assert "主管甲" not in facts["who"]
    refused("own-order", lambda: reject(order, an_act(LEAD), "不行"))


def rewritten(order, by):
    """The order as this person wants it: 400 boxes."""
    wanted = Amendment((LineChange("COLA", qty=Decimal(400)),))
    return change(order, an_act(by), wanted, NOTHING_KNOWN, PLENTY).order


def test_nobody_approves_what_they_changed_either():
    order = rewritten(reviewing(), LEAD)

    facts = refused("own-change", lambda: approve(order, an_act(LEAD), PLENTY))
    assert (order.owner, "主管甲" in facts["who"]) == ("second", False)
    assert approve(order, an_act(SECOND), PLENTY).order.step == "picking"


def test_who_changed_a_rejected_order_does_not_approve_it_when_it_comes_back():
    draft = rewritten(reject(reviewing(), an_act(SECOND), "太少").order, LEAD)

    again = resubmit(draft, an_act(SELLER), NOTHING_KNOWN, PLENTY).order

    refused("own-change", lambda: approve(again, an_act(LEAD), PLENTY))


def test_what_others_have_approved_is_reviewed_afresh_when_it_grows():
    approved = approve(rewritten(reviewing(), LEAD), an_act(SECOND), PLENTY).order
    more = Amendment((LineChange("COLA", qty=Decimal(450)),))

    grown = change(approved, an_act(SELLER), more, NOTHING_KNOWN, PLENTY).order

    assert grown.step == "reviewing"
    assert approve(grown, an_act(LEAD), PLENTY).order.approvals != ()


def test_a_manager_does_not_approve_their_own_order_either():
    refused("own-order", lambda: approve(reviewing(by=BOSS), an_act(BOSS), PLENTY))


def test_who_is_no_reviewer_is_told_who_is():
    facts = refused("no-role", lambda: approve(reviewing(), an_act(CASHIER), PLENTY))

    assert facts["roles"] == ("sales_supervisor", "manager")
    assert facts["who"] == ("总经理", "经理", "主管甲", "主管乙")


def test_a_reviewer_of_other_amounts_is_told_that_it_is_the_amount():
    company = a_company(tiers=(TIERS[0], replace(TIERS[1], roles=("manager",)), TIERS[2]))

    facts = refused("not-reviewer", lambda: approve(reviewing(), an_act(LEAD, company=company), PLENTY))

    assert facts["who"] == ("总经理", "经理")


def test_an_approved_order_is_not_approved_again():
    facts = refused("wrong-step", lambda: approve(picking(), an_act(LEAD), PLENTY))

    assert facts["steps"] == ("待审核",)
    assert (facts["step_name"], facts["instead"]) == ("待发货", "")


def test_a_rejected_order_goes_back_to_the_salesperson_with_the_reason():
    done = reject(reviewing(), an_act(LEAD), " 价格不对 ")

    assert (done.order.step, done.order.owner) == ("draft", "seller")
    assert [(notice.kind, notice.to, notice.facts["reason"]) for notice in done.notices] == [
        ("rejected", "user:seller", "价格不对")
    ]


def test_a_rejected_change_releases_what_the_order_had_kept():
    grown = Amendment((LineChange("COLA", qty=Decimal(30)),))
    order = change(picking(), an_act(), grown, NOTHING_KNOWN, PLENTY).order

    done = reject(order, an_act(LEAD), "太多")

    assert [(move.kind, str(move.reserved)) for move in done.moves] == [("release", "-48")]
    assert done.order.approvals == ()


def test_a_rejection_needs_a_reason():
    with pytest.raises(Invalid, match="text-missing"):
        reject(reviewing(), an_act(LEAD), "  ")


def test_a_rejected_order_comes_back_as_if_it_were_new():
    rejected = reject(approve(large(), an_act(LEAD), PLENTY).order, an_act(CHIEF), "太多").order

    again = resubmit(rejected, an_act(SELLER), NOTHING_KNOWN, PLENTY)

    assert (again.order.step, again.order.approvals, again.order.approvals_needed) == ("reviewing", (), 2)


def test_a_rejected_order_made_small_and_clean_goes_through_by_itself():
    rejected = reject(reviewing(), an_act(LEAD), "太多").order
    less = change(
        rejected, an_act(), Amendment((LineChange("COLA", qty=Decimal(3)),)), NOTHING_KNOWN, PLENTY
    ).order

    again = resubmit(less, an_act(SELLER), NOTHING_KNOWN, PLENTY)

    assert again.order.step == "picking"
    assert [event.kind for event in again.events] == ["order:resubmitted", "order:approved"]


def test_a_resubmitted_order_is_not_its_own_double_and_counts_what_others_owe():
    rejected = reject(
        reviewing(boxes(15, price=Decimal(40)), customer="CORNER"), an_act(LEAD), "问一下"
    ).order
    itself = EntryFacts(recent=((17, fingerprint("CORNER", rejected.lines)),))

    again = resubmit(rejected, an_act(), itself, PLENTY).order
    exposed = resubmit(rejected, an_act(), EntryFacts(exposure=Decimal("200.01")), PLENTY).order

    assert {check.kind for check in again.checks if not check.passed} == {"price"}
    assert {check.kind for check in exposed.checks if not check.passed} == {"price", "credit"}


def test_the_tier_is_the_smallest_that_reaches_the_amount():
    # 1 000 yuan exactly is still small.
    assert entered(boxes(20, price=Decimal(50))).order.tier == "免审"
    assert entered(boxes(20, price=Decimal("50.01"))).order.tier == "一人审"


def test_an_order_beyond_every_tier_belongs_to_the_last():
    company = a_company(tiers=(Tier("小", Decimal(10), 0, ()), Tier("大", Decimal(100), 1, ("manager",))))

    assert entered(boxes(10), company=company).order.tier == "大"


def test_where_only_the_maker_has_the_role_the_managers_above_review():
    staff = (
        person("head", "老板", "manager"),
        person("mid", "组长", "staff", manager="head"),
        person("only", "独苗", "sales_supervisor", manager="mid"),
        KEEPER,
    )
    company = a_company(staff=staff, tiers=(Tier("审", None, 1, ("sales_supervisor",)),))

    order = entered(by=staff[2], company=company).order

    assert order.owner == "mid"
    done = approve(order, an_act(staff[1], company=company), PLENTY)
    assert done.order.step == "picking"


def test_where_nobody_is_above_any_manager_reviews():
    staff = (person("only", "独苗", "sales_supervisor"), person("far", "别处经理", "manager"))
    company = a_company(staff=staff, tiers=(Tier("审", None, 1, ("sales_supervisor",)),))

    assert entered(by=staff[0], company=company).order.owner == "far"


def test_where_nobody_may_review_somebody_else_has_it_at_least():
    staff = (person("only", "独苗", "sales_supervisor"), person("hand", "帮手", "x"))
    company = a_company(staff=staff, tiers=(Tier("审", None, 1, ("sales_supervisor",)),))

    order = entered(by=staff[0], company=company).order

    assert order.owner == "hand"
    assert reviewers(order, company) == ()
    alone = a_company(staff=staff[:1], tiers=company.workflow.tiers)
    assert entered(by=staff[0], company=alone).order.owner == ""


def test_managers_in_a_circle_or_unknown_end_the_search():
    staff = (
        person("a", "甲", "sales_supervisor", manager="b"),
        person("b", "乙", "x", manager="a"),
        person("c", "丙", "sales", manager="nobody"),
    )
    company = a_company(staff=staff, tiers=(Tier("审", None, 1, ("sales_supervisor",)),))

    assert entered(by=staff[0], company=company).order.owner == "b"
    step = company.workflow.first("picking")
    assert owner_for(step, entered(by=staff[2], company=company).order, an_act(company=company))[0] != ""


def test_a_tier_nobody_reviews_borrows_the_people_of_the_next():
    order = picking()
    company = a_company()

    assert order.tier == "免审"
    assert tier_for(order, company).name == "一人审"
    assert tier_for(replace(order, tier="没有了"), company).name == "一人审"


def test_reviewers_take_turns_and_the_role_named_first_is_asked_first():
    ordinary = {reviewing(number=number).owner for number in range(10, 14)}
    top = {large(number=number).owner for number in range(10, 14)}

    assert ordinary == {"lead", "second"}
    assert top == {"boss", "chief"}


def test_the_second_look_is_the_next_roles_when_the_first_has_nobody_left():
    staff = (person("head", "老板", "manager"), person("sub", "主管", "sales_supervisor"), SELLER, KEEPER)
    company = a_company(staff=staff)
    first = approve(large(company=company), an_act(staff[0], company=company), PLENTY).order

    assert first.owner == "sub"


def test_approving_reserves_only_what_is_there_and_tells_who_waits():
    stock = levels(EAST_COLA=100)

    done = approve(reviewing(), an_act(SECOND), stock)

    assert (done.order.step, done.order.owner) == ("short", "buyer")
    assert done.order.lines[0].reserved == 100
