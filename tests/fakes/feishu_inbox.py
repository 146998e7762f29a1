"""What people read in Feishu, and what Feishu refuses to show. No sockets."""

import itertools
import json
import re
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from tests.fakes.feishu_cards import Document, Refused, buttons, checked, words

CARD_LIMIT, TEXT_LIMIT, ROBOT_LIMIT = 30_000, 150_000, 20_000
ONCE_S = 3600.0
AT = re.compile(r'<at (?:user_)?id="?([^">]+)"?></at>')


@dataclass
class Message:
    """What stands in a chat; `card` is what it shows now, `changes` what it showed before."""

    id: str
    to: str
    kind: str
    text: str
    card: Document | None = None
    changes: list[Document] = field(default_factory=list)

    @property
    def mentions(self) -> list[str]:
        """The ids it calls."""
        return AT.findall(self.text)

    @property
    def labels(self) -> list[str]:
        """The buttons it shows."""
        return [label for label, _ in buttons(self.card)]

    def value_of(self, label: str) -> object:
        """What the button sends."""
        return dict(buttons(self.card))[label]

    def show(self, card: Document) -> None:
        """Change the card for everybody."""
        if self.card is None:
            raise Refused(230001, "not a card")
        checked(card, CARD_LIMIT)
        self.changes.append(self.card)
        self.card, self.text = card, words(card)


class Inbox:
    """All messages. `chats` and `people` None: everybody exists. `clock` is in seconds."""

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        chats: Collection[str] | None = None,
        people: Collection[str] | None = None,
    ) -> None:
        self.messages: list[Message] = []
        self.robots: list[Message] = []
        self._clock = clock
        self._chats = chats
        self._people = people
        self._seen: dict[str, tuple[float, Message]] = {}
        self._ids = itertools.count(time.time_ns())

    def create(self, id_type: str, document: Document) -> Message:
        """`im/v1/messages`: the same uuid within an hour is the same message."""
        to, uuid = str(document.get("receive_id", "")), str(document.get("uuid", ""))
        self._must_be_there(id_type, to)
        if len(uuid) > 50:
            raise Refused(230001, "uuid too long")
        at, earlier = self._seen.get(uuid, (0.0, None))
        if uuid and earlier and self._clock() - at < ONCE_S:
            return earlier
        message = self._made(to, str(document.get("msg_type")), document.get("content"))
        self.messages.append(message)
        self._seen[uuid] = (self._clock(), message)
        return message

    def change(self, message_id: str, document: Document) -> None:
        """`PATCH im/v1/messages/:id`."""
        message = next((one for one in self.messages if one.id == message_id), None)
        if message is None:
            raise Refused(230001, "no such message")
        message.show(_object(document.get("content"), 230001))

    def hook(self, robot: str, document: Document, size: int) -> None:
        """A custom robot's; a card is an object here, not a text."""
        if size > ROBOT_LIMIT:
            raise Refused(9499, "Bad Request")
        kind = str(document.get("msg_type"))
        said = document.get("content") if kind == "text" else document.get("card")
        if not isinstance(said, dict):
            raise Refused(9499, "Bad Request")
        self.robots.append(self._made(robot, kind, json.dumps(said, ensure_ascii=False), ROBOT_LIMIT))

    def said_to(self, *to: str) -> list[Message]:
        """What stands in these chats."""
        return [message for message in self.messages if message.to in to]

    def _must_be_there(self, id_type: str, to: str) -> None:
        if id_type == "chat_id" and (
            not to.startswith("oc_") or (self._chats is not None and to not in self._chats)
        ):
            raise Refused(230002, "Bot/User can NOT be out of the chat.")
        starts = {"open_id": "ou_", "union_id": "on_", "chat_id": "oc_"}.get(id_type, "")
        if not to.startswith(starts) or (id_type == "user_id" and to[:3] in {"ou_", "on_", "oc_"}):
            raise Refused(99992351, "id not exist")
        if id_type != "chat_id" and self._people is not None and to not in self._people:
            raise Refused(230013, "Bot has NO availability to this user.")

    def _made(self, to: str, kind: str, content: object, limit: int = CARD_LIMIT) -> Message:
        message_id = f"om_{next(self._ids)}"
        document = _object(content, 230001)
        if kind == "interactive":
            checked(document, limit)
            message = Message(message_id, to, kind, words(document), document)
            if self._people is not None and not set(message.mentions) <= set(self._people):
                raise Refused(230099, "ErrCode: 100290; ErrMsg: There is an invalid user resource(at/person)")
            return message
        text = document.get("text")
        if kind != "text" or not isinstance(text, str) or not text.strip():
            raise Refused(230001, "invalid content")
        if len(str(content).encode()) > min(TEXT_LIMIT, limit if limit == ROBOT_LIMIT else TEXT_LIMIT):
            raise Refused(230025, "too long")
        return Message(message_id, to, kind, text)


def _object(content: object, code: int) -> Document:
    try:
        document = json.loads(content) if isinstance(content, str) else None
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise Refused(code, "content is no JSON in a text")
    return document
