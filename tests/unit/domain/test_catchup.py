"""What fell due while nobody looked."""

from dataclasses import replace

from domain.catchup import caught_up
from domain.company import Rung
from domain.facts import Timer
from domain.fulfilment import ship
from tests.builders import COMPANY, KEEPER, MONDAY, STEPS, a_company, an_act, hours, picking

ORDER = picking()
NINE_HOURS_ON = MONDAY + hours(9)


def with_ladder(*rungs):
    """A company whose picking step has this ladder."""
    steps = {step.key: replace(step, ladder=rungs) if step.key == "picking" else step for step in STEPS}
    return a_company(steps)


def due(*rungs, order=ORDER):
    """Timers of the order's step entry that are long due; as (rung, repeat) where not the first."""
    keys = [rung if isinstance(rung, tuple) else (rung, 0) for rung in rungs]
    return [Timer(order.number, order.entry, rung, repeat, MONDAY + hours(rung)) for rung, repeat in keys]


def fired(order, timers, company=COMPANY):
    """What they cause nine hours on."""
    change = caught_up(order, timers, NINE_HOURS_ON, company)
    assert change is not None
    return change


def rungs_of(change):
    """Which rung's event told whom."""
    return [(event.data["rung"], event.data["told"]) for event in change.events]


def test_the_highest_rung_speaks_and_the_lower_ones_are_recorded_without_a_word():
    change = fired(ORDER, due(2, 0, 1))

    assert rungs_of(change) == [(1, []), (2, []), (3, ["user:chief"])]
    assert [notice.to for notice in change.notices] == ["user:chief"]
    assert [event.source for event in change.events] == [
        "timer:17:2:0:0",
        "timer:17:2:1:0",
        "timer:17:2:2:0",
    ]


def test_what_is_said_late_gathers_with_the_others_and_says_how_late():
    (notice,) = fired(ORDER, due(2)).notices

    assert (notice.kind, notice.lane, notice.facts["late"]) == ("overdue", "digest", 7 * 60)


def test_every_rung_goes_on_with_its_next_repeat_from_now_on():
    company = with_ladder(
        Rung(hours(1), "owner", every=hours(1), times=9), Rung(hours(2), "manager", every=hours(2), times=9)
    )

    timers = fired(ORDER, due(0, 1), company).timers

    assert [(timer.rung, timer.repeat) for timer in timers] == [(0, 7), (1, 3)]
    assert all(timer.due > NINE_HOURS_ON for timer in timers)


def test_where_the_highest_rung_has_nobody_to_tell_the_next_one_speaks():
    # The keeper's manager is the chief, who hears of it by the second rung; the third one means nobody else.
    company = with_ladder(Rung(hours(1), "owner"), Rung(hours(2), "manager"), Rung(hours(3), "manager"))
    alone = tuple(one for one in company.catalogue.staff.values() if one.user_id in ("keeper", "chief"))
    company = a_company(company.workflow.steps, staff=alone)
    order = replace(ORDER, owner="chief")

    change = fired(order, due(0, 1, 2, order=order), company)

    assert rungs_of(change) == [(2, []), (3, []), (1, ["user:chief"])]
    assert change.events[-1].source == "timer:17:2:0:0"


def test_an_order_that_has_moved_on_has_nothing_to_catch_up_with():
    moved = ship(ORDER, an_act(KEEPER)).order

    assert caught_up(moved, due(0, 1), NINE_HOURS_ON, COMPANY) is None
