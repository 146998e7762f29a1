"""What DingTalk does with a message before anybody sees it. No sockets.

Limits and codes: robots custom-robots-send-group-messages; cards create-and-deliver-cards.
"""

import json
import re
from collections import defaultdict, deque
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

PARAM_LIMIT = 15_000
BODY_LIMIT = 20_000
VALUE_LIMIT = 1024
KEY_LIMIT = 100
PER_MINUTE = 20
MUTE = 600.0
CALL = re.compile(r"@([A-Za-z0-9_.\-]+)")
MESSAGE_KINDS = {"text", "markdown", "link", "actionCard", "feedCard"}

Document = Mapping[str, object]


class Refused(Exception):
    """An old call answers with this code."""

    def __init__(self, code: int | str, message: str) -> None:
        super().__init__(message)
        self.code = code


class Failed(Exception):
    """A new call answers 400 (or the status given) with this word."""

    def __init__(self, word: str, status: int = 400) -> None:
        super().__init__(word)
        self.status = status


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that a group or a person sees. `to` is a conversation, a user id, or a custom robot's token."""

    to: str
    by: str
    text: str
    title: str = ""
    mentions: tuple[str, ...] = ()


@dataclass
class Card:
    """A card that lies in a group or a chat, as it looks now; `private` is what one person sees of it otherwise."""

    id: str
    to: str
    template: str
    callback: str
    route: str
    values: dict[str, str]
    mentions: tuple[str, ...] = ()
    private: dict[str, dict[str, str]] = field(default_factory=dict)

    def labels(self) -> list[str]:
        """What stands on the buttons that can be pressed."""
        if self.values.get("state") != "open":
            return []
        return [self.values[f"label{n}"] for n in range(1, 7) if self.values.get(f"label{n}")]

    def press(self, label: str) -> Document:
        """What the template sends when the button with this label is pressed."""
        assert label in self.labels(), f"no button {label} on {self}"
        number = next(n for n in range(1, 7) if self.values.get(f"label{n}") == label)
        params = {"say": self.values[f"say{number}"], "chat": self.values.get("chat", "")}
        return {"cardPrivateData": {"actionIds": [f"button{number}"], "params": params}}

    @property
    def text(self) -> str:
        """All words on it."""
        return "\n".join(self.values[f"body{n}"] for n in range(1, 5) if self.values.get(f"body{n}"))


