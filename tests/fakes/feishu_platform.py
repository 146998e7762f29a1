"""Feishu's half of an event: what it says, seals and signs. No sockets."""

import itertools
import json
import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.platforms.feishu.app import FeishuApp
from bot.platforms.feishu.crypto import Envelope

Document = Mapping[str, object]
BOT = "ou_of_the_bot"
TENANT = "made-up-tenant"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A request as Feishu makes it; making it again is a re-send."""

    headers: Mapping[str, str]
    body: bytes


class Platform:
    """Feishu, as far as the events of one app go. `clock` gives unix seconds.

    Somebody called `lina` has the user id `lina`, the open id `ou_lina` and the union id `on_lina`.
    """

    def __init__(self, app: FeishuApp, clock: Callable[[], float] = time.time) -> None:
        self._app = app
        self._clock = clock
        self._envelope = Envelope(app.encrypt_key)
        self._ids = itertools.count(time.time_ns())

    def text(
        self, user: str, words: str, chat: str = "", message_id: str = "", calls: Sequence[str] = ()
    ) -> Document:
        """Somebody wrote, in a group where `chat` is given; `calls` are open ids, `@_user_1` and so on in the words."""
        return self.message(user, "text", {"text": words}, chat, message_id, calls)

    def message(
        self,
        user: str,
        kind: str,
        content: Document,
        chat: str = "",
        message_id: str = "",
        calls: Sequence[str] = (),
    ) -> Document:
        """Any kind of message."""
        millis = str(int(self._clock() * 1000))
        mentions = [
            {
                "key": f"@_user_{place}",
                "id": {"open_id": one},
                "name": one.removeprefix("ou_"),
                "tenant_key": TENANT,
            }
            for place, one in enumerate(calls, 1)
        ]
        event = {
            "sender": {"sender_id": ids_of(user), "sender_type": "user", "tenant_key": TENANT},
            "message": {
                "message_id": message_id or self.next_id("om_"),
                "create_time": millis,
                "update_time": millis,
                "chat_id": chat or f"oc_alone_{user}",
                "chat_type": "group" if chat else "p2p",
                "message_type": kind,
                "content": json.dumps(content, ensure_ascii=False),
                **({"mentions": mentions} if mentions else {}),
            },
        }
        return self.event("im.message.receive_v1", event, millis)

    def press(self, user: str, value: object, chat: str, card: str) -> Document:
        """Somebody pressed a button of the message `card`."""
        event = {
            "operator": {**ids_of(user), "tenant_key": TENANT},
            "token": f"c-{secrets.token_hex(8)}",
            "action": {"value": value, "tag": "button", "timezone": "Asia/Shanghai"},
            "host": "im_message",
            "context": {"open_message_id": card, "open_chat_id": chat},
        }
        # Of cards it is in microseconds.
        return self.event("card.action.trigger", event, str(int(self._clock() * 1_000_000)))

    def event(self, kind: str, event: Document, created: str) -> Document:
        """In its envelope, version 2."""
        header = {
            "event_id": self.next_id("ev-"),
            "event_type": kind,
            "create_time": created,
            "token": self._app.verification_token,
            "app_id": self._app.app_id,
            "tenant_key": TENANT,
        }
        return {"schema": "2.0", "header": header, "event": event}

    def check(self, challenge: str) -> Sealed:
        """The question whether the address is ours: sealed, not signed."""
        said = {"challenge": challenge, "token": self._app.verification_token, "type": "url_verification"}
        return Sealed({}, self._encrypted(said))

    def seal(self, document: Document, nonce: str = "") -> Sealed:
        """Encrypted, and signed with the time of this attempt."""
        body = self._encrypted(document)
        timestamp, nonce = str(int(self._clock())), nonce or secrets.token_hex(8)
        signature = self._envelope.signature(timestamp, nonce, body)
        return Sealed(
            {
                "X-Lark-Request-Timestamp": timestamp,
                "X-Lark-Request-Nonce": nonce,
                "X-Lark-Signature": signature,
                "Content-Type": "application/json; charset=utf-8",
            },
            body,
        )

    def next_id(self, prefix: str) -> str:
        """An id nobody had."""
        return f"{prefix}{next(self._ids)}"

    def _encrypted(self, document: Document) -> bytes:
        inner = json.dumps(document, ensure_ascii=False).encode()
        return json.dumps({"encrypt": self._envelope.seal(inner)}).encode()


def ids_of(user: str) -> dict[str, str]:
    """All the ids of somebody."""
    return {"open_id": f"ou_{user}", "union_id": f"on_{user}", "user_id": user}
