"""Working hours as a calendar, with the public holidays and make-up days of China."""

from datetime import date, timedelta
from itertools import pairwise

from chinese_calendar.constants import holidays, workdays

from bot.company.models import CompanyModel
from bot.company.problems import Findings, Problem
from bot.company.yaml_text import YamlText
from domain.calendar import WorkCalendar
from domain.company import Company

_FORESIGHT = timedelta(days=30)


def calendar_of(model: CompanyModel, said: YamlText, findings: Findings) -> WorkCalendar:
    """The company's working time; shifts that meet or overlap are noted."""
    hours = model.hours
    shifts = sorted(hours.shifts)
    for earlier, later in pairwise(shifts):
        if later[0] < earlier[1]:
            place = hours.shifts.index(later)
            findings.error(said.file, said.line("hours", "shifts", place), "shifts_overlap", start=later[0])
    for day in sorted(set(hours.closed) & set(hours.open)):
        line = said.line("hours", "open", hours.open.index(day))
        findings.error(said.file, line, "day_open_and_closed", day=day)
    exceptions: dict[date, bool] = {}
    if hours.public_holidays:
        exceptions |= dict.fromkeys(holidays, False) | dict.fromkeys(workdays, True)
    exceptions |= dict.fromkeys(hours.closed, False) | dict.fromkeys(hours.open, True)
    known_until = date(max(day.year for day in holidays), 12, 31) if hours.public_holidays else None
    return WorkCalendar(model.zone, tuple(shifts), frozenset(hours.weekdays), exceptions, known_until)


def holidays_unknown(company: Company, today: date) -> Problem | None:
    """A warning when the public holidays of today, or of a month from now, are not known to this release."""
    known_until = company.calendar.known_until
    if known_until is None or today + _FORESIGHT <= known_until:
        return None
    facts = {"until": str(known_until), "year": str((today + _FORESIGHT).year)}
    return Problem("company.yaml", 0, "holidays_unknown", facts, warning=True)
