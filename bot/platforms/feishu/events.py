"""An event's JSON to what was said or pressed. Pure; what comes in here is known to be genuine.

https://open.feishu.cn/document/server-docs/im-v1/message/events/receive (messages),
https://open.feishu.cn/document/feishu-cards/card-callback-communication (cards)
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.platforms.base import Rejected
from bot.platforms.feishu import content

MESSAGE = "im.message.receive_v1"
PRESS = "card.action.trigger"
LONGEST_KEY = 128

Document = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Event:
    """The envelope, version 2. `tenant` is the company whose app this is."""

    id: str
    kind: str
    tenant: str
    at: datetime
    body: Document


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody under all the names that Feishu gives them here; `open_id` is there always, and of our app alone."""

    open_id: str
    others: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """All of them."""
        return (self.open_id, *self.others)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A message; `text` still has the keys of `mentions` where somebody is called."""

    id: str
    person: Person
    kind: str
    text: str
    at: datetime
    chat: str
    group: bool
    mentions: tuple[content.Mention, ...] = ()

    def calls(self, open_id: str) -> bool:
        """True when this one is mentioned."""
        return any(mention.open_id == open_id for mention in self.mentions)

    def words(self, bot: str) -> str:
        """The text as it was meant: without the mention of the bot, others by their names."""
        return content.named(self.text, self.mentions, bot)


@dataclass(frozen=True, slots=True)
class Pressed:
    """A button; `say` is empty where it is none of ours. `alone` says that the card stands in a 1:1 chat."""

    id: str
    person: Person
    say: str
    alone: bool
    at: datetime
    chat: str
    card: str


def event(document: Document, app_id: str) -> Event | None:
    """The event; None for one of the old form, which nobody of ours subscribes to. Raises `Rejected`."""
    header = document.get("header")
    if not isinstance(header, Mapping):
        if document.get("type") == "event_callback":
            return None
        raise Rejected("no header")
    if _text(header, "app_id") not in {"", app_id}:
        raise Rejected("for another app")
    said = Event(
        _key(_text(header, "event_id")),
        _text(header, "event_type"),
        _text(header, "tenant_key"),
        moment(_text(header, "create_time")),
        _inner(document, "event"),
    )
    if not said.id or not said.kind:
        raise Rejected("no event_id or event_type")
    return said


def spoken(said: Event) -> Spoken | None:
    """The message, or None when a bot wrote it: two that answer each other never end."""
    sender, message = _inner(said.body, "sender"), _inner(said.body, "message")
    if _text(sender, "sender_type") not in {"", "user"}:
        return None
    mentions = content.mentions(message.get("mentions"))
    kind, text = content.said(_text(message, "message_type"), _text(message, "content"))
    return Spoken(
        id=_key(_text(message, "message_id")) or said.id,
        person=_person(_inner(sender, "sender_id"), _text(sender, "tenant_key"), said.tenant),
        kind=kind,
        text=text,
        at=moment(_text(message, "create_time")),
        chat=_text(message, "chat_id"),
        group=_text(message, "chat_type") != "p2p",
        mentions=mentions,
    )


def pressed(said: Event) -> Pressed:
    """The press. Who did it is what the platform says; the button only says what."""
    operator, context = _inner(said.body, "operator"), _inner(said.body, "context")
    value = _value(_inner(said.body, "action").get("value"))
    return Pressed(
        id=said.id,
        person=_person(operator, _text(operator, "tenant_key"), said.tenant),
        say=_text(value, "say"),
        alone=value.get("alone") is True,
        at=said.at,
        chat=_text(context, "open_chat_id"),
        card=_text(context, "open_message_id"),
    )


def moment(said: str) -> datetime:
    """Milliseconds, of cards microseconds, of old events seconds: told apart by their size. Raises `Rejected`."""
    if not (said.isascii() and said.isdigit() and len(said) <= 17):
        raise Rejected("a time that is no number")
    number = int(said)
    seconds = number / 1e6 if number >= 10**14 else number / 1e3 if number >= 10**11 else float(number)
    return datetime.fromtimestamp(seconds, UTC)


def _person(ids: Document, tenant: str, home: str) -> Person:
    """A user_id is unique within one company only: that of a guest from another one could be anybody's here."""
    open_id = _text(ids, "open_id")
    if not open_id:
        raise Rejected("nobody's")
    names = ["union_id"] if tenant and home and tenant != home else ["union_id", "user_id"]
    return Person(open_id, tuple(filter(None, (_text(ids, name) for name in names))))


def _value(said: object) -> Document:
    """What stands behind a button: an object, or one as a text."""
    if isinstance(said, str):
        try:
            said = json.loads(said)
        except (ValueError, RecursionError):
            return {}
    return said if isinstance(said, Mapping) else {}


def _inner(document: Document, name: str) -> Document:
    inner = document.get(name)
    return inner if isinstance(inner, Mapping) else {}


def _text(document: Document, name: str) -> str:
    said = document.get(name)
    return said.strip() if isinstance(said, str) else str(said) if isinstance(said, int) else ""


def _key(said: str) -> str:
    return said[:LONGEST_KEY]
