"""When the company is told its figures unasked, and which days they are about."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from domain.company import Company, ReportTime

DAY = timedelta(days=1)
LATE = {"daily": DAY, "reconcile": DAY, "weekly": 3 * DAY, "monthly": 7 * DAY}
"""Who comes later than this after the time says nothing: nobody waits for it any more."""
_SPREAD_S = 540
_LONGEST_HOLIDAY = 14
_HORIZON = 70


@dataclass(frozen=True, slots=True)
class Due:
    """One report: told from `at` on, about the days `first` to `last`; `slot` tells it from all others of its kind."""

    report: ReportTime
    slot: str
    at: datetime
    first: date
    last: date


def to_tell(report: ReportTime, company: Company, now: datetime) -> tuple[Due, ...]:
    """What should have been told by now and is not too late to tell, the oldest first."""
    late = LATE[report.kind]
    today = now.astimezone(company.calendar.zone).date()
    days = [today - DAY * back for back in range(late.days + 1, -2, -1)]
    told = (due for day in days for due in _told_on(day, report, company))
    return tuple(due for due in told if due.at <= now < due.at + late)


def upcoming(report: ReportTime, company: Company, now: datetime) -> datetime | None:
    """When it is told next, after now; None where nobody works for long."""
    today = now.astimezone(company.calendar.zone).date()
    days = (today + DAY * ahead for ahead in range(-1, _HORIZON))
    return next((due.at for day in days for due in _told_on(day, report, company) if due.at > now), None)


def _told_on(day: date, report: ReportTime, company: Company) -> Iterator[Due]:
    """What is told on this day: nothing on a day off."""
    if not company.calendar.works_on(day):
        return
    at = _moment(day, report, company)
    if report.kind == "weekly":
        for since in _weeks(day, report, company):
            # The week of the day before: on a Monday the last one, on a Friday this one so far.
            monday = since - DAY - DAY * (since - DAY).weekday()
            yield Due(report, since.isoformat(), at, monday, monday + 6 * DAY)
    elif report.kind == "monthly":
        if _first_since(day.replace(day=1), day, company):
            last = day.replace(day=1) - DAY
            yield Due(report, f"{last:%Y-%m}", at, last.replace(day=1), last)
    else:
        yield Due(report, day.isoformat(), at, day, day)


def _weeks(day: date, report: ReportTime, company: Company) -> Iterator[date]:
    """The weekdays meant for which `day` is the first working day since."""
    for back in range(_LONGEST_HOLIDAY, -1, -1):
        since = day - DAY * back
        if since.isoweekday() == report.weekday and _first_since(since, day, company):
            yield since


def _first_since(since: date, day: date, company: Company) -> bool:
    return not any(company.calendar.works_on(since + DAY * n) for n in range((day - since).days))


def _moment(day: date, report: ReportTime, company: Company) -> datetime:
    """Some minutes after the round time, always the same ones: platforms ask not to be called on the full hour."""
    digest = hashlib.sha256(f"{company.name}/{report.kind}".encode()).digest()
    spread = timedelta(seconds=60 + int.from_bytes(digest[:4], "big") % _SPREAD_S)
    return datetime.combine(day, report.at, company.calendar.zone).astimezone(UTC) + spread
