"""What the console sends out, as JSON."""

from collections.abc import Mapping
from datetime import datetime

from bot.platforms.console import pictures
from bot.platforms.console.examples import examples
from domain.catalogue import Staff
from domain.company import Company
from domain.ports import MessageKey
from domain.sending import FeedItem
from handlers.message import Reply

_SEE_ALL_GROUPS = frozenset({"manager", "process_owner", "admin"})


def local_time(at: datetime, company: Company) -> str:
    """The moment as people at the company read it, with its offset."""
    return at.astimezone(company.calendar.zone).isoformat(timespec="seconds")


def said(reply: Reply, key: MessageKey) -> Mapping[str, object]:
    """The answer to what was said with this key; an empty text is no answer."""
    buttons = [{"label": button.label, "say": button.say} for button in reply.buttons]
    return {
        "reply": {"text": reply.text, "buttons": buttons, **pictures.of_reply(reply.charts, key)}
        if reply.text
        else None,
        "order": None if reply.order is None else str(reply.order),
    }


def pushed(item: FeedItem, company: Company) -> Mapping[str, object]:
    """One push."""
    return {
        "seq": item.seq,
        "at": local_time(item.at, company),
        "to": item.to,
        "text": item.text,
        "mentions": list(item.mentions),
        "buttons": [{"label": label, "say": say} for label, say in item.buttons],
        **pictures.of_push(item),
        "replaces": item.replaces,
    }


def state(company: Company, now: datetime) -> Mapping[str, object]:
    """Who is here, which groups there are, and what time it is."""
    people = [staff for staff in company.catalogue.staff.values() if staff.active]
    return {
        "now": local_time(now, company),
        "people": [_person(staff, company) for staff in people],
        "groups": [
            {"key": group.key, "name": group.name, "members": list(group.members)}
            for group in company.groups.values()
        ],
    }


def _person(staff: Staff, company: Company) -> Mapping[str, object]:
    sees_all = bool(staff.roles & _SEE_ALL_GROUPS)
    named = {role: name for role, name in company.workflow.roles.items() if role in staff.roles}
    return {
        "user_id": staff.user_id,
        "name": staff.name,
        "department": staff.department,
        "roles": sorted(staff.roles),
        "role_names": list(named.values()),
        "groups": [
            key for key, group in company.groups.items() if sees_all or staff.user_id in group.members
        ],
        "examples": list(examples(staff, company)),
    }
