"""Nobody is disturbed outside working time."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import END_OF_DAY, WorkCalendar
from domain.quiet import quiet_until
from tests.builders import COMPANY, ZONE

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
QUIET = replace(COMPANY, quiet_hours=True)


def at(text: str) -> datetime:
    """A moment of the company's."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-23T08:59", "2026-11-23T09:00"),
        ("2026-11-23T09:00", None),
        ("2026-11-23T11:59", None),
        ("2026-11-23T12:30", "2026-11-23T13:30"),
        ("2026-11-23T18:30", "2026-11-24T09:00"),
        ("2026-11-27T20:00", "2026-11-30T09:00"),
    ],
)
def test_it_is_quiet_until_work_begins_again(now: str, until: str | None):
    assert quiet_until(QUIET, at(now)) == (at(until) if until else None)


def test_a_company_that_does_not_want_it_is_never_quiet():
    assert quiet_until(COMPANY, at("2026-11-23T03:00")) is None


def test_who_works_around_the_clock_is_never_quiet():
    always = WorkCalendar(ZONE, ((time(), END_OF_DAY),), frozenset(range(1, 8)))

    assert quiet_until(replace(QUIET, calendar=always), at("2026-11-23T00:00")) is None


def test_where_nobody_ever_works_nothing_waits_for_ever():
    never = WorkCalendar(ZONE, ((time(9), time(18)),), frozenset())

    assert quiet_until(replace(QUIET, calendar=never), at("2026-11-23T03:00")) is None


@given(st.integers(0, 2 * 365 * 24 * 60).map(lambda minutes: BEGIN + timedelta(minutes=minutes)))
def test_when_the_quiet_ends_people_work(now: datetime):
    until = quiet_until(QUIET, now)

    assert until is None or (until > now and quiet_until(QUIET, until) is None)
    assert until is None or until - now < timedelta(days=4)
