"""What DingTalk says to a message, from HTTP and Stream alike. Pure.

https://open.dingtalk.com/document/orgapp/receive-message
"""

import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bot.platforms.base import Rejected
from bot.platforms.dingtalk import fields
from bot.platforms.dingtalk.app import DingTalkApp
from domain.ports import MessageKey
from handlers.message import Message

KINDS = {"picture": "image", "audio": "voice"}
"""Of a file `downloadCode` and `fileName` stand in `content`: whoever reads files begins there."""
OVERHEARD = "event:overheard"
"""Said in a group to others: not for us."""
MARGIN = timedelta(minutes=5)
"""So long before its end an address to answer at is used no more."""
GROUP = "2"
STRANGER = "?"
"""Before the id of somebody who is no member of the company: what they are called elsewhere is nobody here."""
BLANKS = " \t\r\n\u00a0\u2005\u200b"
MENTION = re.compile(r"@[^\s@]+[\s\u2005]*")


@dataclass(frozen=True, slots=True)
class Line:
    """Where one message can be answered for a while. Who has the address can speak there."""

    webhook: str = field(repr=False)
    until: datetime

    def open(self, at: datetime) -> bool:
        """True while it can be counted on."""
        return at < self.until - MARGIN


@dataclass(frozen=True, slots=True)
class Said(Message):
    """A message with the line to answer it on, and whoever spoke as DingTalk writes them; presses have no line."""

    line: Line | None = None
    staff_id: str = ""


class DingTalkCodec:
    """Messages to one app. `place_of` gives the company's key of a group, or its id."""

    def __init__(self, app: DingTalkApp, place_of: Callable[[str], str]) -> None:
        self._app = app
        self._place_of = place_of

    def said(self, document: Mapping[str, object], at: datetime) -> Said:
        """The message that a person wrote; raises `Rejected` for what is none, or not to this robot."""
        robot = fields.text(document, "robotCode")
        if robot and robot not in (self._app.robot, self._app.app_key):
            raise Rejected("for another robot")
        chat = self._chat(document)
        kind, words = _content(document)
        if chat and not _addressed(document):
            kind, words = OVERHEARD, ""
        return Said(
            MessageKey("dingtalk", self._app.name, _key(document)),
            _sender(document),
            _unmentioned(words, document) if chat else words.strip(BLANKS),
            _moment(document, at),
            place=self._place_of(chat) if chat else "",
            kind=kind,
            chat=chat,
            called=True,
            line=_line(document),
            as_written=_as_written(document),
            staff_id=fields.text(document, "senderStaffId").strip(),
        )

    @staticmethod
    def _chat(document: Mapping[str, object]) -> str:
        if fields.text(document, "conversationType") != GROUP:
            return ""
        chat = fields.text(document, "conversationId")
        if not chat:
            raise Rejected("a group without an id")
        return chat


def _key(document: Mapping[str, object]) -> str:
    if not (said := fields.text(document, "msgId")):
        raise Rejected("no msgId")
    return said if len(said) <= 64 else hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()


def _sender(document: Mapping[str, object]) -> str:
    """The person's id in our company. Ids of another company may be the same and are somebody else."""
    ours, theirs = fields.text(document, "chatbotCorpId"), fields.text(document, "senderCorpId")
    staff = fields.text(document, "senderStaffId").strip()
    if staff and (not ours or not theirs or ours == theirs):
        return staff.lower()
    known = fields.text(document, "senderId") or fields.text(document, "senderNick")
    if not known and not staff:
        raise Rejected("no sender")
    return STRANGER + (known or staff).lower()


def _as_written(document: Mapping[str, object]) -> str:
    """Our own people's id with its capitals; of another company's nothing, since the same id may be one of ours."""
    staff = fields.text(document, "senderStaffId").strip()
    return staff if _sender(document) == staff.lower() else ""


def _content(document: Mapping[str, object]) -> tuple[str, str]:
    """The kind and the words; where there are words of any kind, it is a text."""
    kind = fields.text(document, "msgtype")
    if not kind:
        raise Rejected("no msgtype")
    content = fields.mapping(document, "content")
    words = {
        "text": lambda: fields.text(fields.mapping(document, "text") or content, "content"),
        "richText": lambda: _rich(fields.rows(content, "richText")),
        "audio": lambda: fields.text(content, "recognition"),
    }.get(kind, str)()
    if kind == "richText" and not words.strip(BLANKS):
        return "image", ""
    return ("text" if kind in {"text", "richText"} or words.strip() else KINDS.get(kind, kind)), words


def _rich(parts: Sequence[Mapping[str, object]]) -> str:
    """The words of a mixed message; a picture between them ends a line."""
    return "".join(fields.text(part, "text") or "\n" for part in parts)


def _addressed(document: Mapping[str, object]) -> bool:
    """True unless DingTalk says that the robot was not called."""
    return document.get("isInAtList") is not False or any(
        _is_robot(one, document) for one in fields.rows(document, "atUsers")
    )


def _is_robot(called: Mapping[str, object], document: Mapping[str, object]) -> bool:
    robot = fields.text(document, "chatbotUserId")
    return bool(robot) and fields.text(called, "dingtalkId") == robot


def _unmentioned(words: str, document: Mapping[str, object]) -> str:
    """Without the call of the robot, which DingTalk mostly has taken out already.

    What it is called here nobody tells us. But when the ids say that only the robot was called, the call that the
    words begin with is its.
    """
    robot = fields.text(document, "chatbotUserId")
    if robot:
        words = words.replace(f"@{robot}", " ")
    words = words.strip(BLANKS)
    called = fields.rows(document, "atUsers")
    if called and all(_is_robot(one, document) for one in called) and (found := MENTION.match(words)):
        words = words[found.end() :]
    return words.strip(BLANKS)


def _moment(document: Mapping[str, object], at: datetime) -> datetime:
    """When it was said; the moment it came, where DingTalk does not say."""
    return _from_milliseconds(document.get("createAt")) or at


def _line(document: Mapping[str, object]) -> Line | None:
    webhook = fields.text(document, "sessionWebhook")
    until = _from_milliseconds(document.get("sessionWebhookExpiredTime"))
    return Line(webhook, until) if webhook and until else None


def _from_milliseconds(said: object) -> datetime | None:
    if not re.fullmatch(r"[0-9]{12,14}", str(said), re.ASCII):
        return None
    return datetime.fromtimestamp(int(str(said)) / 1000, UTC)
