"""What goes over a Stream connection. Pure.

https://github.com/open-dingtalk/developerpedia/blob/main/docs/learn/stream/protocol.md
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from bot.platforms.base import Rejected
from bot.platforms.dingtalk import fields

MESSAGES = "/v1.0/im/bot/messages/get"
PRESSES = "/v1.0/card/instances/callback"
SUBSCRIPTIONS = tuple({"type": "CALLBACK", "topic": topic} for topic in (MESSAGES, PRESSES))
DONE, UNKNOWN, FAILED = 200, 404, 500
WORDS = {DONE: "OK", UNKNOWN: "unknown topic", FAILED: "failed"}


@dataclass(frozen=True, slots=True)
class Frame:
    """One push. `data` is JSON in a text, read only when it is needed."""

    kind: str
    topic: str
    id: str
    data: str

    @property
    def system(self) -> bool:
        """True for what is about the connection."""
        return self.kind == "SYSTEM"

    def document(self) -> Mapping[str, object]:
        """What is pushed, or raise `Rejected`."""
        return fields.document(self.data)


def read(said: str | bytes) -> Frame:
    """The frame, or raise `Rejected`. Some samples write `header` for `headers`; `data` may stand unpacked."""
    document = fields.document(said)
    headers = fields.mapping(document, "headers") or fields.mapping(document, "header")
    data = document.get("data")
    return Frame(
        fields.text(document, "type"),
        fields.text(headers, "topic"),
        fields.text(headers, "messageId"),
        data if isinstance(data, str) else json.dumps(data if data is not None else {}),
    )


def confirmed(frame: Frame, code: int, data: Mapping[str, object]) -> str:
    """The answer to a frame."""
    return json.dumps(
        {
            "code": code,
            "headers": {"messageId": frame.id, "contentType": "application/json"},
            "message": WORDS[code],
            "data": json.dumps(data, ensure_ascii=False),
        },
        ensure_ascii=False,
    )


def pong(frame: Frame) -> str:
    """The answer to a ping: what it carried."""
    try:
        opaque = frame.document().get("opaque")
    except Rejected:
        opaque = None
    return confirmed(frame, DONE, {"opaque": opaque})
