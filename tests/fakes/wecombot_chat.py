"""What people see of an AI bot, and what its platform refuses to show. No sockets."""

import itertools
import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.platforms.wecombot.bot import AiBot

ROOM = 20_480
PER_MINUTE = 30
BOT = AiBot(
    "aib-gendan-1",
    name="跟单助手",
    secret="made-up-socket-secret",
    token="hJqcu3uJ9Tn2gXPmxx2w9kkCkCE2EPYo",
    aes_key="6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt",
)


class Refused(Exception):
    """An errcode."""

    def __init__(self, code: int, why: str) -> None:
        super().__init__(why)
        self.code = code


@dataclass
class Shown:
    """One message of the bot as it stands now; `version` counts how often it was changed."""

    chat: str
    kind: str
    text: str = ""
    card: Mapping[str, Any] | None = None
    finished: bool = True
    stream: str = ""
    version: int = 0
    private: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def card_for(self, user: str) -> Mapping[str, Any]:
        """The card as this person sees it."""
        return self.private.get(user) or self.card or {}

    def labels(self, user: str = "") -> list[str]:
        """What its buttons say."""
        return [button["text"] for button in self.card_for(user).get("button_list", [])]

    def key_of(self, label: str) -> str:
        """The key behind the button with this label."""
        keys = {button["text"]: button["key"] for button in (self.card or {}).get("button_list", [])}
        assert label in keys, f"no button {label} on {self}"
        return str(keys[label])


@dataclass
class Room:
    """All chats of one bot. `spoken` are those in which somebody has said something."""

    shown: list[Shown] = field(default_factory=list)
    spoken: set[str] = field(default_factory=set)
    sent_at: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    tasks: set[str] = field(default_factory=set)

    def in_chat(self, chat: str) -> list[Shown]:
        """What stands there, oldest first."""
        return [one for one in self.shown if one.chat == chat]

    def texts(self, chat: str) -> list[str]:
        """The same as words, those of cards with them."""
        return [one.text for one in self.in_chat(chat)]

    def show(self, chat: str, body: Mapping[str, Any]) -> Shown:
        """Show an answer or a push, or raise `Refused`."""
        kind = body.get("msgtype")
        if kind == "stream":
            return self._stream(chat, body["stream"])
        if kind == "stream_with_template_card":
            shown = self._stream(chat, body["stream"])
            if shown.card is None:
                shown.card = self._card(body["template_card"])
            return shown
        self._counted(chat)
        if kind == "template_card":
            card = self._card(body["template_card"])
            words = f"{card['main_title'].get('title', '')}\n{card.get('sub_title_text', '')}"
            return self._put(Shown(chat, "card", words, card))
        if kind in {"markdown", "text"}:
            return self._put(Shown(chat, kind, _within(body[kind]["content"])))
        raise Refused(40008, f"no {kind}")

    def update(self, body: Mapping[str, Any], presser: str) -> None:
        """A card that was pressed changes, for all or for some."""
        if body.get("response_type") != "update_template_card":
            raise Refused(40035, "no update")
        card = _sound(body["template_card"])
        old = next((one for one in self.shown if one.card and one.card["task_id"] == card["task_id"]), None)
        if old is None:
            raise Refused(42014, "no such task")
        old.version += 1
        if users := body.get("userids"):
            old.private = {**old.private, **{user: card for user in users if user == presser}}
        else:
            old.card = card
            old.text = f"{card['main_title'].get('title', '')}\n{card.get('sub_title_text', '')}"

    def _stream(self, chat: str, stream: Mapping[str, Any]) -> Shown:
        text = _within(stream["content"])
        old = next((one for one in self.shown if one.stream == stream["id"]), None)
        if old is None:
            self._counted(chat)
            return self._put(Shown(chat, "stream", text, finished=stream["finish"], stream=stream["id"]))
        old.text, old.finished, old.version = text, stream["finish"], old.version + 1
        return old

    def _card(self, card: Mapping[str, Any]) -> Mapping[str, Any]:
        if card.get("task_id") in self.tasks:
            raise Refused(42014, "task_id used")
        self.tasks.add(_sound(card)["task_id"])
        return card

    def _counted(self, chat: str) -> None:
        now = time.monotonic()
        self.sent_at[chat] = [at for at in self.sent_at[chat] if at > now - 60]
        if len(self.sent_at[chat]) >= PER_MINUTE:
            raise Refused(45009, "api freq out of limit")
        self.sent_at[chat].append(now)

    def _put(self, shown: Shown) -> Shown:
        self.shown.append(shown)
        return shown


def _within(text: str) -> str:
    if not text or len(text.encode()) > ROOM:
        raise Refused(40058, "content exceeds max length" if text else "content is empty")
    return text


def _sound(card: Mapping[str, Any]) -> Mapping[str, Any]:
    buttons = card.get("button_list", [])
    good = (
        card.get("card_type") == "button_interaction"
        and 0 < len(str(card.get("task_id", ""))) <= 128
        and 0 < len(card["main_title"]["title"]) <= 26
        and len(card.get("sub_title_text", "")) <= 112
        and 1 <= len(buttons) <= 6
        and all(0 < len(one["text"]) <= 10 and 0 < len(one["key"].encode()) <= 1024 for one in buttons)
    )
    if not good:
        raise Refused(42001, f"card {card}")
    return card


_numbers = itertools.count(time.time_ns())


def said(
    bot: AiBot, user: str, words: str, chat: str = "", message_id: str = "", **more: object
) -> dict[str, Any]:
    """Somebody wrote: the body of a callback; in a group they call the bot."""
    text = f"@{bot.name} {words}" if chat else words
    return framed(bot, user, chat, message_id, msgtype="text", text={"content": text}, **more)


def framed(bot: AiBot, user: str, chat: str = "", message_id: str = "", **fields: object) -> dict[str, Any]:
    """The body of any callback."""
    where = {"chatid": chat, "chattype": "group"} if chat else {"chattype": "single"}
    name = message_id or f"m{next(_numbers)}"
    return {"msgid": name, "aibotid": bot.bot_id, **where, "from": {"userid": user}, **fields}


def event(bot: AiBot, user: str, name: str, chat: str = "", **fields: object) -> dict[str, Any]:
    """Something happened."""
    inside = {"eventtype": name, **({name: fields} if fields else {})}
    return framed(bot, user, chat, msgtype="event", create_time=int(time.time()), event=inside)


def pressed(bot: AiBot, user: str, shown: Shown, label: str) -> dict[str, Any]:
    """Somebody pressed a button of this card."""
    chat = shown.chat if shown.chat.startswith("wr") else ""
    task = (shown.card or {})["task_id"]
    return event(
        bot,
        user,
        "template_card_event",
        chat,
        card_type="button_interaction",
        event_key=shown.key_of(label),
        task_id=task,
    )
