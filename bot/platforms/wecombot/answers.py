"""Replies and notices as the messages of an AI bot. Pure.

https://developer.work.weixin.qq.com/document/path/101031 (answers), 101138 (later), 101463 (pushes)
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.platforms.splitting import size, split
from bot.platforms.wecom import dialect
from bot.platforms.wecom.cards import AI_BOT, LABEL_CHARS, card, of_task, offerable, title_and_rest
from domain.destinations import DESTINATIONS
from handlers.message import Button, Reply

ROOM = DESTINATIONS["wecom-bot"].bytes
AT_WORK = "收到，正在办，请稍候…"
FOLLOWS = "办好了，结果马上另发一条。"
NOTHING = "好的。"
TOO_LONG = "\n\n（太长了，后面没有显示：请把要看的范围说小一点）"
NO_DATABASE = "系统暂时连不上数据库，这条没有记下，请过一分钟再发一次。"

Body: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Said:
    """Words in as many texts as they need, and their buttons as a card; `whole`: the card says it all by itself."""

    texts: tuple[str, ...]
    card: Body | None = None
    whole: bool = False

    @property
    def pushes(self) -> Sequence[Body]:
        """As messages that answer nothing."""
        texts = () if self.whole else tuple(markdown(text) for text in self.texts)
        return (*texts, template_card(self.card)) if self.card is not None else texts


def said(text: str, buttons: Sequence[Button], key: str, title: str = "") -> Said:
    """What is said; `key` makes the card one that WeCom takes once."""
    typed = dialect.twins(buttons, beside=text)
    texts = split(dialect.marked_v2(f"{text}\n\n{typed}" if typed else text), ROOM)
    if not buttons:
        return Said(texts)
    heading, rest = title_and_rest(text, title, buttons)
    if whole := card(heading, rest, buttons, key, AI_BOT):
        return Said(texts, whole, whole=True)
    # Below the words, and in a busy group not always next to them: it says again what it is about.
    return Said(texts, card(_cut(heading, AI_BOT.title) or dialect.CHOOSE, "", buttons, key, AI_BOT))


def stream(name: str, text: str, *, finish: bool) -> Body:
    """All of an answer so far; with the same name again it takes the place of what stood there."""
    return {"msgtype": "stream", "stream": {"id": name, "finish": finish, "content": text}}


def with_card(name: str, text: str, offered: Body) -> Body:
    """The whole answer and a card below it; callbacks only."""
    answer = {"id": name, "finish": True, "content": text}
    return {"msgtype": "stream_with_template_card", "stream": answer, "template_card": offered}


def at_once(name: str, what: Said) -> Body:
    """The whole answer to a callback, as far as one message goes."""
    if what.whole and what.card is not None:
        return template_card(what.card)
    return finished(name, what)


def finished(name: str, what: Said) -> Body:
    """The end of a stream, with its card below."""
    if what.card is None:
        return stream(name, what.texts[0], finish=True)
    return with_card(name, what.texts[0], what.card)


def second(what: Said) -> Body | None:
    """What did not fit into the first message, as far as one more goes."""
    if len(what.texts) < 2:
        return None
    return markdown(what.texts[1] if len(what.texts) == 2 else f"{_within(what.texts[1])}{TOO_LONG}")


def in_one(what: Said) -> Body:
    """All in one message, where no second can follow; the buttons stand in the words."""
    if what.whole and what.card is not None:
        return template_card(what.card)
    return markdown(what.texts[0] if len(what.texts) == 1 else f"{_within(what.texts[0])}{TOO_LONG}")


def markdown(text: str) -> Body:
    """A message of its own."""
    return {"msgtype": "markdown", "markdown": {"content": text}}


def template_card(content: Body) -> Body:
    """A card as a message of its own."""
    return {"msgtype": "template_card", "template_card": content}


def welcome(text: str) -> Body:
    """To whoever opens the chat."""
    return {"msgtype": "text", "text": {"content": dialect.plain(text)}}


def decided(task: str, reply: Reply, pressed_by: str) -> tuple[Body, bool]:
    """The card that was pressed as it looks from now on, and whether it says the whole reply.

    In a group (`pressed_by`) only for who pressed it: what they may not do must not take the buttons from who may.
    """
    title, rest = title_and_rest(reply.text, "", ())
    offered = offerable(reply.buttons)
    buttons = reply.buttons if offered else _onward(reply)
    fits = len(title) <= AI_BOT.title and len(rest) <= AI_BOT.text
    whole = fits and (offered or not reply.buttons)
    content = of_task(task, _cut(title, AI_BOT.title), _cut(rest, AI_BOT.text), buttons)
    update: dict[str, object] = {"response_type": "update_template_card", "template_card": content}
    return ({**update, "userids": [pressed_by]} if pressed_by else update), whole


def _onward(reply: Reply) -> tuple[Button, ...]:
    """What anybody may want next: a card must offer something."""
    if reply.order is not None and len(label := f"看最新 #{reply.order}") <= LABEL_CHARS:
        return (Button(label, f"查单 {reply.order}"),)
    return (Button("我的待办", "我的待办"),)


def _within(text: str) -> str:
    return text.encode()[: ROOM - size(TOO_LONG)].decode("utf-8", "ignore")


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
