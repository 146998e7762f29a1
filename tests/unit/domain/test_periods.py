"""From and to of a report, and what it is compared with."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from domain.errors import Invalid
from domain.periods import period

CHINA = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


def local(year, month, day, hour=0, zone=CHINA):
    return datetime(year, month, day, hour, tzinfo=zone).astimezone(UTC)


NOON = local(2026, 11, 25, 12)


def of(kind, first=None, last=None, now=NOON, zone=CHINA):
    found = period(kind, first, last, now, zone)
    assert found.start.tzinfo == found.before_end.tzinfo == UTC
    return found


def test_today_so_far_is_compared_with_yesterday_until_the_same_time():
    today = of("daily")

    assert (today.first, today.last, today.so_far) == (date(2026, 11, 25), date(2026, 11, 25), True)
    assert (today.start, today.end) == (local(2026, 11, 25), local(2026, 11, 26))
    assert (today.before_start, today.before_end) == (local(2026, 11, 24), local(2026, 11, 24, 12))


def test_a_day_that_is_over_is_compared_with_the_whole_day_before():
    monday = of("daily", date(2026, 11, 23), date(2026, 11, 23))

    assert not monday.so_far
    assert (monday.before_start, monday.before_end) == (local(2026, 11, 22), local(2026, 11, 23))


def test_the_week_begins_on_monday_and_runs_against_the_same_days_of_the_week_before():
    week = of("weekly")

    assert (week.first, week.last) == (date(2026, 11, 23), date(2026, 11, 29))
    assert (week.before_start, week.before_end) == (local(2026, 11, 16), local(2026, 11, 18, 12))


@pytest.mark.parametrize("day", [date(2026, 11, 2), date(2026, 11, 8)])
def test_a_single_day_stands_for_the_week_around_it(day):
    assert (of("weekly", day, day).first, of("weekly", day).last) == (date(2026, 11, 2), date(2026, 11, 8))


def test_a_whole_month_is_compared_with_the_month_before_however_long():
    october = of("monthly", date(2026, 10, 9))
    march = of("monthly", date(2026, 3, 1), date(2026, 3, 31))

    assert (october.first, october.last) == (date(2026, 10, 1), date(2026, 10, 31))
    assert (october.before_start, october.before_end) == (local(2026, 9, 1), local(2026, 10, 1))
    assert (march.before_start, march.before_end) == (local(2026, 2, 1), local(2026, 3, 1))


def test_the_end_of_a_long_month_is_compared_with_all_of_a_short_one_before():
    late = of("monthly", now=local(2026, 3, 31, 18))

    assert (late.before_start, late.before_end) == (local(2026, 2, 1), local(2026, 3, 1))


def test_the_29th_of_february_is_a_day_like_others():
    leap = of("daily", date(2028, 2, 29), now=local(2028, 2, 29, 9))
    month = of("monthly", now=local(2028, 2, 29, 9))

    assert (leap.start, leap.end) == (local(2028, 2, 29), local(2028, 3, 1))
    assert leap.before_end == local(2028, 2, 28, 9)
    assert (month.last, month.before_end) == (date(2028, 2, 29), local(2028, 1, 29, 9))


def test_so_many_days_are_compared_with_as_many_before():
    ten = of("daily", date(2026, 11, 11), date(2026, 11, 20))

    assert (ten.before_start, ten.before_end) == (local(2026, 11, 1), local(2026, 11, 11))


def test_another_zone_cuts_the_days_elsewhere():
    here = of("daily", now=local(2026, 11, 25, 2))
    there = of("daily", now=local(2026, 11, 25, 2), zone=BERLIN)

    assert (here.first, there.first) == (date(2026, 11, 25), date(2026, 11, 24))
    assert there.start == local(2026, 11, 24, zone=BERLIN)


def test_a_day_of_25_hours_is_one_day():
    fall = of("daily", date(2026, 10, 25), zone=BERLIN)

    assert fall.end - fall.start == timedelta(hours=25)
    assert fall.before_end - fall.before_start == timedelta(hours=24)


def test_a_day_that_has_not_come_is_refused():
    with pytest.raises(Invalid) as refused:
        of("daily", date(2026, 11, 26))

    assert (refused.value.code, refused.value.facts["day"]) == ("report-future", date(2026, 11, 26))


@pytest.mark.parametrize("kind", ["daily", "weekly", "monthly"])
def test_at_the_ends_of_the_calendar_it_is_refused_like_any_other_day(kind: str):
    with pytest.raises(Invalid) as future:
        of(kind, date(9999, 12, 31))
    with pytest.raises(Invalid) as past:
        of(kind, date(1, 1, 1))

    assert (future.value.code, past.value.code) == ("report-future", "no-such-day")


def test_more_than_a_year_is_refused():
    assert of("monthly", date(2024, 1, 1), date(2024, 12, 31)).first == date(2024, 1, 1)
    with pytest.raises(Invalid) as refused:
        of("monthly", date(2024, 1, 1), date(2025, 1, 1))

    assert (refused.value.code, refused.value.facts["days"]) == ("report-long", 367)


def test_an_end_before_its_beginning_is_one_day():
    assert of("daily", date(2026, 11, 20), date(2026, 11, 3)).last == date(2026, 11, 20)
