"""The department groups, who belongs to each, and how it is reached."""

from collections.abc import Collection, Mapping

from bot.company.models import CompanyModel, GroupModel, WayModel
from bot.company.problems import Findings, nearest
from bot.company.yaml_text import YamlText
from bot.reach import FROM_ENVIRONMENT
from domain.catalogue import Staff
from domain.company import Group, Way

WEBHOOKS = ("wecom-robot", "dingtalk-robot", "feishu-robot")
CHATS = ("wecom-appchat", "wecom-bot", "dingtalk-group", "feishu-chat")
WAYS = ("console", *WEBHOOKS, *CHATS)
PEOPLE_WAYS = ("console", "wecom", "wecom-bot", "dingtalk", "feishu")


def groups_of(
    model: CompanyModel, said: YamlText, staff: Mapping[str, Staff], findings: Findings
) -> Mapping[str, Group]:
    """Every group with its members; unknown people, unknown ways and groups nobody can reach are noted."""
    return {
        key: Group(
            key, group.name, _ways(key, group, said, findings), _members(key, group, said, staff, findings)
        )
        for key, group in model.groups.items()
    }


def people_ways_of(model: CompanyModel, said: YamlText, findings: Findings) -> tuple[str, ...]:
    """The platforms on which a person is looked for, in this order."""
    for place, kind in enumerate(model.people):
        if kind not in PEOPLE_WAYS:
            hint = nearest(kind, PEOPLE_WAYS) or ", ".join(PEOPLE_WAYS)
            findings.error(said.file, said.line("people", place), "way_unknown", kind=kind, nearest=hint)
    return tuple(dict.fromkeys(model.people))


def group_unknown(
    said: YamlText, place: tuple[str | int, ...], group: str, known: Collection[str], findings: Findings
) -> None:
    """Note that somewhere a group is named that the company does not have."""
    hint = nearest(group, known) or ", ".join(known)
    findings.error(said.file, said.line(*place), "group_unknown", group=group, nearest=hint)


def _ways(key: str, group: GroupModel, said: YamlText, findings: Findings) -> tuple[Way, ...]:
    if not group.ways:
        findings.error(said.file, said.line("groups", key), "group_without_way", group=key)
    ways: list[Way] = []
    for place, way in enumerate(group.ways):
        line = said.line("groups", key, "ways", place)
        if way.kind not in WAYS:
            hint = nearest(way.kind, WAYS) or ", ".join(WAYS)
            findings.error(said.file, line, "way_unknown", kind=way.kind, nearest=hint)
        elif (address := _address(way)) is None:
            needs = "webhook_env" if way.kind in WEBHOOKS else "chat" if way.kind in CHATS else "-"
            findings.error(said.file, line, "way_address", kind=way.kind, needs=needs)
        else:
            ways.append(Way(way.kind, address))
    return tuple(ways)


def _address(way: WayModel) -> str | None:
    """What the way needs and nothing else, or None."""
    if way.kind in WEBHOOKS:
        return f"{FROM_ENVIRONMENT}{way.webhook_env}" if way.webhook_env and not way.chat else None
    if way.kind in CHATS:
        return way.chat if way.chat and not way.webhook_env else None
    return None if way.chat or way.webhook_env else ""


def _members(
    key: str, group: GroupModel, said: YamlText, staff: Mapping[str, Staff], findings: Findings
) -> tuple[str, ...]:
    listed = [member.lower() for member in group.members]
    for place, member in enumerate(listed):
        if member not in staff:
            line = said.line("groups", key, "members", place)
            findings.error(said.file, line, "staff_unknown", user=member, nearest=nearest(member, staff))
    for place, department in enumerate(group.departments):
        if all(person.department != department for person in staff.values()):
            line = said.line("groups", key, "departments", place)
            findings.error(said.file, line, "department_unknown", department=department)
    belong = [
        person.user_id
        for person in staff.values()
        if person.active
        and (
            person.user_id in listed
            or person.department in group.departments
            or person.roles.intersection(group.roles)
        )
    ]
    if staff and not belong:
        findings.warn(said.file, said.line("groups", key), "group_empty", group=key)
    return tuple(belong)