@dataclass
class Inbox:
    """Everything delivered. `members`, `groups` None: everybody and every group exists; `clock` gives seconds.

    `flow_controlled` people get nothing, and DingTalk says so in a success. A custom robot that says more than 20 within
    any minute is mute for ten.
    """

    clock: Callable[[], float]
    robot: str
    members: Collection[str] | None = None
    groups: Collection[str] | None = None
    templates: Collection[str] = ()
    flow_controlled: set[str] = field(default_factory=set)
    shown: list[Shown] = field(default_factory=list)
    cards: dict[str, Card] = field(default_factory=dict)
    keywords: dict[str, tuple[str, ...]] = field(default_factory=dict)
    penalties: list[str] = field(default_factory=list)
    _muted: dict[str, float] = field(default_factory=dict)
    _times: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def said_in(self, place: str) -> list[str]:
        """The words that a place has seen, cards included, oldest first."""
        return [one.text for one in self.shown if one.to == place]

    def group_send(self, document: Document) -> Document:
        """`groupMessages/send`: it calls nobody."""
        self._own(document)
        group = str(document.get("openConversationId", ""))
        if self.groups is not None and group not in self.groups:
            raise Failed("resource.not.found")
        self.shown.append(_by_param(group, document))
        return {"processQueryKey": f"p{len(self.shown)}"}

    def person_send(self, document: Document) -> Document:
        """`oToMessages/batchSend`: a success names whom it did not reach."""
        self._own(document)
        asked = document.get("userIds")
        if not isinstance(asked, list) or not 0 < len(asked) <= 20:
            raise Failed("param.error")
        lost = [user for user in asked if self.members is not None and user not in self.members]
        slow = [user for user in asked if user in self.flow_controlled]
        self.shown += [_by_param(user, document) for user in asked if user not in (*lost, *slow)]
        return {
            "processQueryKey": f"p{len(self.shown)}",
            "invalidStaffIdList": lost,
            "flowControlledStaffIdList": slow,
        }

    def robot_send(self, token: str, raw: bytes, document: Document) -> Document:
        """`robot/send`: the same msgUuid is shown once."""
        said = _by_kind(token, "robot", raw, document)
        words = self.keywords.get(token, ())
        if words and not any(word in said.text for word in words):
            raise Refused(310000, "keywords not in content, more: [https://ding-doc.example]")
        self._bear(token)
        uuid = str(document.get("msgUuid", ""))
        if not uuid or (token, uuid) not in self._seen:
            self._seen.add((token, uuid))
            self.shown.append(said)
        return {"errcode": 0, "errmsg": "ok"}

    def session_send(self, place: str, raw: bytes, document: Document) -> Document:
        """What an address that came with a message takes."""
        self.shown.append(_by_kind(place, "session", raw, document))
        return {"errcode": 0, "errmsg": "ok"}

    def create_card(self, document: Document) -> Document:
        """`createAndDeliver`: the same outTrackId again has no effect."""
        if document.get("cardTemplateId") not in self.templates:
            raise Failed("param.templateNotExist")
        track = str(document.get("outTrackId", ""))
        kind, _, place = str(document.get("openSpaceId", "")).removeprefix("dtv1.card//").partition(".")
        deliver = document.get("imGroupOpenDeliverModel" if kind == "IM_GROUP" else "imRobotOpenDeliverModel")
        if not track or kind not in {"IM_GROUP", "IM_ROBOT"} or not isinstance(deliver, Mapping):
            raise Failed("param.error")
        self._own(deliver)
        self._exists(kind, place)
        called = deliver.get("atUserIds", {})
        if track not in self.cards:
            self.cards[track] = Card(
                track,
                place,
                str(document["cardTemplateId"]),
                str(document.get("callbackType")),
                str(document.get("callbackRouteKey", "")),
                dict(_values(document)),
                tuple(called) if isinstance(called, Mapping) else (),
            )
            self.shown.append(
                Shown(place, "card", self.cards[track].text, mentions=self.cards[track].mentions)
            )
        return {"success": True, "result": {"outTrackId": track, "deliverResults": [{"success": True}]}}

    def change_card(self, document: Document) -> Document:
        """`PUT card/instances`: without the by-key option every other variable is gone."""
        card = self.cards.get(str(document.get("outTrackId")))
        if card is None:
            raise Failed("param.cardNotExist")
        options = document.get("cardUpdateOptions")
        if not (isinstance(options, Mapping) and options.get("updateCardDataByKey")):
            card.values.clear()
        card.values |= _values(document)
        return {"success": True}

    def _own(self, document: Document) -> None:
        if document.get("robotCode") != self.robot:
            raise Failed("robot.notExist")

    def _exists(self, kind: str, place: str) -> None:
        known = self.groups if kind == "IM_GROUP" else self.members
        if known is not None and place not in known:
            raise Failed("param.spaceNotExist")

    def _bear(self, robot: str) -> None:
        now, times = self.clock(), self._times[robot]
        while times and times[0] <= now - 60:
            times.popleft()
        if self._muted.get(robot, now) > now:
            raise Refused(410100, "send too fast")
        if len(times) >= PER_MINUTE:
            self.penalties.append(robot)
            self._muted[robot] = now + MUTE
            raise Refused(410100, "send too fast")
        times.append(now)


def _values(document: Document) -> dict[str, str]:
    data = document.get("cardData")
    values = data.get("cardParamMap") if isinstance(data, Mapping) else None
    if not isinstance(values, dict):
        raise Failed("param.error")
    for name, value in values.items():
        if not isinstance(value, str):
            raise Failed("param.cardDataError")
        if len(name.encode()) > KEY_LIMIT or len(value.encode()) > VALUE_LIMIT:
            raise Failed("param.cardDataTooLong")
    return values


def _by_param(to: str, document: Document) -> Shown:
    said = document.get("msgParam")
    if document.get("msgKey") != "sampleMarkdown" or not isinstance(said, str):
        raise Failed("param.error")  # msgParam is a text, not an object
    if len(said.encode()) > PARAM_LIMIT:
        raise Failed("msgParam.tooLong")
    param = json.loads(said)
    if not param.get("title") or not param.get("text"):
        raise Failed("param.error")
    return Shown(to, "robot", param["text"], param["title"])


def _by_kind(to: str, by: str, raw: bytes, document: Document) -> Shown:
    kind = str(document.get("msgtype"))
    part = document.get(kind)
    if kind not in MESSAGE_KINDS or not isinstance(part, Mapping):
        raise Refused(400105, "unsupported msgtype")
    if len(raw) > BODY_LIMIT:
        raise Refused(40035, "exceed 20000 bytes")
    text, title = str(part.get("text") or part.get("content") or ""), str(part.get("title", ""))
    if not text or (kind != "text" and not title):
        raise Refused(40035, "missing json")
    at = document.get("at")
    called = at.get("atUserIds") if isinstance(at, Mapping) else None
    # A call is shown only where it stands in the text as well.
    standing = set(CALL.findall(text))
    return Shown(to, by, text, title, tuple(one for one in called or () if one in standing))
