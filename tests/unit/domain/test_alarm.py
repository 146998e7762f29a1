"""收到 and 稍后提醒: a ladder is silent for a while, then rings on as if no time had passed."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.alarm import OFTEN, acknowledge, snooze
from domain.amend import Amendment
from domain.amend import change as amended
from domain.company import Company, Rung
from domain.errors import DomainError, Invalid, NotAllowed
from domain.escalation import overdue, rings
from domain.facts import Change, Timer
from domain.fulfilment import ship
from domain.halt import hold
from domain.ladder import REMINDER, pending, timers_of
from domain.order import Order
from domain.ports import EntryFacts
from domain.snapshot import document, from_document
from domain.undo import undo
from tests.builders import (
    CASHIER,
    CHIEF,
    COMPANY,
    KEEPER,
    MONDAY,
    PICKER,
    PLENTY,
    SELLER,
    STEPS,
    a_company,
    an_act,
    hours,
    picking,
    reviewing,
)

# Number 17 is the picker's; it rings after 1 h (owner), 2, 3 and 4 h (supervisor), 6 h (manager), 7 h (group).
ORDER = picking()


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


def after(order: Order, at: datetime, company: Company = COMPANY) -> Order:
    """The order when everything that fell due by then has rung."""
    timers = list(timers_of(order, company))
    while due := sorted((one for one in timers if one.due <= at), key=lambda one: (one.due, one.rung)):
        timers.remove(due[0])
        change = overdue(order, due[0], due[0].due, company)
        assert change is not None
        order, timers = change.order, [*timers, *change.timers]
    return order


def coming(order: Order, company: Company = COMPANY) -> list[tuple[int, int, timedelta]]:
    return [(timer.rung, timer.repeat, timer.due - MONDAY) for timer in pending(order, company)]


def with_ladder(*rungs: Rung, shift: bool = False) -> Company:
    return a_company({one.key: replace(one, ladder=rungs) if one.key == "picking" else one for one in STEPS})


def kinds(change: Change) -> list[str]:
    return [event.kind for event in change.events]


def refused(code: str, *asked: object) -> DomainError:
    with pytest.raises((Invalid, NotAllowed)) as error:
        asked[0](*asked[1:])  # type: ignore[operator]
    assert error.value.code == code
    return error.value


def test_the_owner_is_left_in_peace_for_half_an_hour_and_the_group_knows():
    rang = after(ORDER, MONDAY + hours(1))

    change = acknowledge(rang, an_act(PICKER, at=MONDAY + minutes(100)))

    until = MONDAY + minutes(220)  # twenty minutes before lunch, ten after it
    assert (kinds(change), change.order.silent_until, change.order.owner) == (
        ["order:acked"],
        until,
        "picker",
    )
    assert change.events[0].data["until"] == until.isoformat()
    assert [(notice.kind, notice.to, notice.mentions) for notice in change.notices] == [
        ("acked", "group:warehouse", ())
    ]
    # The supervisor, who was due at two hours, is called when the silence ends; the others as far behind as before.
    assert coming(change.order)[0] == (1, 0, minutes(220))
    assert [timer.due - MONDAY for timer in change.moved] == [
        minutes(220),
        hours(4.5) + minutes(10),
        hours(5.5) + minutes(10),
        hours(7.5) + minutes(10),
        hours(23) + minutes(10),
    ]
    assert change.timers == ()


def test_a_rung_says_itself_how_long_a_word_silences_it():
    company = with_ladder(Rung(hours(1), "owner", ack=hours(2)), Rung(hours(2), "supervisor"))
    rang = after(picking(company=company), MONDAY + hours(1), company)

    change = acknowledge(rang, an_act(PICKER, at=MONDAY + hours(1), company=company))

    # Two working hours from eleven: one before lunch, one after.
    assert change.order.silent_until == MONDAY + hours(4.5)


def test_before_anything_has_rung_the_first_rungs_time_counts():
    change = acknowledge(ORDER, an_act(PICKER, at=MONDAY + minutes(50)))

    assert change.order.silent_until == MONDAY + minutes(80)
    assert coming(change.order)[0] == (0, 0, minutes(80))


def test_a_silence_that_ends_before_the_next_rung_moves_nothing():
    change = acknowledge(ORDER, an_act(PICKER, at=MONDAY + minutes(5)))

    assert coming(change.order) == coming(ORDER)


def test_a_second_word_before_the_next_ring_does_not_extend_it():
    once = acknowledge(after(ORDER, MONDAY + hours(1)), an_act(PICKER, at=MONDAY + minutes(70))).order

    error = refused("acked-already", acknowledge, once, an_act(PICKER, at=MONDAY + minutes(80)))

    assert error.facts["until"] == MONDAY + minutes(100)
    rang = after(once, MONDAY + hours(2))
    assert not rang.acked
    assert acknowledge(rang, an_act(PICKER, at=MONDAY + hours(2))).order.silent_until == MONDAY + hours(4)


def test_the_ladder_climbs_on_however_often_somebody_says_he_has_it():
    order, at = ORDER, MONDAY
    for _ in range(200):
        at += minutes(15)
        order = after(order, at)
        if not order.acked and pending(order, COMPANY):
            order = acknowledge(order, an_act(PICKER, at=at)).order

    assert order.heard == (1, 3, 1, 1)
    refused("all-rang", acknowledge, order, an_act(PICKER, at=at))


def test_who_may_take_it_over_takes_it_over_with_the_same_word():
    rang = after(ORDER, MONDAY + hours(1))

    change = acknowledge(rang, an_act(KEEPER, at=MONDAY + hours(1)))

    assert kinds(change) == ["order:taken", "order:acked"]
    assert ["begun_at" in str(event.data["after"]) for event in change.events] == [True, False]
    assert (change.order.owner, change.order.chosen) == ("keeper", (("by", "taken"),))
    assert [(notice.kind, notice.to) for notice in change.notices] == [
        ("acked", "group:warehouse"),
        ("assigned", "user:picker"),
    ]
    assert change.order.silent_until is not None


def test_somebody_else_takes_over_what_is_silent_already_without_silencing_it_longer():
    acked = acknowledge(after(ORDER, MONDAY + hours(1)), an_act(PICKER, at=MONDAY + hours(1))).order

    change = acknowledge(acked, an_act(KEEPER, at=MONDAY + minutes(80)))

    assert kinds(change) == ["order:taken"]
    assert (change.order.owner, change.order.silent_until) == ("keeper", acked.silent_until)
    assert [(notice.kind, notice.to) for notice in change.notices] == [
        ("assigned", "group:warehouse"),
        ("assigned", "user:picker"),
    ]


def test_a_stranger_silences_nothing():
    assert refused("no-role", acknowledge, ORDER, an_act(CASHIER)).facts["who"] == (
        "总经理",
        "经理",
        "仓管甲",
        "仓管乙",
    )
    refused("no-role", snooze, ORDER, an_act(CASHIER), hours(1))


def test_the_maker_silences_no_review_of_their_own():
    refused("no-role", snooze, reviewing(by=CHIEF), an_act(CHIEF), hours(1))


def test_a_silence_ends_with_the_step():
    acked = acknowledge(ORDER, an_act(PICKER, at=MONDAY + minutes(50))).order

    shipped = ship(replace(acked, snoozed=2), an_act(KEEPER, at=MONDAY + hours(1))).order

    assert (shipped.silent_until, shipped.paused, shipped.heard) == (None, timedelta(0), ())
    assert (shipped.acked, shipped.snoozed) == (False, 0)


def test_an_urgent_order_is_silent_for_all_time_not_working_time():
    change = acknowledge(picking(urgent=True), an_act(PICKER, at=MONDAY + hours(1.9)))

    assert change.order.silent_until == MONDAY + hours(2.4)  # within the lunch break
    assert coming(change.order)[0][2] == hours(2.4)


def test_at_night_the_time_begins_in_the_morning():
    night = MONDAY + hours(10)  # eight in the evening
    rang = replace(ORDER, heard=(1, 1))

    change = acknowledge(rang, an_act(PICKER, at=night))

    assert change.order.silent_until == MONDAY + hours(23.5)


def test_it_is_put_off_until_the_time_said_and_whoever_has_it_is_reminded():
    rang = after(ORDER, MONDAY + hours(6.5))  # the supervisor three times; half past four

    change = snooze(rang, an_act(PICKER, at=MONDAY + hours(6.5)), minutes(30))

    until = MONDAY + hours(7)
    assert (kinds(change), change.order.silent_until) == (["order:snoozed"], until)
    assert change.timers == (Timer(17, 2, REMINDER, 1, until),)
    assert [(notice.kind, notice.to) for notice in change.notices] == [("snoozed", "group:warehouse")]
    reminded = overdue(change.order, change.timers[0], until, COMPANY)
    assert reminded is not None
    assert [(notice.kind, notice.to) for notice in reminded.notices] == [("overdue", "user:picker")]
    assert (kinds(reminded), reminded.timers) == (["order:reminded"], ())


def test_where_the_ladder_itself_calls_the_owner_then_he_is_not_reminded_twice():
    change = snooze(ORDER, an_act(PICKER, at=MONDAY + minutes(30)), hours(1))

    assert change.timers == ()
    assert coming(change.order)[0] == (0, 0, minutes(90))


def test_a_reminder_that_was_put_off_again_or_whose_step_is_over_is_silent():
    first = snooze(after(ORDER, MONDAY + hours(6.5)), an_act(PICKER, at=MONDAY + hours(6.5)), minutes(10))
    second = snooze(first.order, an_act(PICKER, at=MONDAY + hours(6.55)), minutes(20))

    at = MONDAY + hours(7)
    assert overdue(second.order, first.timers[0], at, COMPANY) is None
    assert overdue(second.order, second.timers[0], at, COMPANY) is not None
    moved = ship(second.order, an_act(KEEPER, at=at)).order
    assert overdue(moved, second.timers[0], at, COMPANY) is None
    nobodys = replace(second.order, owner="gone")
    assert overdue(nobodys, second.timers[0], at, COMPANY) is None


def test_a_reminder_outside_working_hours_comes_when_work_begins():
    change = snooze(ORDER, an_act(PICKER, at=MONDAY + hours(8)), hours(3))

    assert change.order.silent_until == MONDAY + hours(23)  # nine o'clock on Tuesday
    urgent = snooze(picking(urgent=True), an_act(PICKER, at=MONDAY + hours(8)), hours(3))
    assert urgent.order.silent_until == MONDAY + hours(11)


@pytest.mark.parametrize("wait", [None, timedelta(0), timedelta(minutes=-5)])
def test_a_reminder_needs_a_time(wait):
    refused("wait-missing", snooze, ORDER, an_act(PICKER), wait)


def test_nobody_puts_it_off_for_longer_than_two_working_days():
    # From Monday ten o'clock two days of eight hours end on Wednesday at ten.
    assert snooze(ORDER, an_act(PICKER), hours(48)).order.silent_until == MONDAY + hours(48)
    error = refused("wait-too-long", snooze, ORDER, an_act(PICKER), hours(49))
    assert error.facts["latest"] == MONDAY + hours(48)


def test_who_puts_it_off_again_and_again_cannot_keep_those_above_from_hearing_of_it():
    order = ORDER
    for time in range(OFTEN):
        order = snooze(order, an_act(PICKER, at=MONDAY + minutes(time)), hours(1)).order

    later = MONDAY + minutes(OFTEN)
    error = refused("wait-too-often", snooze, order, an_act(PICKER, at=later), hours(1))
    assert error.facts["times"] == OFTEN
    assert snooze(order, an_act(KEEPER, at=later), hours(1)).order.snoozed == OFTEN + 1


def test_a_reminder_within_a_longer_silence_changes_nothing():
    silent = snooze(ORDER, an_act(PICKER), hours(2)).order

    refused("silent-longer", snooze, silent, an_act(PICKER, at=MONDAY + minutes(5)), minutes(30))
    assert snooze(
        silent, an_act(PICKER, at=MONDAY + minutes(5)), hours(5)
    ).order.silent_until == MONDAY + hours(5) + minutes(5)


def test_a_step_without_a_ladder_is_put_off_by_nobody():
    refused("never-rings", snooze, ship(ORDER, an_act(KEEPER)).order, an_act(SELLER), hours(1))
    refused("never-rings", snooze, hold(ORDER, an_act()).order, an_act(CHIEF), hours(1))


def test_it_is_taken_back_and_the_ladder_rings_when_it_would_have_rung():
    done = acknowledge(after(ORDER, MONDAY + hours(1)), an_act(PICKER, at=MONDAY + minutes(100)))

    back = undo(done.order, done.events, an_act(PICKER, at=MONDAY + minutes(105)), PLENTY)

    assert (back.order.silent_until, back.order.paused, back.order.acked) == (None, timedelta(0), False)
    assert next((timer.rung, timer.due - MONDAY) for timer in back.moved) == (1, hours(2))
    assert {notice.to for notice in back.notices} == {"group:warehouse"}


def test_a_reminder_taken_back_is_silent_and_the_next_one_is_another():
    done = snooze(after(ORDER, MONDAY + hours(6.5)), an_act(PICKER, at=MONDAY + hours(6.5)), minutes(30))
    back = undo(done.order, done.events, an_act(PICKER, at=MONDAY + hours(6.6)), PLENTY).order

    assert overdue(back, done.timers[0], MONDAY + hours(7.5), COMPANY) is None
    again = snooze(back, an_act(PICKER, at=MONDAY + hours(6.7)), minutes(30))
    assert again.timers[0].repeat not in (0, done.timers[0].repeat)


def test_a_word_silences_a_reminder_asked_for_earlier_unless_that_comes_later_anyway():
    at = MONDAY + hours(6.5)
    snoozed = snooze(after(ORDER, at), an_act(PICKER, at=at), minutes(20))
    longer = acknowledge(snoozed.order, an_act(PICKER, at=at + minutes(5))).order
    shorter = acknowledge(
        snooze(after(ORDER, at), an_act(PICKER, at=at), hours(1)).order, an_act(PICKER, at=at)
    ).order

    assert longer.silent_until == at + minutes(35)
    assert overdue(longer, snoozed.timers[0], snoozed.timers[0].due, COMPANY) is None
    assert shorter.silent_until == at + hours(1)


def test_the_silence_survives_as_a_document_and_its_absence_too():
    silent = snooze(after(ORDER, MONDAY + hours(1)), an_act(PICKER, at=MONDAY + minutes(70)), hours(2)).order

    assert from_document(document(silent)) == silent
    before = {
        key: value
        for key, value in document(ORDER).items()
        if key not in ("heard", "acked", "silent_until", "paused", "snoozed", "chosen", "urged_at")
    }
    assert from_document(before) == replace(ORDER, chosen=())


@given(
    st.lists(st.tuples(st.sampled_from(["ack", "snooze", "wait"]), st.integers(1, 600)), max_size=12),
    st.booleans(),
)
def test_whatever_is_said_every_rung_rings_once_in_its_order_and_never_in_a_silence(said, urgent):
    order, at = picking(urgent=urgent), MONDAY
    rang: list[tuple[int, int]] = []
    timers = {(timer.rung, timer.repeat): timer for timer in timers_of(order, COMPANY)}

    def ring_until(moment):
        nonlocal order
        while due := sorted(
            (one for one in timers.values() if one.due <= moment), key=lambda one: (one.due, one.rung)
        ):
            timer = timers.pop((due[0].rung, due[0].repeat))
            silent = order.silent_until is not None and timer.due < order.silent_until
            change = overdue(order, timer, timer.due, COMPANY)
            if change is None:
                assert timer.rung == REMINDER
                continue
            assert not silent
            if timer.rung != REMINDER:
                rang.append((timer.rung, timer.repeat))
            order = change.order
            timers.update({(one.rung, one.repeat): one for one in change.timers})

    for word, length in said:
        at += minutes(length)
        ring_until(at)
        act = an_act(PICKER, at=at)
        try:
            change = acknowledge(order, act) if word == "ack" else snooze(order, act, minutes(length))
        except DomainError:
            continue
        if word == "wait":
            continue
        order = change.order
        timers |= {(one.rung, one.repeat): one for one in change.moved if (one.rung, one.repeat) in timers}
        timers |= {(one.rung, one.repeat): one for one in change.timers}
        assert {(timer.rung, timer.repeat) for timer in timers.values() if timer.rung != REMINDER} <= {
            (timer.rung, timer.repeat) for timer in pending(order, COMPANY)
        }
    ring_until(at + timedelta(days=60))

    assert sorted(rang) == [(0, 0), (1, 0), (1, 1), (1, 2), (2, 0), (3, 0)]
    assert rings(order, an_act(PICKER, at=at + timedelta(days=60))) == ()


def test_an_order_that_becomes_urgent_counts_on_in_all_time_from_where_it_stood():
    # At one the lunch break has lasted an hour; two working hours of the step have passed.
    noon = MONDAY + hours(2)
    early = amended(ORDER, an_act(SELLER, at=noon + hours(1)), Amendment(urgent=True), EntryFacts(), PLENTY)
    assert [(timer.rung, timer.repeat, timer.due - noon - hours(1)) for timer in early.moved] == [
        (0, 0, hours(-1)),
        (1, 0, hours(0)),
        (1, 1, hours(1)),
        (1, 2, hours(2)),
        (2, 0, hours(4)),
        (3, 0, hours(5)),
    ]
    assert early.order.step_due == noon + hours(1) + hours(2)
    back = undo(early.order, early.events, an_act(SELLER, at=noon + hours(1.1)), PLENTY)
    assert (back.order.paused, back.order.urgent, back.order.step_due) == (
        timedelta(0),
        False,
        ORDER.step_due,
    )
    assert tuple(back.moved) == pending(ORDER, COMPANY)
