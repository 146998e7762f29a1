"""Who may do what, and what is sensible next."""

from dataclasses import replace

import pytest

from domain.fulfilment import finish, pick, ship, sign
from domain.halt import cancel, hold
from domain.money import pay
from domain.permissions import DEFAULTS, WHERE, may, offers, possible
from domain.review import approve, reject
from tests.builders import (
    ADMIN,
    ATTENDANT,
    BOSS,
    BUYER,
    CASHIER,
    CHIEF,
    COMPANY,
    KEEPER,
    LEAD,
    PACKER,
    PACKING_COMPANY,
    PLENTY,
    SELLER,
    a_company,
    an_act,
    levels,
    picking,
    reviewing,
)


def shipped():
    return ship(picking(), an_act(KEEPER)).order


def signed():
    return sign(shipped(), an_act(ATTENDANT)).order


def short():
    stock = levels(EAST_COLA=96)
    return approve(reviewing(stock=stock), an_act(LEAD), stock).order


@pytest.mark.parametrize(
    ("action", "roles"),
    [
        ("order.create", {SELLER, LEAD, ATTENDANT, CHIEF}),
        ("order.ship", {KEEPER, CHIEF}),
        ("order.pay", {CASHIER, CHIEF}),
        ("order.sign", {SELLER, LEAD, ATTENDANT, CHIEF}),
        ("order.cancel", {SELLER, LEAD, CHIEF}),
        ("order.note", {SELLER, LEAD, ATTENDANT, CHIEF, KEEPER, CASHIER, BUYER, ADMIN}),
        ("stock.in", {KEEPER, BUYER, CHIEF}),
        ("order.approve", {LEAD, CHIEF}),
    ],
)
def test_who_may_do_what_by_role(action, roles):
    people = {SELLER, LEAD, ATTENDANT, CHIEF, KEEPER, CASHIER, BUYER, ADMIN}

    assert {one.user_id for one in people if may(one, action, None, COMPANY)} == {
        one.user_id for one in roles
    }


def test_the_roles_of_a_step_are_asked_where_the_order_stands():
    packing = pick(picking(company=PACKING_COMPANY), an_act(KEEPER, company=PACKING_COMPANY), done=True).order

    assert may(PACKER, "order.finish", packing, PACKING_COMPANY)
    assert not may(KEEPER, "order.finish", packing, PACKING_COMPANY)
    assert not may(PACKER, "order.finish", None, PACKING_COMPANY)
    assert may(CASHIER, "order.assign", signed(), COMPANY)
    assert not may(CASHIER, "order.assign", picking(), COMPANY)


def test_a_company_says_otherwise_and_then_a_manager_is_not_included_by_himself():
    company = a_company(permissions={"order.cancel": ("finance", "step:picking")})

    assert may(CASHIER, "order.cancel", None, company)
    assert may(KEEPER, "order.cancel", None, company)
    assert not may(BOSS, "order.cancel", None, company)


def test_a_reviewer_may_not_review_every_order():
    assert may(LEAD, "order.approve", reviewing(by=SELLER), COMPANY)
    assert not may(LEAD, "order.approve", reviewing(by=LEAD), COMPANY)


def test_who_has_left_may_nothing():
    assert not may(replace(BOSS, active=False), "order.note", None, COMPANY)


@pytest.mark.parametrize(
    ("order", "person", "offered"),
    [
        (reviewing(), LEAD, ("order.approve", "order.reject", "order.change", "order.hold", "order.cancel", "order.urge")),
        (reviewing(), KEEPER, ("order.urge",)),
        (reviewing(by=LEAD), LEAD, ("order.change", "order.hold", "order.cancel", "order.urge")),
        (picking(), KEEPER, ("order.ship", "order.pick", "order.shortage", "order.delay", "order.urge")),
        (picking(), SELLER, ("order.change", "order.delay", "order.hold", "order.cancel", "order.urge")),
        (short(), BUYER, ("order.delay", "order.urge")),
        (short(), KEEPER, ("order.delay", "order.ship", "order.urge")),
        (shipped(), ATTENDANT, ("order.sign", "order.return", "order.complain", "order.urge")),
        (shipped(), CASHIER, ("order.pay", "order.complain", "order.urge")),
        (signed(), CASHIER, ("order.pay", "order.complain")),
        (hold(picking(), an_act()).order, SELLER, ("order.resume", "order.change", "order.cancel")),
        (reject(reviewing(), an_act(LEAD), "贵").order, SELLER, ("order.resubmit", "order.change", "order.cancel")),
        (cancel(picking(), an_act()).order, CASHIER, ()),
        (cancel(pay(picking(), an_act(CASHIER)).order, an_act()).order, CASHIER, ("order.refund",)),
        (pay(signed(), an_act(CASHIER)).order, ATTENDANT, ("order.return", "order.complain")),
    ],
)  # fmt: skip
def test_what_is_offered_is_what_this_person_may_do_next(order, person, offered):
    assert offers(person, order, COMPANY) == offered


def test_own_steps_are_finished_before_shipping_is_offered():
    company = PACKING_COMPANY
    order = picking(company=company)
    packing = pick(order, an_act(KEEPER, company=company), done=True).order
    ready = finish(packing, an_act(PACKER, company=company)).order

    assert "order.ship" not in offers(KEEPER, order, company)
    assert offers(PACKER, packing, company) == ("order.finish", "order.urge")
    assert "order.finish" not in offers(PACKER, ready, company)
    assert offers(KEEPER, ready, company)[0] == "order.ship"


def test_an_action_is_possible_or_not_whoever_asks():
    assert possible("order.note", cancel(picking(), an_act()).order, COMPANY)
    assert not possible("order.ship", reviewing(stock=PLENTY), COMPANY)


def test_every_action_that_changes_an_order_is_asked_about():
    everybodys = {"order.note", "order.urge", "order.complain", "alert.ack", "alert.snooze"}

    assert set(WHERE) - {"order.approve", "order.reject"} <= set(DEFAULTS) | everybodys
