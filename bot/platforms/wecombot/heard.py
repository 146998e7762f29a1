"""What an AI bot hears, from the platform's JSON. The same for callbacks and for the long connection. Pure.

https://developer.work.weixin.qq.com/document/path/100719 (messages), 101027 (events)
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from bot.platforms.base import Rejected
from bot.platforms.wecombot import speech
from bot.platforms.wecombot.bot import AiBot

PRESSED = "template_card_event"
ENTERED = "enter_chat"
KEY = re.compile(r"[\x21-\x7e]{1,128}")


@dataclass(frozen=True, slots=True)
class Heard:
    """One callback. `chat` is the group's id, empty in a 1:1 chat; `sender` is as the platform wrote it.

    `kind` is `text`, `image`, `event:enter_chat`, …; a press on the card `task` says its words as a text.
    `stream` names the answer that the platform asks for once more. `response_url` opens a door: never shown or kept.
    """

    id: str
    sender: str
    kind: str
    words: str = ""
    chat: str = ""
    task: str = ""
    stream: str = ""
    at: datetime | None = None
    response_url: str = field(default="", repr=False)

    @property
    def pressed(self) -> bool:
        """True for a press on a card."""
        return bool(self.task)


def hear(document: Mapping[str, Any], bot: AiBot) -> Heard:
    """The callback inside this JSON, or raise `Rejected`; every type and event has one, also those nobody knows."""
    if (named := _text(document, "aibotid")) not in {"", bot.bot_id}:
        raise Rejected(f"for bot {named[:40]}, not ours")
    found = Heard(
        id=_id(document),
        sender=_sender(document, bot),
        kind=_text(document, "msgtype").strip(),
        chat=_text(document, "chatid") if _text(document, "chattype") == "group" else "",
        at=_moment(document),
        response_url=_text(document, "response_url"),
    )
    if not found.kind:
        raise Rejected("no msgtype")
    if found.kind == "stream":
        return replace(found, stream=_text(_inside(document, "stream"), "id"))
    return _event(found, document) if found.kind == "event" else _message(found, document, bot)


def _message(found: Heard, document: Mapping[str, Any], bot: AiBot) -> Heard:
    words = speech.words_of(document)
    if words is None:
        return (
            found  # pictures and files; a file's address is `document["file"]["url"]`, good for five minutes
        )
    said = speech.without_mention(words, bot.name) if found.chat else words.strip()
    about = speech.words_of(_inside(document, "quote"))
    return replace(found, kind="text", words=speech.with_quote(said, about or ""))


def _event(found: Heard, document: Mapping[str, Any]) -> Heard:
    event = _inside(document, "event")
    name = _text(event, "eventtype")
    if name != PRESSED:
        return replace(found, kind=f"event:{name[:40]}")
    # The documents put the fields into an object of the event's name, the platform's own library beside it.
    inner = _inside(event, PRESSED) or event
    words, task = _text(inner, "event_key"), _text(inner, "task_id")
    if not words.strip() or not task:
        return replace(found, kind=f"event:{PRESSED}")
    return replace(found, kind="text", words=words, task=task)


def _id(document: Mapping[str, Any]) -> str:
    said = _text(document, "msgid").strip()
    if not KEY.fullmatch(said):
        raise Rejected("no msgid")
    return said


def _sender(document: Mapping[str, Any], bot: AiBot) -> str:
    """Whoever is of another corp is told apart from a colleague with the same id."""
    who = _inside(document, "from")
    user_id, corp_id = _text(who, "userid").strip()[:128], _text(who, "corpid").strip()[:128]
    return f"{corp_id}/{user_id}" if corp_id and corp_id != bot.corp_id else user_id


def _moment(document: Mapping[str, Any]) -> datetime | None:
    seconds = document.get("create_time")
    if isinstance(seconds, bool) or not isinstance(seconds, int) or not 0 < seconds < 1 << 35:
        return None
    return datetime.fromtimestamp(seconds, UTC)


def _inside(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = document.get(name)
    return inner if isinstance(inner, dict) else {}


def _text(document: Mapping[str, Any], name: str) -> str:
    said = document.get(name)
    return said if isinstance(said, str) else ""
