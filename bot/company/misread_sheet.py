"""What was not clear when people said it, and what they then meant, as a table."""

from collections.abc import Iterable
from datetime import datetime

from bot.company.sheets import Cell, Sheet
from domain.company import Company
from domain.misreading import Misreading

COLUMNS = (
    "at", "person", "person_name", "place", "text", "kind", "word", "candidates", "customer", "customer_name",
    "outcome", "meant", "meant_name", "meant_text", "meant_at", "message",
    "meant_message",
)  # fmt: skip


def misread_sheet(found: Iterable[Misreading], company: Company) -> Sheet:
    """One row for each question, the oldest first; moments are the company's, names are as of then."""
    return Sheet(COLUMNS, [_cells(one, company) for one in found])


def _cells(one: Misreading, company: Company) -> tuple[Cell, ...]:
    person = company.staff(one.person)
    return (
        _moment(one.at, company),
        one.person,
        person.name if person else "",
        one.place,
        one.text,
        one.kind,
        one.word,
        "; ".join(code if code == name else f"{code} {name}" for code, name in one.candidates),
        one.customer,
        one.customer_name,
        one.outcome,
        one.meant,
        one.meant_name,
        one.meant_text,
        _moment(one.meant_at, company) if one.meant_at else "",
        one.source,
        one.meant_source,
    )


def _moment(at: datetime, company: Company) -> str:
    return at.astimezone(company.calendar.zone).strftime("%Y-%m-%d %H:%M:%S")
