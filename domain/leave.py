"""Being away, and coming back."""

from collections.abc import Mapping
from datetime import date

from domain.act import Act
from domain.catalogue import Staff
from domain.duty import Absence
from domain.errors import Invalid, Unknown
from domain.facts import DutyChange, Event


def go_away(act: Act, first: date, last: date, deputy: str = "") -> DutyChange:
    """`act.by` is away for these days; `deputy` stands in, or whoever is next where nobody is named."""
    if last < act.today or last < first:
        raise Invalid("leave-past", due=last, today=act.today)
    if deputy == act.by.user_id:
        raise Invalid("own-deputy")
    named = act.company.staff(deputy)
    if deputy and named is None:
        raise Unknown("staff", user_id=deputy)
    if named is not None and not named.active:
        raise Invalid("deputy-gone", name=named.name)
    absence = Absence(act.by.user_id, first, last, deputy)
    data = {"first": first.isoformat(), "last": last.isoformat(), "deputy": deputy}
    return DutyChange(_event("staff:away", act, data), absences=(absence,))


def come_back(act: Act) -> DutyChange:
    """`act.by` is here again: the absence under way is over; without one, those planned are called off."""
    own = [absence for absence in act.duty.absences if absence.person == act.by.user_id]
    ended = tuple(one for one in own if one.first <= act.today) or tuple(own)
    if not ended:
        raise Invalid("not-away")
    days = [[one.first.isoformat(), one.last.isoformat()] for one in ended]
    return DutyChange(_event("staff:back", act, {"ended": days}), ended=ended)


def stand_in(person: Staff, deputy: str, act: Act) -> Staff | None:
    """Who is named to stand in: for this absence, else as a rule."""
    return act.company.staff(deputy) or act.company.staff(person.deputy)


def _event(kind: str, act: Act, data: Mapping[str, object]) -> Event:
    return Event(f"staff:{act.by.user_id}", kind, act.at, act.by.user_id, act.source, data)
