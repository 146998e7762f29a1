"""Working time."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.calendar import END_OF_DAY, WorkCalendar
from tests.builders import CALENDAR, MONDAY, ZONE

MINUTE = timedelta(minutes=1)


def is_open(calendar, at):
    """True when somebody is at work at this moment."""
    local = at.astimezone(calendar.zone)
    open_now = any(start <= local.time() < end for start, end in calendar.shifts)
    return calendar.works_on(local.date()) and open_now


def oracle(calendar, at, working):
    """Minute by minute, as slow as it is plain."""
    left = working // MINUTE
    while left:
        left -= is_open(calendar, at)
        at += MINUTE
    return at


def local(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def test_an_hour_within_a_shift_is_an_hour():
    assert CALENDAR.after(MONDAY, timedelta(hours=1)) == MONDAY + timedelta(hours=1)


def test_the_lunch_break_does_not_count():
    assert CALENDAR.after(local(23, 11, 30), timedelta(hours=1)) == local(23, 14)


def test_time_that_just_fits_ends_the_shift():
    assert CALENDAR.after(local(23, 11), timedelta(hours=1)) == local(23, 12)


def test_the_weekend_does_not_count():
    assert CALENDAR.after(local(27, 18), timedelta(hours=1)) == local(30, 9, 30)


def test_a_message_in_the_night_counts_from_the_morning():
    assert CALENDAR.after(local(24, 3), timedelta(minutes=5)) == local(24, 9, 5)


def test_holidays_and_make_up_days_are_what_the_company_says():
    days = {date(2026, 11, 24): False, date(2026, 11, 28): True}
    calendar = WorkCalendar(ZONE, ((time(9), time(17)),), exceptions=days)

    assert calendar.after(local(23, 16), timedelta(hours=2)) == local(25, 10)
    assert calendar.after(local(27, 16), timedelta(hours=2)) == local(28, 10)


def test_a_night_shift_lasts_until_midnight_and_goes_on_after_it():
    calendar = WorkCalendar(ZONE, ((time(22), END_OF_DAY), (time(0), time(6))), frozenset(range(1, 8)))

    assert calendar.after(local(23, 23), timedelta(hours=1)) == local(24, 0)
    assert calendar.after(local(23, 23), timedelta(hours=8)) == local(24, 23)


def test_nothing_to_wait_for_is_over_at_once():
    assert CALENDAR.after(local(28, 3), timedelta(0)) == local(28, 3)
    assert CALENDAR.after(MONDAY, timedelta(hours=-1)) == MONDAY


def test_the_moment_comes_back_in_the_zone_it_was_asked_in():
    assert CALENDAR.after(MONDAY, timedelta(hours=1)).tzinfo is UTC


def test_a_change_of_the_clock_within_a_shift_counts_the_hours_people_are_there():
    calendar = WorkCalendar(ZoneInfo("Europe/Berlin"), ((time(0), time(8)),), frozenset(range(1, 8)))
    before = datetime(2026, 3, 28, 23, tzinfo=UTC)

    assert calendar.after(before, timedelta(hours=7)) == datetime(2026, 3, 29, 6, tzinfo=UTC)


def test_a_company_where_nobody_ever_works_is_a_mistake():
    calendar = WorkCalendar(ZONE, (), frozenset())

    with pytest.raises(ValueError, match="no 0:01:00 of working time"):
        calendar.after(MONDAY, MINUTE)


QUARTERS = st.lists(st.integers(0, 95), min_size=2, max_size=6, unique=True).map(sorted)


@st.composite
def calendars(draw):
    """Up to three shifts a day, any week, some days otherwise; at least one day that is worked."""
    marks = [time(quarter // 4, quarter % 4 * 15) for quarter in draw(QUARTERS)]
    shifts = tuple(zip(marks[::2], marks[1::2], strict=False))
    weekdays = frozenset(draw(st.sets(st.integers(1, 7), min_size=1)))
    days = st.dates(date(2026, 11, 20), date(2026, 12, 10))
    return WorkCalendar(ZONE, shifts, weekdays, draw(st.dictionaries(days, st.booleans(), max_size=6)))


@settings(max_examples=60, deadline=None)
@given(calendar=calendars(), start=st.integers(0, 10 * 24 * 60), minutes=st.integers(1, 500))
def test_working_time_is_what_counting_minutes_says(calendar, start, minutes):
    at = MONDAY + start * MINUTE
    working = minutes * MINUTE

    assert calendar.after(at, working) == oracle(calendar, at, working)


@settings(max_examples=100, deadline=None)
@given(
    calendar=calendars(), start=st.integers(0, 10**9), first=st.integers(1, 10**9), then=st.integers(1, 10**9)
)
def test_waiting_twice_is_waiting_for_the_sum(calendar, start, first, then):
    at = MONDAY + timedelta(milliseconds=start)
    one, two = timedelta(microseconds=first * 30), timedelta(microseconds=then * 30)

    assert calendar.after(calendar.after(at, one), two) == calendar.after(at, one + two)


# Zones with and without a change of the clock, one by half an hour, one that skipped a whole day once.
ZONES = ["Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
NIGHT = ((time(0), time(6)), (time(22), END_OF_DAY))


@st.composite
def anywhere(draw):
    """Any calendar, in any zone, with holidays and make-up days around the moment asked about, and that moment."""
    plain = draw(calendars())
    year = draw(st.sampled_from([2011, 2024, 2026, 2028]))
    start = datetime(year, 1, 1, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 366 * 24 * 60)))
    near = st.integers(-2, 12).map(lambda days: start.date() + timedelta(days=days))
    days = draw(st.dictionaries(near, st.booleans(), max_size=8))
    shifts = draw(st.sampled_from([plain.shifts, NIGHT]))
    return WorkCalendar(ZoneInfo(draw(st.sampled_from(ZONES))), shifts, plain.weekdays, days), start


def minutes_worked(calendar, start, end):
    """Minute by minute, as slow as it is plain."""
    worked = timedelta(0)
    while start < end:
        worked += MINUTE if is_open(calendar, start) else timedelta(0)
        start += MINUTE
    return worked


def crosses_a_change_of_the_clock(calendar, start, end):
    return start.astimezone(calendar.zone).utcoffset() != end.astimezone(calendar.zone).utcoffset()


@settings(max_examples=60, deadline=None)
@given(where=anywhere(), minutes=st.integers(0, 3 * 24 * 60))
def test_what_was_worked_between_two_moments_is_what_counting_minutes_says(where, minutes):
    calendar, start = where
    end = start + minutes * MINUTE
    if not crosses_a_change_of_the_clock(calendar, start - timedelta(days=1), end + timedelta(days=1)):
        assert calendar.between(start, end) == minutes_worked(calendar, start, end)
    assert calendar.between(end, start) == timedelta(0) or minutes == 0


@settings(max_examples=150, deadline=None)
@given(where=anywhere(), first=st.integers(1, 10**5), then=st.integers(0, 10**5))
def test_so_much_later_so_much_was_worked_and_nothing_is_ever_earlier(where, first, then):
    calendar, start = where
    one, both = (
        calendar.after(start, first * MINUTE / 60),
        calendar.after(start, (first + then) * MINUTE / 60),
    )

    assert calendar.between(start, one) == first * MINUTE / 60
    assert start < one <= both
    assert calendar.between(start, one) + calendar.between(one, both) == calendar.between(start, both)
    # The first moment at which so much has passed: a little earlier it had not.
    assert calendar.between(start, one - timedelta(microseconds=1)) < first * MINUTE / 60


@settings(max_examples=100, deadline=None)
@given(where=anywhere(), later=st.integers(0, 10**4))
def test_who_begins_later_ends_no_earlier(where, later):
    calendar, start = where

    assert calendar.after(start, MINUTE * 90) <= calendar.after(start + later * MINUTE, MINUTE * 90)


@settings(max_examples=150, deadline=None)
@given(where=anywhere())
def test_work_opens_at_once_or_at_the_next_moment_that_counts(where):
    calendar, start = where

    opened = calendar.opens(start)

    assert opened >= start
    assert calendar.between(start, opened) == timedelta(0)
    assert calendar.between(opened, opened + timedelta(microseconds=1)) > timedelta(0)


def test_work_does_not_open_where_nobody_ever_works():
    with pytest.raises(ValueError, match="nobody works"):
        WorkCalendar(ZONE, (), frozenset()).opens(MONDAY)


def test_a_moment_in_the_evening_opens_in_the_morning_and_one_at_work_at_once():
    assert CALENDAR.opens(local(27, 18, 30)) == local(30, 9)
    assert CALENDAR.opens(local(23, 12)) == local(23, 13, 30)
    assert CALENDAR.opens(MONDAY) == MONDAY
    assert CALENDAR.opens(MONDAY).tzinfo is UTC


def test_the_29_february_is_a_day_like_any_other():
    leap = datetime(2028, 2, 28, 17, 30, tzinfo=ZONE)  # a Monday

    assert CALENDAR.after(leap, timedelta(hours=2)) == datetime(2028, 2, 29, 10, 0, tzinfo=ZONE)
    assert CALENDAR.after(leap, timedelta(hours=9 + 0.5)) == datetime(2028, 3, 1, 9, 30, tzinfo=ZONE)
    assert CALENDAR.between(leap, datetime(2028, 3, 1, 9, tzinfo=ZONE)) == timedelta(hours=9)
    assert WorkCalendar(ZONE, CALENDAR.shifts, exceptions={date(2028, 2, 29): False}).after(
        leap, timedelta(hours=2)
    ) == datetime(2028, 3, 1, 10, 0, tzinfo=ZONE)


def test_another_zone_moves_what_is_counted_from_now_on_only():
    """A limit already set stays where it was set; a new one counts by the hours there are now."""
    moved = WorkCalendar(ZoneInfo("Asia/Urumqi"), CALENDAR.shifts)  # two hours later

    assert CALENDAR.after(MONDAY, timedelta(hours=1)) == local(23, 11)
    assert moved.after(MONDAY, timedelta(hours=1)) == local(23, 12)  # it is eight in the morning there


def test_a_day_of_work_is_the_sum_of_its_shifts():
    assert CALENDAR.working_day == timedelta(hours=8)
    assert WorkCalendar(ZONE, NIGHT).working_day == timedelta(hours=8)
