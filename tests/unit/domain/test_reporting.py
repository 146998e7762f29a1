"""When reports are told, about which days, and when it is too late."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import WorkCalendar
from domain.company import Company, ReportTime
from domain.reporting import LATE, to_tell, upcoming
from tests.builders import a_company

DAILY = ReportTime("daily", time(18), "managers")
WEEKLY = ReportTime("weekly", time(9), "managers", 1)
MONTHLY = ReportTime("monthly", time(9), "managers")
MINUTE = timedelta(minutes=1)


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    """A moment at the company's."""
    return datetime(year, month, day, hour, minute, tzinfo=ZONE).astimezone(UTC)


COMPANY = a_company()
ZONE = COMPANY.calendar.zone


def closed(*days: date, weekdays: str = "12345") -> Company:
    """The company with days off."""
    exceptions = dict.fromkeys(days, False)
    calendar = replace(COMPANY.calendar, weekdays=frozenset(map(int, weekdays)), exceptions=exceptions)
    return replace(COMPANY, calendar=calendar)


WEEKDAYS = closed()


def told(report: ReportTime, company: Company, now: datetime) -> list[tuple[str, date, date]]:
    """What is due at this moment."""
    return [(due.slot, due.first, due.last) for due in to_tell(report, company, now)]


def test_the_day_is_told_some_minutes_after_its_time():
    (due,) = to_tell(DAILY, WEEKDAYS, at(11, 23, 18, 30))

    assert at(11, 23, 18, 1) <= due.at <= at(11, 23, 18, 10)
    assert (due.slot, due.first, due.last) == ("2026-11-23", date(2026, 11, 23), date(2026, 11, 23))
    assert told(DAILY, WEEKDAYS, due.at - timedelta(microseconds=1)) == []


def test_companies_are_told_at_moments_of_their_own():
    moments = {upcoming(DAILY, replace(WEEKDAYS, name=f"公司{n}"), at(11, 23, 12)) for n in range(20)}

    assert len(moments) > 15


def test_the_day_is_told_until_a_day_later_and_then_no_more():
    (due,) = to_tell(DAILY, WEEKDAYS, at(11, 23, 18, 30))

    assert told(DAILY, WEEKDAYS, due.at + LATE["daily"] - MINUTE) == [("2026-11-23", due.first, due.last)]
    assert [slot for slot, _, _ in told(DAILY, WEEKDAYS, due.at + LATE["daily"])] == ["2026-11-24"]


@pytest.mark.parametrize("day", [28, 29])
def test_a_day_off_has_no_daily(day: int):
    assert f"2026-11-{day}" not in [slot for slot, _, _ in told(DAILY, WEEKDAYS, at(11, day, 23))]


def test_a_holiday_has_no_daily_and_a_made_up_saturday_has():
    company = closed(date(2026, 11, 24))
    made_up = replace(company, calendar=replace(company.calendar, exceptions={date(2026, 11, 28): True}))

    assert upcoming(DAILY, company, at(11, 23, 20)) == upcoming(DAILY, company, at(11, 25, 0))
    assert [slot for slot, _, _ in told(DAILY, made_up, at(11, 28, 20))] == ["2026-11-28"]


def test_on_monday_the_week_before_is_told():
    assert told(WEEKLY, WEEKDAYS, at(11, 23, 10)) == [("2026-11-23", date(2026, 11, 16), date(2026, 11, 22))]


def test_on_friday_the_week_so_far_is_told():
    friday = replace(WEEKLY, weekday=5)

    assert told(friday, WEEKDAYS, at(11, 27, 10)) == [("2026-11-27", date(2026, 11, 23), date(2026, 11, 29))]


def test_a_monday_off_moves_the_week_to_the_next_working_day():
    company = closed(date(2026, 11, 23), date(2026, 11, 24))

    assert told(WEEKLY, company, at(11, 24, 12)) == []
    assert told(WEEKLY, company, at(11, 25, 10)) == [("2026-11-23", date(2026, 11, 16), date(2026, 11, 22))]


def test_after_a_long_holiday_no_week_is_missing():
    off = [date(2026, 2, 9) + timedelta(days=n) for n in range(14)]

    assert [slot for slot, _, _ in told(WEEKLY, closed(*off), at(2, 23, 10))] == [
        "2026-02-09",
        "2026-02-16",
        "2026-02-23",
    ]


@pytest.mark.parametrize(
    ("now", "slot", "first", "last"),
    [
        (at(12, 1, 10), "2026-11", date(2026, 11, 1), date(2026, 11, 30)),
        (at(11, 2, 10), "2026-10", date(2026, 10, 1), date(2026, 10, 31)),  # the first is a Sunday
        (at(1, 1, 10, year=2027), "2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        (at(3, 1, 10, year=2028), "2028-02", date(2028, 2, 1), date(2028, 2, 29)),
    ],
)
def test_on_the_first_working_day_the_month_before_is_told(now: datetime, slot: str, first: date, last: date):
    assert told(MONTHLY, WEEKDAYS, now) == [(slot, first, last)]


def test_who_never_works_is_never_told():
    assert upcoming(DAILY, closed(weekdays=""), at(11, 23, 10)) is None


def test_the_clock_of_the_zone_is_meant_also_where_it_changes():
    from zoneinfo import ZoneInfo

    calendar = WorkCalendar(ZoneInfo("Europe/Berlin"), ((time(8), time(17)),), frozenset(range(1, 8)))
    company = replace(COMPANY, calendar=calendar)

    before, after = (upcoming(DAILY, company, datetime(2026, 3, day, 12, tzinfo=UTC)) for day in (28, 29))

    assert before
    assert after
    assert after - before == timedelta(hours=23)


@given(st.integers(0, 3 * 365 * 24 * 60), st.sampled_from([DAILY, WEEKLY, MONTHLY]))
def test_what_comes_next_is_due_when_it_comes_and_not_before(minutes: int, report: ReportTime):
    moment = at(1, 1, 0) + MINUTE * minutes
    coming = upcoming(report, WEEKDAYS, moment)

    assert coming is not None
    assert coming > moment
    assert coming in [due.at for due in to_tell(report, WEEKDAYS, coming)]
    assert {due.slot for due in to_tell(report, WEEKDAYS, coming - timedelta(microseconds=1))} >= {
        due.slot for due in to_tell(report, WEEKDAYS, moment) if due.at + LATE[report.kind] > coming
    }
