"""Ladders."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.amend import assign
from domain.company import Rung
from domain.escalation import overdue, timers_of
from domain.facts import Timer
from domain.fulfilment import ship, sign
from domain.halt import hold
from tests.builders import (
    ATTENDANT,
    COMPANY,
    EVERYBODY,
    KEEPER,
    LEAD,
    MONDAY,
    STEPS,
    a_company,
    an_act,
    entered,
    hours,
    picking,
)

ORDER = picking()
TIMERS = timers_of(ORDER, COMPANY)


def rung_rings(order, timer, at, company):
    """What a timer causes."""
    change = overdue(order, timer, at, company)
    assert change is not None
    return change


def with_rung(rung, staff=EVERYBODY):
    """A company whose picking step has this ladder."""
    steps = {step.key: replace(step, ladder=(rung,)) if step.key == "picking" else step for step in STEPS}
    return a_company(steps, staff=staff)


def first_told(whom, order=ORDER, staff=EVERYBODY):
    company = with_rung(Rung(hours(1), whom), staff)
    change = rung_rings(order, timers_of(order, company)[0], MONDAY + hours(1), company)
    return [(notice.to, notice.mentions) for notice in change.notices]


def test_every_rung_has_its_moment_in_working_time():
    # Ten o'clock: two hours before lunch, five after it, the rest on Tuesday.
    assert [(timer.rung, timer.repeat, timer.entry, timer.due - MONDAY) for timer in TIMERS] == [
        (0, 0, 2, hours(1)),
        (1, 0, 2, hours(2)),
        (2, 0, 2, hours(7.5)),
        (3, 0, 2, hours(8.5)),
    ]
    assert entered().timers == TIMERS


def test_an_urgent_order_does_not_wait_for_the_morning():
    urgent = picking(urgent=True)

    assert [timer.due - MONDAY for timer in timers_of(urgent, COMPANY)] == [
        hours(1),
        hours(2),
        hours(6),
        hours(7),
    ]
    assert urgent.step_due == MONDAY + hours(4)


def test_a_step_without_a_ladder_rings_for_nobody():
    held = hold(ORDER, an_act()).order

    assert timers_of(held, COMPANY) == ()


def test_the_ladder_of_a_signed_order_begins_when_the_credit_days_are_over():
    order = sign(ship(ORDER, an_act(KEEPER)).order, an_act(ATTENDANT)).order

    # 30 days after that Monday is a Wednesday; eight working hours on.
    assert [timer.due for timer in timers_of(order, COMPANY)] == [
        COMPANY.calendar.after(MONDAY + timedelta(days=30), hours(8))
    ]


def test_an_order_that_has_moved_on_rings_no_more():
    moved = ship(ORDER, an_act(KEEPER)).order

    assert overdue(moved, TIMERS[0], MONDAY + hours(1), COMPANY) is None


def test_a_rung_that_the_rules_no_longer_have_is_silent():
    assert overdue(ORDER, Timer(17, ORDER.entry, 9, 0, MONDAY), MONDAY, COMPANY) is None


def test_the_first_rung_reminds_the_owner():
    change = rung_rings(ORDER, TIMERS[0], MONDAY + hours(1), COMPANY)

    assert (change.order, change.timers, change.moves) == (replace(ORDER, heard=(1,)), (), ())
    event, notice = change.events[0], change.notices[0]
    assert (event.kind, event.by, event.source) == ("order:escalated", "gendan", "timer:17:2:0:0")
    assert (notice.kind, notice.to, notice.lane) == ("overdue", f"user:{ORDER.owner}", "urgent")
    assert (notice.facts["rung"], notice.facts["repeat"], notice.facts["to"]) == (1, 1, "仓管乙")
    assert notice.facts["since"] == MONDAY.isoformat()


def test_a_rung_repeats_as_often_as_it_says():
    first = rung_rings(ORDER, TIMERS[1], TIMERS[1].due, COMPANY)
    second = rung_rings(ORDER, first.timers[0], first.timers[0].due, COMPANY)
    third = rung_rings(ORDER, second.timers[0], second.timers[0].due, COMPANY)

    assert [change.timers[0].repeat for change in (first, second)] == [1, 2]
    assert [change.timers[0].due - MONDAY for change in (first, second)] == [hours(4.5), hours(5.5)]
    assert third.timers == ()
    assert third.notices[0].facts["repeat"] == 3


def test_repeats_missed_while_the_program_stood_still_are_not_made_up_for():
    change = rung_rings(ORDER, TIMERS[1], MONDAY + hours(5), COMPANY)
    later = rung_rings(ORDER, TIMERS[1], MONDAY + hours(48), COMPANY)

    assert [timer.repeat for timer in change.timers] == [2]
    assert later.timers == ()


@pytest.mark.parametrize(
    ("whom", "user_id"),
    [
        ("owner", "picker"),
        ("deputy", "keeper"),
        ("supervisor", "keeper"),
        ("manager", "chief"),
        ("finance", "cashier"),
        ("nobody", "chief"),
    ],
)
def test_each_rung_means_somebody(whom, user_id):
    assert first_told(whom) == [(f"user:{user_id}", ())]


def said_by_each_rung(owner, ladder):
    """Who hears of a picking order of this owner, rung by rung."""
    steps = {step.key: replace(step, ladder=ladder) if step.key == "picking" else step for step in STEPS}
    company = a_company(steps)
    order = replace(ORDER, owner=owner)
    return [
        [notice.to for notice in rung_rings(order, timer, timer.due, company).notices]
        for timer in timers_of(order, company)
    ]


@pytest.mark.parametrize(
    ("owner", "heard"),
    [
        ("picker", [["user:picker"], ["user:keeper"], ["user:chief"]]),
        ("keeper", [["user:keeper"], ["user:chief"], ["user:boss"]]),
        ("chief", [["user:chief"], ["user:boss"], []]),
        ("boss", [["user:boss"], ["user:chief"], []]),
    ],
)
def test_what_an_earlier_rung_said_goes_to_the_next_above_or_is_not_said_twice(owner, heard):
    ladder = (Rung(hours(1), "owner"), Rung(hours(2), "supervisor"), Rung(hours(3), "manager"))

    assert said_by_each_rung(owner, ladder) == heard


def test_a_rung_for_the_same_person_again_is_meant_so():
    ladder = (Rung(hours(1), "owner"), Rung(hours(2), "owner"), Rung(hours(3), "warehouse"))

    assert said_by_each_rung("keeper", ladder) == [["user:keeper"], ["user:keeper"], ["user:picker"]]


def test_a_deputy_stands_in():
    order = assign(ORDER, an_act(LEAD), "keeper").order
    keeper = replace(KEEPER, deputy="picker")
    staff = tuple(keeper if one is KEEPER else one for one in EVERYBODY)

    assert first_told("deputy", order, staff) == [("user:picker", ())]


def test_the_group_is_told_with_the_owner_mentioned():
    assert first_told("group") == [("group:warehouse", ("picker",))]


def test_where_the_owner_has_left_the_next_above_is_told():
    staff = tuple(replace(one, active=False) if one.user_id == "picker" else one for one in EVERYBODY)

    assert first_told("owner", staff=staff) == [("user:keeper", ())]


def test_an_order_nobody_has_rings_for_a_manager_or_the_group():
    nobodys = replace(ORDER, owner="")

    assert first_told("deputy", nobodys) == [("user:boss", ())]
    assert first_told("supervisor", nobodys, staff=(ATTENDANT,)) == [("group:warehouse", ())]


def test_a_group_that_is_no_more_leaves_the_owner():
    company = replace(with_rung(Rung(hours(1), "group")), groups={})
    change = rung_rings(ORDER, timers_of(ORDER, company)[0], MONDAY + hours(1), company)

    assert [(notice.to, notice.facts["to"]) for notice in change.notices] == [("user:picker", "")]
