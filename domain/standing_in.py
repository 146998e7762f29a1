"""Who stands in for somebody: the deputy they named, else their usual one, and so on; never in a circle."""

from collections.abc import Iterator

from domain.act import Act
from domain.catalogue import Staff
from domain.duty import on_shift


def there(person: Staff, act: Act) -> bool:
    """True for a colleague who is not away today."""
    return person.active and act.duty.away(person.user_id, act.today) is None


def at_work(person: Staff, act: Act) -> bool:
    """True for a colleague who is not away, in their own working hours."""
    return there(person, act) and on_shift(person, act.at, act.company.calendar)


def covering(person: Staff, act: Act) -> Iterator[Staff]:
    """Those who stand in for `person` and are there, nearest first: the deputy, else the deputy's deputy, …"""
    seen = {person.user_id}
    absence = act.duty.away(person.user_id, act.today)
    line = [absence.deputy if absence else "", person.deputy]
    while line:
        user_id = line.pop(0)
        deputy = act.company.staff(user_id)
        if deputy is None or user_id in seen:
            continue
        seen.add(user_id)
        if there(deputy, act):
            yield deputy
        else:
            absence = act.duty.away(user_id, act.today)
            line += [absence.deputy if absence else "", deputy.deputy]
