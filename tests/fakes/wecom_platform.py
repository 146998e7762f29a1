"""WeCom's half of a callback: what it signs and sends, and how it reads what comes back. No sockets.

Fast enough to make load with: `Platform.text` and `Platform.read` cost some ten microseconds each.
"""

import hashlib
import itertools
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.platforms.wecom import xml
from bot.platforms.wecom.app import WecomApp
from bot.platforms.wecom.crypto import Envelope

PASSIVE_LIMIT = 2048
PASSIVE_KINDS = {"text", "update_button"}


@dataclass(frozen=True, slots=True)
class Callback:
    """A request as WeCom makes it; making it again is a re-send."""

    user: str
    query: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Passive:
    """What the user gets to see as the answer: a text, cut where WeCom cuts it, or a changed button."""

    kind: str
    text: str
    cut: bool = False


SILENCE = Passive("", "")


class WrongAnswer(AssertionError):
    """WeCom would have dropped this answer without a word."""


class Platform:
    """WeCom, as far as the callbacks of one app go. `clock` gives unix seconds."""

    def __init__(self, app: WecomApp, clock: Callable[[], float] = time.time) -> None:
        self._app = app
        self._clock = clock
        self._envelope = Envelope(app.token, app.aes_key, app.corp_id)
        self._ids = itertools.count(time.time_ns())

    def text(self, user: str, words: str, message_id: str = "") -> Callback:
        """Somebody wrote to the app; the same `message_id` is the same message."""
        return self.message(
            user, {"MsgType": "text", "Content": words, "MsgId": message_id or self.next_id()}
        )

    def event(self, user: str, event: str, **fields: object) -> Callback:
        """Something happened that has no message id."""
        return self.message(user, {"MsgType": "event", "Event": event, **fields})

    def message(self, user: str, fields: Mapping[str, object]) -> Callback:
        """Anything; `fields` may replace the common ones too."""
        common = {
            "ToUserName": self._app.corp_id,
            "FromUserName": user,
            "CreateTime": int(self._clock()),
            "AgentID": self._app.agent_id,
        }
        return self.seal(user, xml.write({**common, **fields}))

    def seal(self, user: str, inner: bytes) -> Callback:
        """`inner` in a genuine envelope, whatever it is."""
        sealed = self._envelope.seal(inner)
        body = xml.write(
            {"ToUserName": self._app.corp_id, "AgentID": str(self._app.agent_id), "Encrypt": sealed}
        )
        return Callback(user, self.signed(sealed), body)

    def check(self, echo: str) -> Mapping[str, str]:
        """The query of the request that asks whether the address is ours."""
        sealed = self._envelope.seal(echo.encode())
        return {**self.signed(sealed), "echostr": sealed}

    def signed(self, sealed: str) -> Mapping[str, str]:
        """The query beside a sealed text."""
        timestamp, nonce = str(int(self._clock())), str(secrets.randbelow(10**10))
        signature = self._envelope.signature(timestamp, nonce, sealed)
        return {"msg_signature": signature, "timestamp": timestamp, "nonce": nonce}

    def next_id(self) -> str:
        """A message id nobody had."""
        return str(next(self._ids))

    def read(self, callback: Callback, body: bytes) -> Passive:
        """What the user sees, or raise `WrongAnswer` where WeCom would show nothing."""
        if not body:
            return SILENCE
        outer = xml.read(body)
        sealed = xml.text_of(outer, "Encrypt")
        said = (xml.text_of(outer, "TimeStamp"), xml.text_of(outer, "Nonce"), sealed)
        if xml.text_of(outer, "MsgSignature") != self._envelope.signature(*said):
            raise WrongAnswer("signature of the answer")
        if abs(float(said[0]) - self._clock()) > 300:
            raise WrongAnswer("timestamp of the answer")
        inner = xml.read(self._envelope.open(sealed))
        to, sender = xml.text_of(inner, "ToUserName"), xml.text_of(inner, "FromUserName")
        if (to.lower(), sender) != (callback.user.lower(), self._app.corp_id):
            raise WrongAnswer(f"answer to {to} from {sender}")
        kind = xml.text_of(inner, "MsgType")
        if kind not in PASSIVE_KINDS:
            raise WrongAnswer(f"no passive answer is a {kind}")
        return _cut(kind, xml.text_of(inner, "Content" if kind == "text" else "Button/ReplaceName"))


def _cut(kind: str, words: str) -> Passive:
    raw = words.encode()
    return Passive(kind, raw[:PASSIVE_LIMIT].decode(errors="ignore"), cut=len(raw) > PASSIVE_LIMIT)


def response_code(task_id: str, user: str) -> str:
    """The code that lets a card be changed once."""
    return hashlib.sha256(f"{task_id}/{user}".encode()).hexdigest()[:40]
