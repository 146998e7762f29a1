"""Answering what comes over the long connection, each under the id it came with.

The platform sends nothing twice, so a message is kept before anything else, and let go when it is answered: what a
process that dies has left is answered by another (`Reception.recover`). What one person says in one place is worked on
in the order it was said. https://developer.work.weixin.qq.com/document/path/101463
"""

import asyncio
import logging
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from bot.platforms.base import Rejected
from bot.platforms.wecombot import answers
from bot.platforms.wecombot.bot import WAY, AiBot
from bot.platforms.wecombot.connection import Callback, Connection
from bot.platforms.wecombot.heard import ENTERED, Heard, hear
from bot.platforms.wecombot.line import Line
from bot.platforms.wecombot.reception import ANSWERED, WORKING, Reception
from bot.platforms.wecombot.turn import Place, Places, Turn
from domain.destinations import DESTINATIONS
from domain.errors import DatabaseAway
from domain.limiting import Limiter
from domain.sending import Misconfigured, TryLater, Undeliverable
from handlers.message import Message, Reply

log = logging.getLogger(__name__)
MOST = 100
"""So many are worked on at once; more are kept and taken up by whoever has time."""
CLOSING = timedelta(seconds=5)
TO_GROUP, TO_PERSON = 2, 1


@dataclass(frozen=True, slots=True)
class Patience:
    """After `placeholder` people see that it is at work; a card and a welcome must be answered within `pressed`."""

    placeholder: timedelta = timedelta(seconds=3)
    pressed: timedelta = timedelta(seconds=4.5)


class Attendance:
    """`attend` takes a callback and returns at once; call `close` while the connection still stands."""

    def __init__(
        self,
        bot: AiBot,
        reception: Reception,
        line: Line,
        limiter: Limiter,
        patience: Patience | None = None,
    ) -> None:
        self._bot = bot
        self._reception = reception
        self._line = line
        self._limiter = limiter
        self._patience = patience or Patience()
        self._at_work: set[asyncio.Task[None]] = set()
        self._places = Places()
        self._closing = False

    def attend(self, connection: Connection, callback: Callback) -> None:
        """Have it answered."""
        try:
            heard = hear(callback.body, self._bot)
        except Rejected as reason:
            log.warning("callback rejected", extra={"reason": str(reason)})
            return
        if heard.kind not in ANSWERED or not heard.sender:
            log.info("callback without an answer", extra={"kind": heard.kind[:64]})
            return
        message = self._reception.message(heard)
        turn = Turn(connection, callback.req_id, heard)
        task = asyncio.create_task(self._guarded(turn, message, self._places.enter(message)))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def close(self) -> None:
        """Let what is under way end; what does not is kept for others."""
        self._closing = True
        if self._at_work:
            _, late = await asyncio.wait(self._at_work, timeout=CLOSING.total_seconds())
            for task in late:
                task.cancel()

    async def _guarded(self, turn: Turn, message: Message, place: Place) -> None:
        try:
            if await self._kept(turn, message):
                await place.turn()
                await self._answered(turn, message)
        except DatabaseAway:
            await self._sorry(turn)
        except TryLater as reason:
            log.info("message waits", extra={"key": str(message.key), "reason": str(reason)})
        except Exception:
            # One item of a loop; it is kept and will be taken up again.
            log.exception("message not answered", extra={"key": str(message.key)})
        finally:
            place.leave()

    async def _kept(self, turn: Turn, message: Message) -> bool:
        """Kept, and ours to work on now."""
        busy = self._closing or len(self._at_work) > MOST
        kept = await self._reception.keep(message, timedelta() if busy else WORKING)
        turn.kept = True
        return kept and not busy

    async def _sorry(self, turn: Turn) -> None:
        """Nobody has it: who wrote it must know, as it will not come again by itself."""
        log.warning("database away", extra={"kept": turn.kept})
        if turn.kept or turn.heard.pressed:
            return
        with suppress(TryLater, Misconfigured, Undeliverable):
            await turn.say(answers.stream(turn.heard.id, answers.NO_DATABASE, finish=True))

    async def _answered(self, turn: Turn, message: Message) -> None:
        work = asyncio.create_task(self._reception.reply(message))
        try:
            if turn.heard.kind == "text" and not turn.heard.pressed:
                await self._placeholder(turn, work)
            reply = await work
        finally:
            work.cancel()
        if reply.text or turn.begun:
            await self._say(turn, message, reply)
        await self._reception.done(message)

    async def _placeholder(self, turn: Turn, work: "asyncio.Task[Reply]") -> None:
        """People see that something happens; the same stream becomes the answer."""
        await asyncio.wait({work}, timeout=self._patience.placeholder.total_seconds())
        if work.done():
            return
        try:
            await turn.say(answers.stream(turn.heard.id, answers.AT_WORK, finish=False))
            turn.begun = True
        except (TryLater, Misconfigured, Undeliverable) as reason:
            log.info("no placeholder", extra={"reason": str(reason)})

    async def _say(self, turn: Turn, message: Message, reply: Reply) -> None:
        """On the line while it bears it, else by the outbox, once."""
        try:
            await self._on_the_line(turn, message, reply)
        except (TryLater, Misconfigured, Undeliverable) as reason:
            log.info("answer goes another way", extra={"key": str(message.key), "reason": str(reason)})
            await self._reception.late(message, reply, to_chat=True)
            if turn.begun:
                await self._ended(turn)

    async def _ended(self, turn: Turn) -> None:
        """What was begun must not look for ever as if it were at work."""
        with suppress(TryLater, Misconfigured, Undeliverable):
            await turn.say(answers.stream(turn.heard.id, answers.FOLLOWS, finish=True))

    async def _on_the_line(self, turn: Turn, message: Message, reply: Reply) -> None:
        said = answers.said(reply.text or answers.NOTHING, reply.buttons, str(message.key))
        hurried = turn.heard.pressed or turn.heard.kind == f"event:{ENTERED}"
        if hurried and turn.older(self._patience.pressed):
            raise TryLater("回调已过 5 秒，不能再直接回复")
        if turn.heard.pressed:
            first, whole = answers.decided(
                turn.heard.task, reply, turn.heard.sender if turn.heard.chat else ""
            )
            more = () if whole else said.pushes
        elif hurried:
            first, more = answers.welcome(reply.text), ()
        elif said.whole and said.card is not None and not turn.begun:
            first, more = answers.template_card(said.card), ()
        else:
            first = answers.stream(turn.heard.id, said.texts[0], finish=True)
            more = (*map(answers.markdown, said.texts[1:]), *_offered(said))
        await self._paid(message, len(more) + (not turn.begun))
        await turn.say(first)
        for body in more:
            await self._line.push({**_address(turn.heard), **body})

    async def _paid(self, message: Message, messages: int) -> None:
        """Answers and pushes share what a conversation bears."""
        if not messages:
            return
        book = f"{WAY}:{await self._reception.address(message)}"
        grant = await self._limiter.take(book, DESTINATIONS[WAY], self._reception.behind.clock(), messages)
        if grant.tokens < messages:
            raise TryLater("这个会话里说得太快了", grant.wait)


def _offered(said: answers.Said) -> tuple[Mapping[str, object], ...]:
    return (answers.template_card(said.card),) if said.card is not None else ()


def _address(heard: Heard) -> Mapping[str, object]:
    return {"chatid": heard.chat or heard.sender, "chat_type": TO_GROUP if heard.chat else TO_PERSON}
