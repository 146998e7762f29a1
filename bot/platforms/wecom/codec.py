"""A callback of WeCom to a message, and a reply to the answer it wants. Pure.

https://developer.work.weixin.qq.com/document/path/90238; messages 90239, events 90240, answers 90241
"""

import hashlib
import re
import secrets
from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element

from bot.platforms.base import Incoming, RawRequest, Rejected
from bot.platforms.wecom import dialect, xml
from bot.platforms.wecom.app import WecomApp
from bot.platforms.wecom.crypto import FRESH, Envelope
from domain.ports import MessageKey
from handlers.message import Message, Reply

PRESSED = "template_card_event"
# Each puts the words of the button or the menu entry into EventKey.
SPOKEN_EVENTS = {PRESSED, "template_card_menu_event", "click"}
WORDS_OF = {"text": "Content", "location": "Label", "link": "Title"}


class WecomCodec:
    """`bot.platforms.base.Codec` of a self-built app."""

    def __init__(self, app: WecomApp, fresh: timedelta = FRESH) -> None:
        self._app = app
        self._fresh = fresh
        self._envelope = Envelope(app.token, app.aes_key, app.corp_id)

    def echo(self, request: RawRequest, at: datetime) -> bytes:
        """What the console wants to read back when the address is saved, or raise `Rejected`."""
        return self._envelope.received(request, request.query.get("echostr", ""), at, self._fresh)

    def decode(self, request: RawRequest, at: datetime) -> Incoming:
        """The message inside; every type and event has one, also those nobody knows."""
        inner = self._envelope.received(request, xml.sealed_in(request.body), at, self._fresh)
        root = xml.read(inner)
        agent = xml.text_of(root, "AgentID")
        if agent not in {"", str(self._app.agent_id)}:
            raise Rejected(f"for agent {agent[:20]}, not ours")
        sender = xml.text_of(root, "FromUserName").strip()
        if not sender:
            raise Rejected("no sender")
        kind, words = _said(root)
        key = MessageKey("wecom", self._app.name, _key(root, inner))
        message = Message(key, sender.lower(), words, _moment(root), kind=kind)
        return Incoming(message, sender, pressed=xml.text_of(root, "Event") == PRESSED)

    def encode(self, incoming: Incoming, reply: Reply, at: datetime) -> bytes:
        """The passive answer. To a pressed card only its own change can be said, never a text."""
        seconds = int(at.timestamp())
        answer: dict[str, object] = {
            "ToUserName": incoming.sender,
            "FromUserName": self._app.corp_id,
            "CreateTime": seconds,
        }
        if incoming.pressed:
            answer |= {"MsgType": "update_button", "Button": {"ReplaceName": dialect.PRESSED}}
        else:
            answer |= {"MsgType": "text", "Content": dialect.passive(reply)}
        return self._sealed(xml.write(answer), str(seconds), secrets.token_hex(8))

    def _sealed(self, inner: bytes, timestamp: str, nonce: str) -> bytes:
        sealed = self._envelope.seal(inner)
        return xml.write(
            {
                "Encrypt": sealed,
                "MsgSignature": self._envelope.signature(timestamp, nonce, sealed),
                "TimeStamp": int(timestamp),
                "Nonce": nonce,
            }
        )


def _said(root: Element) -> tuple[str, str]:
    """The kind and the words of a message."""
    kind = xml.text_of(root, "MsgType").strip()
    if not kind:
        raise Rejected("no MsgType")
    if kind != "event":
        return kind, xml.text_of(root, WORDS_OF[kind]) if kind in WORDS_OF else ""
    event, words = xml.text_of(root, "Event"), xml.text_of(root, "EventKey")
    return ("text", words) if event in SPOKEN_EVENTS and words.strip() else (f"event:{event}", "")


def _key(root: Element, inner: bytes) -> str:
    """The platform's key. Events have none, and sender and second alone would lose the second of two."""
    if message_id := xml.text_of(root, "MsgId").strip():
        return message_id[:64]
    if xml.text_of(root, "MsgType") != "event":
        raise Rejected("no MsgId")
    names = ("FromUserName", "CreateTime", "Event", "EventKey", "TaskId", "AgentID", "ChangeType")
    parts = [xml.text_of(root, name) for name in names] + [hashlib.sha256(inner).hexdigest()]
    return "event-" + hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _moment(root: Element) -> datetime:
    created = xml.text_of(root, "CreateTime")
    if not re.fullmatch(r"[0-9]{1,11}", created, re.ASCII):
        raise Rejected("CreateTime is no number")
    return datetime.fromtimestamp(int(created), UTC)
