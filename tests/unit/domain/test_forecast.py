"""When an order will have left, judged by those before it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.forecast import LEAST, Forecast, Walk, forecast
from domain.fulfilment import ship
from tests.builders import COMPANY, KEEPER, MONDAY, PACKING_COMPANY, an_act, picking, reviewing

HOUR = timedelta(hours=1)


def walks(*hours: float, entered: datetime = MONDAY - timedelta(days=7)) -> tuple[Walk, ...]:
    """Orders that took so much working time from the step to the road."""
    return tuple(Walk(entered, COMPANY.calendar.after(entered, timedelta(hours=length))) for length in hours)


def test_eight_of_ten_had_left_by_then_and_half_of_them_earlier():
    seen = forecast(picking(), walks(*(n / 10 for n in range(1, 11))), COMPANY, MONDAY)

    assert seen == Forecast(
        COMPANY.calendar.after(MONDAY, 0.8 * HOUR), 10, COMPANY.calendar.after(MONDAY, 0.5 * HOUR)
    )


def test_only_those_count_that_took_longer_than_this_one_has():
    now = COMPANY.calendar.after(MONDAY, HOUR)
    seen = forecast(picking(), walks(*[0.5] * 20, *[2] * 8, *[3] * 2), COMPANY, now)

    assert seen == Forecast(COMPANY.calendar.after(now, HOUR), 10, COMPANY.calendar.after(now, HOUR))


def test_nights_do_not_count():
    over_night = walks(*[6] * 10, entered=datetime(2026, 11, 16, 8, tzinfo=UTC))  # 16:00 at the company's
    seen = forecast(picking(), over_night, COMPANY, MONDAY)

    assert seen is not None
    assert seen.by == COMPANY.calendar.after(MONDAY, 6 * HOUR)


@pytest.mark.parametrize(("hours", "beyond"), [((), False), ([1] * (LEAST - 1), False), ([0.1] * 30, True)])
def test_where_nobody_can_say_the_limits_of_the_steps_are_told(hours: list[float], beyond: bool):
    order = picking()
    now = MONDAY + HOUR / 2
    seen = forecast(order, walks(*hours), COMPANY, now)

    assert seen == Forecast(order.step_due, len(hours), beyond=beyond)  # type: ignore[arg-type]


def test_the_limits_of_all_steps_up_to_the_road_add_up():
    order = reviewing()
    assert order.step_due
    by = COMPANY.calendar.after(order.step_due, COMPANY.workflow.first("picking").limit or HOUR)

    assert forecast(order, (), COMPANY, MONDAY) == Forecast(by, 0)


def test_what_is_late_already_is_not_expected_in_the_past():
    order = picking()
    now = MONDAY + timedelta(days=2)

    assert forecast(order, (), COMPANY, now) == Forecast(now, 0)


def test_a_step_without_a_limit_leaves_nothing_to_say():
    steps = {
        key: replace(step, limit=None) if step.kind == "work" else step
        for key, step in PACKING_COMPANY.workflow.steps.items()
    }
    company = replace(PACKING_COMPANY, workflow=replace(PACKING_COMPANY.workflow, steps=steps))

    assert forecast(picking(), (), company, MONDAY) is None
    assert forecast(replace(picking(), step_due=None), (), COMPANY, MONDAY) is None


@pytest.mark.parametrize("step", ["draft", "hold", "shipped", "done", "cancelled"])
def test_what_is_not_on_its_way_out_is_not_expected(step: str):
    assert forecast(replace(picking(), step=step), walks(*[1] * 20), COMPANY, MONDAY) is None


def test_what_has_left_is_not_expected():
    gone = ship(picking(), an_act(KEEPER)).order

    assert forecast(gone, walks(*[1] * 20), COMPANY, MONDAY) is None


@given(st.lists(st.floats(0.1, 40), min_size=LEAST, max_size=60), st.floats(0, 30))
def test_eight_of_ten_of_those_that_took_longer_were_as_quick(hours: list[float], elapsed: float):
    order = picking()
    now = COMPANY.calendar.after(MONDAY, timedelta(hours=elapsed)) if elapsed else MONDAY
    passed = COMPANY.calendar.between(MONDAY, now)
    taken = [COMPANY.calendar.between(one.entered, one.out) for one in walks(*hours)]
    rest = [time - passed for time in taken if time > passed]
    seen = forecast(order, walks(*hours), COMPANY, now)

    assert seen
    if seen.half is None:
        assert len(rest) < LEAST
    else:
        within = COMPANY.calendar.between(now, seen.by)
        assert sum(time <= within for time in rest) >= 0.8 * len(rest)
        assert now <= seen.half <= seen.by
