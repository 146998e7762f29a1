"""Who is away, read in one value so that it travels with whatever else is read."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Date, ScalarSelect, Text, bindparam, cast, func, select, text

from domain.duty import Absence, Duty
from storage.prepared import Prepared
from storage.tables import NOT_ENDED, absences
from storage.types import Document


def away_since(name: str, *, sqlite: bool) -> ScalarSelect[Any]:
    """The absences that last until the day given as parameter `name`, or longer, as one list; null for none."""
    days = (cast(absences.c.first_day, Text), cast(absences.c.last_day, Text))
    fields = (absences.c.id, absences.c.person, *days, absences.c.deputy)
    listed = (
        func.json_group_array(func.json_array(*fields), type_=Document)
        if sqlite
        else func.json_agg(func.json_build_array(*fields), type_=Document)
    )
    return (
        select(listed)
        .where(text(NOT_ENDED), absences.c.last_day >= bindparam(name, type_=Date))
        .scalar_subquery()
    )


AWAY = Prepared(
    select(away_since("today", sqlite=False).label("absences")),
    sqlite=select(away_since("today", sqlite=True).label("absences")),
)


def duty_of(found: Iterable[tuple[Any, ...]] | None) -> Duty:
    """Who is away, what was said last coming last."""
    return Duty(
        tuple(
            Absence(person, date.fromisoformat(first), date.fromisoformat(last), deputy, number)
            for number, person, first, last, deputy in sorted(found or ())
        )
    )
