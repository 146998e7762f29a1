"""What WeCom's server API does with a message before anybody sees it. No sockets.

Limits and codes: https://developer.work.weixin.qq.com/document/path/90236; robots 91770, codes 90313
"""

import base64
import hashlib
import re
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace

APP_LIMIT = 2048
ROBOT_LIMIT = 4096
IMAGE_LIMIT = 2 * 1024 * 1024
PER_USER = 30
PER_ROBOT = 20
BAN = 60.0
TASK_ID = re.compile(r"[0-9A-Za-z_\-@]{1,128}")
ESCAPED = re.compile(rb"(?<!\\)(?:\\\\)*\\u[0-9a-fA-F]{4}")
MENTION = re.compile(r"<@([^>\s]+)>")

Document = Mapping[str, object]


class Refused(Exception):
    """The API answers with this code."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class AppMessage:
    """What one person sees from the app."""

    user: str
    kind: str
    text: str
    card: Document | None = None

    def labels(self) -> list[str]:
        """What stands on the buttons."""
        return list(self._keys())

    def key_of(self, label: str) -> str:
        """The key behind the button with this label."""
        keys = self._keys()
        assert label in keys, f"no button {label} on {self}"
        return keys[label]

    def _keys(self) -> dict[str, str]:
        buttons = (self.card or {}).get("button_list")
        return {button["text"]: button["key"] for button in buttons} if isinstance(buttons, list) else {}


@dataclass(frozen=True, slots=True)
class GroupMessage:
    """What a group sees from its robot."""

    robot: str
    kind: str
    text: str
    mentions: tuple[str, ...] = ()
    at: float = 0.0
    image: bytes = field(default=b"", repr=False)


@dataclass
class Inbox:
    """Everything delivered. `members` None: everybody exists; `clock` gives seconds that only grow.

    `unlicensed` people get nothing, and WeCom says so beside errcode 0. A robot that says more than 20 within any
    minute is refused for a minute from then on, whatever it sends; `penalties` counts how often that began.
    """

    agent_id: int
    clock: Callable[[], float]
    members: Collection[str] | None = None
    robots: Collection[str] | None = None
    chats: Collection[str] | None = None
    unlicensed: set[str] = field(default_factory=set)
    app: list[AppMessage] = field(default_factory=list)
    groups: list[GroupMessage] = field(default_factory=list)
    chat: list[GroupMessage] = field(default_factory=list)
    dropped: list[AppMessage] = field(default_factory=list)
    penalties: list[str] = field(default_factory=list)
    _banned: dict[str, float] = field(default_factory=dict)
    _seen: dict[bytes, float] = field(default_factory=dict)
    _tasks: set[str] = field(default_factory=set)
    _times: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def take_app(self, raw: bytes, document: Document) -> Document:
        """`message/send`."""
        _real_utf8(raw)
        if document.get("agentid") != self.agent_id:
            raise Refused(40056, "invalid agentid")
        asked = [user.lower() for user in str(document.get("touser", "")).split("|") if user]
        known = [user for user in asked if self._exists(user)]
        if not known:
            raise Refused(81013, "user & party & tag all invalid")
        seen = [_app_message(user, document) for user in known if user not in self.unlicensed]
        if not self._repeated(raw, document):
            self._once(document)
            for message in seen:
                self._deliver(message)
        return {
            "errcode": 0,
            "errmsg": "ok",
            "invaliduser": "|".join(user for user in asked if user not in known),
            "unlicenseduser": "|".join(user for user in known if user in self.unlicensed),
            "msgid": f"m{len(self.app)}",
        }

    def take_robot(self, key: str, raw: bytes, document: Document) -> Document:
        """`webhook/send`."""
        _real_utf8(raw)
        if self.robots is not None and key not in self.robots:
            raise Refused(93000, "invalid webhook url")
        message = _group_message(key, document)
        self._bear(key)
        self.groups.append(replace(message, at=self.clock()))
        return {"errcode": 0, "errmsg": "ok"}

    def take_chat(self, raw: bytes, document: Document) -> Document:
        """`appchat/send`: no cards, and words are cut without a word."""
        _real_utf8(raw)
        chat = str(document.get("chatid", ""))
        if self.chats is not None and chat not in self.chats:
            raise Refused(86008, "chat not created by this app")
        kind = str(document.get("msgtype"))
        if kind not in {"text", "markdown"}:
            raise Refused(40008, "invalid message type")
        cut = _content(document, kind).encode()[:APP_LIMIT].decode(errors="ignore")
        mentioned = tuple(user.lower() for user in MENTION.findall(cut))
        self.chat.append(GroupMessage(chat, kind, cut, mentioned, self.clock()))
        return {"errcode": 0, "errmsg": "ok"}

    def _bear(self, robot: str) -> None:
        now = self.clock()
        if self._banned.get(robot, now) <= now and self._within(f"robot:{robot}", PER_ROBOT):
            return
        if self._banned.get(robot, now) <= now:
            self.penalties.append(robot)
            self._banned[robot] = now + BAN
        raise Refused(45009, "api freq out of limit")

    def _exists(self, user: str) -> bool:
        return self.members is None or user in {member.lower() for member in self.members}

    def _deliver(self, message: AppMessage) -> None:
        fits = self._within(f"user:{message.user}", PER_USER)
        (self.app if fits else self.dropped).append(message)  # WeCom says nothing when it drops

    def _within(self, who: str, most: int) -> bool:
        times, now = self._times[who], self.clock()
        while times and times[0] <= now - 60:
            times.popleft()
        if len(times) >= most:
            return False
        times.append(now)
        return True

    def _repeated(self, raw: bytes, document: Document) -> bool:
        """True when the same bytes came within the interval."""
        if not document.get("enable_duplicate_check"):
            return False
        interval = int(str(document.get("duplicate_check_interval", 1800)))
        before, self._seen[raw] = self._seen.get(raw), self.clock()
        return before is not None and self.clock() - before < min(interval, 14400)

    def _once(self, document: Document) -> None:
        card = document.get("template_card")
        if isinstance(card, Mapping) and "task_id" in card:
            if card["task_id"] in self._tasks:
                raise Refused(42014, "invalid task_id")
            self._tasks.add(str(card["task_id"]))


def _real_utf8(raw: bytes) -> None:
    if ESCAPED.search(raw):
        raise Refused(40033, "invalid charset, \\u escapes are not supported")


def _content(document: Document, kind: str) -> str:
    part = document.get(kind)
    content = part.get("content") if isinstance(part, Mapping) else None
    if not isinstance(content, str) or not content.strip():
        raise Refused(44004, f"empty content of {kind}")
    return content


def _app_message(user: str, document: Document) -> AppMessage:
    kind = str(document.get("msgtype"))
    if kind == "template_card":
        card = _checked_card(document.get(kind))
        return AppMessage(user, kind, f"{_title(card)}\n{card.get('sub_title_text', '')}", card)
    if kind not in {"text", "markdown"}:
        raise Refused(40008, "invalid message type")
    cut = _content(document, kind).encode()[:APP_LIMIT]
    return AppMessage(user, kind, cut.decode(errors="ignore"))


def _title(card: Document) -> object:
    title = card.get("main_title")
    return title.get("title", "") if isinstance(title, Mapping) else ""


def _checked_card(card: object) -> Document:
    """The card, or the code for what is wrong with it."""
    if not isinstance(card, Mapping) or card.get("card_type") != "button_interaction":
        raise Refused(40058, "template_card: only button_interaction is known here")
    if not TASK_ID.fullmatch(str(card.get("task_id", ""))):
        raise Refused(42014, "invalid task_id")
    buttons = card.get("button_list")
    if not isinstance(buttons, list) or not 1 <= len(buttons) <= 6:
        raise Refused(42045, "button_list must have 1 to 6 buttons")
    if any(not button.get("text") or not 0 < len(button["key"].encode()) <= 1024 for button in buttons):
        raise Refused(42045, "button without text, or key over 1024 bytes")
    if not _title(card) and not card.get("sub_title_text"):
        raise Refused(42045, "title missing")
    return card


def _image(said: object) -> bytes:
    if not isinstance(said, Mapping):
        raise Refused(44004, "empty image")
    image = base64.b64decode(str(said.get("base64", "")), validate=True)
    if not 0 < len(image) <= IMAGE_LIMIT or not image.startswith((b"\x89PNG", b"\xff\xd8")):
        raise Refused(40009, "invalid image size")
    if said.get("md5") != hashlib.md5(image, usedforsecurity=False).hexdigest():
        raise Refused(301019, "invalid file md5")
    return image


def _group_message(key: str, document: Document) -> GroupMessage:
    kind = str(document.get("msgtype"))
    if kind == "image":
        return GroupMessage(key, kind, "", image=_image(document.get(kind)))
    if kind not in {"text", "markdown"}:
        raise Refused(40008, "invalid message type")
    content = _content(document, kind)
    limit = APP_LIMIT if kind == "text" else ROBOT_LIMIT
    if len(content.encode()) > limit:
        raise Refused(40058, f"{kind}.content exceed max length {limit}")
    return GroupMessage(key, kind, content, tuple(user.lower() for user in MENTION.findall(content)))
