"""Working time: which moments count, and when so much of it has passed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

# A calendar without a single open hour in so many days is a mistake, not a long holiday.
_HORIZON = 3660

Hours = tuple[tuple[datetime, datetime], ...]

END_OF_DAY = time.max
"""Ends a shift that lasts until midnight: a `time` knows no 24 o'clock."""


@dataclass(frozen=True)
class WorkCalendar:
    """The company's working hours.

    `shifts` are (start, end) pairs within a day of the company's zone; `weekdays` are ISO numbers (Monday 1);
    `exceptions` says for single days whether they are worked: public holidays, make-up days (调休), closing
    days.
    `known_until` is the last day whose public holidays are known; None where the company keeps none.
    """

    zone: ZoneInfo
    shifts: tuple[tuple[time, time], ...]
    weekdays: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    exceptions: Mapping[date, bool] = field(default_factory=dict)
    known_until: date | None = None

    def works_on(self, day: date) -> bool:
        """True when `day` is a working day."""
        return self.exceptions.get(day, day.isoweekday() in self.weekdays)

    def after(self, at: datetime, working: timedelta) -> datetime:
        """The moment (in the zone of `at`) when `working` of working time has passed since `at`.

        Ends a shift rather than beginning the next; raises `ValueError` where nobody ever works.
        """
        if working <= timedelta(0):
            return at
        moment = at.astimezone(UTC)
        day = at.astimezone(self.zone).date()
        for _ in range(_HORIZON):
            for opens, closes in self._hours(day):
                begins = max(moment, opens)
                if begins + working <= closes:
                    return (begins + working).astimezone(at.tzinfo)
                working -= max(closes - begins, timedelta(0))
            day += timedelta(days=1)
        raise ValueError(f"no {working} of working time within {_HORIZON} days after {at.isoformat()}")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """How much working time passes from `start` to `end`; none where `end` comes first."""
        worked = timedelta(0)
        day, last = start.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        while day <= last:
            for opens, closes in self._hours(day):
                worked += max(min(closes, end) - max(opens, start), timedelta(0))
            day += timedelta(days=1)
        return worked

    def _hours(self, day: date) -> Hours:
        # In UTC, so that a change of the clock within a shift counts as the hours people really are there.
        known = self._known.get(day)
        if known is None:
            shifts = sorted(self.shifts) if self.works_on(day) else ()
            known = self._known[day] = tuple(
                (self._utc(day, start), self._utc(day, end)) for start, end in shifts
            )
        return known

    def _utc(self, day: date, at: time) -> datetime:
        if at == END_OF_DAY:
            return self._utc(day + timedelta(days=1), time.min)
        return datetime.combine(day, at, self.zone).astimezone(UTC)

    @cached_property
    def _known(self) -> dict[date, Hours]:
        # The same few days are asked about again and again; each costs a way through two time zones.
        return {}
