"""Who is who on each platform: by the company's table, else by what people have bound themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from domain.catalogue import Staff
from domain.company import Company

COLUMNS: Mapping[str, str] = {
    "wecom": "wecom_id",
    "wecom-bot": "wecom_id",
    "dingtalk": "dingtalk_id",
    "feishu": "feishu_id",
}
"""Where the table of staff keeps the ids of a platform; both doors of WeCom know people by the same ones."""

BOUND_ON = ("wecom", "dingtalk", "feishu")
"""Where an id can be bound. The AI bot may be shown other ids than the app; on the page everybody is who they say."""


@dataclass(frozen=True, slots=True)
class Binding:
    """`account` on `platform` is `person`, though the company's table does not say so. `by` let it be so.

    `account` is in lower case, as people are known; `written` as the platform writes it, which is sent back.
    """

    platform: str
    account: str
    written: str
    person: str
    at: datetime
    by: str
    source: str


@dataclass(frozen=True, slots=True)
class Preference:
    """Where `person` wants to be told."""

    person: str
    door: str


@dataclass(frozen=True, slots=True)
class Register:
    """All that people have said of themselves. `version` grows with every change."""

    version: int = 0
    bindings: tuple[Binding, ...] = ()
    preferences: tuple[Preference, ...] = ()


def home(platform: str) -> str:
    """The platform whose ids are used there: `wecom` for the AI bot."""
    column = COLUMNS.get(platform)
    return next((one for one in BOUND_ON if COLUMNS[one] == column), platform)


def own_id(platform: str, person: Staff) -> str:
    """The id that is kept for them there; empty where none is."""
    column = COLUMNS.get(platform)
    return str(getattr(person, column)) if column else ""


def id_on(platform: str, person: Staff) -> str:
    """The colleague's id there; without one of its own the same as here."""
    return own_id(platform, person) or person.user_id


def anybody(company: Company, platform: str, *ids: str) -> Staff | None:
    """The colleague with one of these ids on `platform`, in any case, also one who left.

    An id that is kept goes before a user id that happens to be the same.
    """
    known = company.catalogue.accounts
    column = COLUMNS.get(platform, "")
    lowered = [one.lower() for one in ids if one]
    kept = (known.get((column, one)) for one in lowered if column)
    same = (known.get(("", one)) for one in lowered)
    found = next((one for one in kept if one is not None), None)
    if found is None:
        found = next((one for one in same if one is not None and not own_id(platform, one)), None)
    return found


def identify(company: Company, platform: str, *ids: str) -> Staff | None:
    """The active colleague with one of these ids on `platform`, or None: a stranger, or somebody who left."""
    found = anybody(company, platform, *ids)
    return found if found is not None and found.active else None


def as_registered(company: Company, register: Register) -> Company:
    """The company with the ids that people have bound and the doors they prefer.

    The table of staff wins: where it has an id for that person, or gives this id to somebody, the binding is idle.
    """
    staff = dict(company.catalogue.staff)
    for binding in register.bindings:
        person = staff.get(binding.person)
        if person is not None and holds(company, binding):
            bound: dict[str, Any] = {COLUMNS[binding.platform]: binding.written}
            staff[person.user_id] = replace(person, **bound)
    for said in register.preferences:
        person = staff.get(said.person)
        if person is not None:
            staff[person.user_id] = replace(person, door=said.door)
    return replace(company, catalogue=replace(company.catalogue, staff=staff), register=register.version)


def holds(company: Company, binding: Binding) -> bool:
    """False where the table of staff says otherwise by now; `company` is as its table says."""
    person = company.staff(binding.person)
    column = COLUMNS.get(binding.platform, "")
    return (
        person is not None
        and binding.platform in BOUND_ON
        and not own_id(binding.platform, person)
        and (column, binding.account) not in company.catalogue.accounts
    )
