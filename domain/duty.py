"""Who is away, and who is at work at a moment."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.calendar import END_OF_DAY, WorkCalendar
from domain.catalogue import Staff


@dataclass(frozen=True, slots=True)
class Absence:
    """`person` is away from the `first` to the `last` day; `deputy` stands in where they named somebody.

    `number` names it once it is written.
    """

    person: str
    first: date
    last: date
    deputy: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Duty:
    """All absences that are not over."""

    absences: tuple[Absence, ...] = ()

    def away(self, person: str, day: date) -> Absence | None:
        """Their absence on that day, the one said last where several cover it."""
        found = (one for one in reversed(self.absences) if one.person == person)
        return next((one for one in found if one.first <= day <= one.last), None)


NOBODY_AWAY = Duty()


def on_shift(person: Staff, at: datetime, calendar: WorkCalendar) -> bool:
    """True within this person's own working hours; whoever has none works when the company does."""
    here = at.astimezone(calendar.zone)
    return not person.shifts or (
        calendar.works_on(here.date()) and any(start <= here.time() < end for start, end in person.shifts)
    )


def still_comes(person: Staff, at: datetime, calendar: WorkCalendar) -> bool:
    """True while this person's working hours of the day are not over."""
    here = at.astimezone(calendar.zone)
    return not person.shifts or (
        calendar.works_on(here.date())
        and any(here.time() < end or end == END_OF_DAY for _, end in person.shifts)
    )
