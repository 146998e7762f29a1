"""A press on a card: said by whom Feishu names, answered with a line above the chat and with the card itself.

A press comes once. What its user reads on the spot is the truth: that it is done and written, that it had no effect,
or that it is still under way and to be pressed again where no word of it comes.
https://open.feishu.cn/document/feishu-cards/card-callback-communication
"""

from collections.abc import Callable
from dataclasses import replace

from bot.platforms.feishu import cards, dialect
from bot.platforms.feishu.app import PLATFORM
from bot.platforms.feishu.events import Document, Pressed
from bot.platforms.turns import Late, Turns
from domain.catalogue import Staff
from domain.errors import DatabaseAway
from domain.live_cards import LiveCard, LiveCards
from domain.outbox import Standings
from domain.ports import Clock
from handlers.message import Message, Reply

TOAST_CHARS = 80
AWAY = "系统暂时连不上数据库，这一下没有生效，请过一会儿再点。"
UNDER_WAY = "还在办，结果会发到这里；一分钟后还没有消息，请再点一次。"
BELOW = "已收到，结果发在下面。"
STRANGE = "这个按钮我不认识，请打字告诉我。"


class Presses:
    """`who` is the colleague behind a sender."""

    def __init__(
        self,
        live: LiveCards,
        standings: Standings,
        late: Late,
        who: Callable[[str], Staff | None],
        clock: Clock,
    ) -> None:
        self._live = live
        self._standings = standings
        self._late = late
        self._who = who
        self._clock = clock

    async def answer(self, pressed: Pressed, message: Message, turns: Turns) -> Document:
        """What the user sees at once.

        The card is taken first: else what the press causes would change it before its own answer does, and Feishu
        shows whichever it gets last.
        """
        if not pressed.say:
            return _toast("warning", STRANGE)
        try:
            card = await self._live.take(PLATFORM, pressed.card) if pressed.card else None
            reply = await turns.take(message)
        except DatabaseAway:
            return _toast("error", AWAY)
        try:
            return await self._shown(card, message, reply, alone=pressed.alone)
        except DatabaseAway:
            # It is done all the same; only how it is shown suffers.
            return _toast("info", reply.text if reply and reply.text else UNDER_WAY)

    async def _shown(
        self, card: LiveCard | None, message: Message, reply: Reply | None, *, alone: bool
    ) -> Document:
        """On the card where it answers it, else as a line, else in a message of its own."""
        if reply is not None and card is not None:
            shown = await self._on_the_card(card, message, reply, alone=alone)
            if shown is not None:
                return shown
        if card is not None:
            await self._live.keep(card)
        if reply is None:
            return _toast("info", UNDER_WAY)
        if reply.text and not _short(reply):
            await self._late(message, reply)
        return _toast("info", reply.text if _short(reply) else BELOW)

    async def _on_the_card(
        self, card: LiveCard, message: Message, reply: Reply, *, alone: bool
    ) -> Document | None:
        """The card as everybody sees it from now on; None where it stays as it was."""
        changed = await self._changed(card, message, reply) if reply.text else None
        if changed is None:
            return None
        colour = cards.OPEN if reply.buttons else cards.OVER
        made = cards.card(changed.text, changed.title, reply.buttons, alone=alone, colour=colour)
        if not cards.fits(made):
            return None
        if reply.buttons:
            await self._live.keep(changed)
        return {**_toast("info", reply.text), "card": {"type": "raw", "data": made}}

    async def _changed(self, card: LiveCard, message: Message, reply: Reply) -> LiveCard | None:
        """What it shows from now on; None where the reply is not about it or only about whoever pressed."""
        person = self._who(message.sender)
        if person is None:
            return None
        offers = tuple((button.label, button.say) for button in reply.buttons)
        now = self._clock()
        if card.asker:
            mine = card.asker == person.user_id
            return replace(card, text=reply.text, title="", buttons=offers, at=now) if mine else None
        if card.order is None:
            return None
        standing = (await self._standings.of([card.order])).get(card.order)
        if standing is None or card.entry is None or standing.entry == card.entry:
            return None
        text = f"{card.text}\n\n**{dialect.words(person.name)}**：{reply.text}"
        return replace(card, text=text, buttons=offers, entry=standing.entry, at=now)


def _short(reply: Reply) -> bool:
    """True for what a line above the chat tells whole."""
    one_line = "\n" not in reply.text and len(dialect.plain(reply.text)) <= TOAST_CHARS
    return bool(reply.text) and one_line and not reply.buttons


def _toast(kind: str, text: str) -> dict[str, object]:
    first = next((line for line in dialect.plain(text).splitlines() if line.strip()), "")
    shown = first if len(first) <= TOAST_CHARS else f"{first[: TOAST_CHARS - 1]}…"
    return {"toast": {"type": kind, "content": shown}}
