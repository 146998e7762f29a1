"""Working time: which moments count, and when so much of it has passed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True)
class WorkCalendar:
    """The company's working hours.

    `shifts` are (start, end) pairs within a day of the company's zone; `weekdays` are ISO numbers (Monday 1);
    `exceptions` says for single days whether they are worked: public holidays, make-up days (调休), closing days.
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

    def is_open(self, at: datetime) -> bool:
        """True when somebody is at work at this moment."""
        local = at.astimezone(self.zone)
        return self.works_on(local.date()) and any(start <= local.time() < end for start, end in self.shifts)

    def after(self, at: datetime, working: timedelta) -> datetime:
        """The moment (UTC-aware, same zone as `at`) when `working` of working time has passed since `at`."""
        raise NotImplementedError
