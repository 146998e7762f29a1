"""From and to of a report, and the period it is compared with."""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.errors import Invalid
from domain.figures import Period

LONGEST = 366
"""So many days in one report: a leap year."""

EARLIEST = date(1900, 1, 1)
"""A day before this is a slip of the tongue, and too near to where the calendar begins."""
_MONTH = timedelta(days=31)
_DAY = timedelta(days=1)


def period(kind: str, first: date | None, last: date | None, now: datetime, zone: ZoneInfo) -> Period:
    """The days asked for, the week or month around a day, or the current one where none was said.

    Raises `Invalid` for days that have not begun or that nobody remembers, and for more than a year at once.
    """
    here = now.astimezone(zone)
    first = here.date() if first is None else first
    last = first if last is None else max(first, last)
    if first < EARLIEST:
        raise Invalid("no-such-day", year=first.year, month=first.month, day=first.day)
    if first == last and first - here.date() <= _MONTH:
        first, last = _around(kind, first)
    if first > here.date():
        raise Invalid("report-future", day=first)
    if (last - first).days >= LONGEST:
        raise Invalid("report-long", days=(last - first).days + 1, limit=LONGEST)
    start, whole_end = _midnight(first, zone), _midnight(last + _DAY, zone)
    so_far = whole_end > now
    before_first, before_last = _before(first, last)
    before_end = _midnight(before_last + _DAY, zone)
    if so_far:
        same_day = before_first + (here.date() - first)
        same_time = datetime.combine(same_day, here.time(), zone).astimezone(UTC)
        before_end = min(before_end, same_time)
    return Period(
        kind,
        first,
        last,
        start,
        whole_end,
        _midnight(before_first, zone),
        before_end,
        so_far,
    )


def _around(kind: str, day: date) -> tuple[date, date]:
    """The day itself, or the week or month that it is in."""
    if kind == "weekly":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + 6 * _DAY
    if kind == "monthly":
        return day.replace(day=1), _month_end(day)
    return day, day


def _before(first: date, last: date) -> tuple[date, date]:
    """As many days before; before a whole month the month before, however long it is."""
    if first.day == 1 and last == _month_end(first):
        end = first - _DAY
        return end.replace(day=1), end
    length = last - first + _DAY
    return first - length, first - _DAY


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(UTC)
