"""Who may read amounts of money, and where they are hidden: a group may read what all its members may."""

from domain.catalogue import Staff
from domain.company import Company, Group
from domain.permissions import may

SEE_AMOUNTS = "amount.see"


def sees_amounts(person: Staff | None, place: str, company: Company) -> bool:
    """True when amounts may be shown to this person (None: nobody asked) in this place (empty: one to one).

    A place that is no group of the company has readers nobody knows: where the company names roles for amounts,
    they are hidden there.
    """
    if SEE_AMOUNTS not in company.workflow.permissions:
        return True
    if person is not None and not may(person, SEE_AMOUNTS, None, company):
        return False
    if not place:
        return person is not None
    group = _group(place, company)
    return group is not None and all(_member_may(user_id, company) for user_id in group.members)


def _group(place: str, company: Company) -> Group | None:
    groups = company.groups.values()
    return next((one for one in groups if place == one.key or _reached_at(one, place)), None)


def _reached_at(group: Group, place: str) -> bool:
    return any(way.address == place for way in group.ways)


def _member_may(user_id: str, company: Company) -> bool:
    person = company.staff(user_id)
    return person is None or not person.active or may(person, SEE_AMOUNTS, None, company)
