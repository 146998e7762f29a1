"""From a message to its answer: committed, owed, confirmed, and said; in this order, whatever is killed in between.

DingTalk sends some messages again and most not, and its answers have no key that shows a repetition. So the reply is
owed by the outbox before the message is confirmed, though not at once: meanwhile it is said the fast way, on the line
that came with the message, and then crossed off. What the fast way does not bring, or a crash prevents, the outbox
does. A second copy of the message finds that the reply is owed already and says nothing.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Protocol

from bot.late import as_notice
from bot.platforms.dingtalk.codec import OVERHEARD, Said
from bot.platforms.dingtalk.session import OVER, SessionLine
from bot.platforms.turns import SILENT, Handle, Turns
from domain.errors import DatabaseAway
from domain.sending import Misconfigured, Sender, TryLater, Undeliverable
from handlers.message import Message, Reply

log = logging.getLogger(__name__)

HELD = timedelta(seconds=20)
"""Longer than the fast way may take, so that the outbox never says what is being said."""
FAST = timedelta(seconds=8)
AGAIN = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0, 30.0)
"""Seconds between attempts while the database is away: DingTalk may not send the message again."""


class Owed(Protocol):
    """`bot.late.LateReplies`, as far as it is needed here."""

    async def hold(self, message: Message, reply: Reply, held: timedelta) -> tuple[str, ...] | None: ...

    async def said(self, owed: Sequence[str]) -> None: ...

    async def release(self, owed: Sequence[str], reason: str) -> None: ...


class Answers:
    """The messages of one app at work; call `close` before the database goes.

    `cards` are the ways by which what offers something goes as a card, where there is a template.
    """

    def __init__(
        self,
        handle: Handle,
        owed: Owed,
        line: SessionLine,
        cards: Mapping[str, Sender] | None = None,
        *,
        deadline: timedelta,
        pauses: Sequence[float] = AGAIN,
    ) -> None:
        self._handle = handle
        self._owed = owed
        self._line = line
        self._cards = cards
        self._pauses = pauses
        self._turns = Turns(self._work, _nothing, deadline)
        self._saying: set[asyncio.Task[None]] = set()

    async def take(self, said: Said) -> Reply | None:
        """Its reply, once everything it causes is committed and the reply is owed; None when that takes too long."""
        return SILENT if said.kind == OVERHEARD else await self._turns.take(said)

    async def close(self) -> None:
        """Let what is under way end; what does not is not confirmed."""
        await self._turns.close()
        if self._saying:
            await asyncio.wait(self._saying, timeout=FAST.total_seconds())

    async def _work(self, message: Message) -> Reply:
        reply = await self._patiently(message)
        if reply.text and isinstance(message, Said):
            await self._answer(message, reply)
        return reply

    async def _patiently(self, message: Message) -> Reply:
        for pause in self._pauses:
            try:
                return await self._handle(message)
            except DatabaseAway:
                await asyncio.sleep(pause)
        return await self._handle(message)

    async def _answer(self, message: Said, reply: Reply) -> None:
        """Owe the reply, and say it beside the confirmation."""
        owed = await self._owed.hold(message, reply, HELD)
        if owed is None:
            return
        saying = asyncio.create_task(self._say(message, reply, owed))
        self._saying.add(saying)
        saying.add_done_callback(self._saying.discard)

    async def _say(self, message: Said, reply: Reply, owed: tuple[str, ...]) -> None:
        names = {"key": str(message.key)}
        try:
            async with asyncio.timeout(FAST.total_seconds()):
                await self._fast(message, reply, owed)
        except (TryLater, Undeliverable, Misconfigured, TimeoutError) as reason:
            await self._release(owed, str(reason) or "timeout", names)
        except Exception:
            # A bug on the fast way must not cost the reply: it is owed.
            log.exception("reply not said", extra=names)
            await self._release(owed, "a bug", names)
        else:
            await self._cross_off(owed, names)

    async def _fast(self, message: Said, reply: Reply, owed: tuple[str, ...]) -> None:
        """As a card where it offers something, else on the line. Under the id by which it is owed: shown once."""
        if self._cards and reply.buttons and owed:
            way, address = (
                ("dingtalk-group", message.chat) if message.chat else ("dingtalk", message.staff_id)
            )
            await self._cards[way].send("", address, as_notice(reply), owed[0])
            return
        if message.line is None:
            raise Undeliverable(OVER)
        await self._line.say(message.line, reply.text, reply.buttons, alone=not message.chat)

    async def _release(self, owed: tuple[str, ...], reason: str, names: dict[str, str]) -> None:
        if not owed:
            log.warning("reply to a stranger not said", extra={**names, "reason": reason})
            return
        log.info("reply goes by the outbox", extra={**names, "reason": reason})
        try:
            await self._owed.release(owed, reason)
        except DatabaseAway:
            log.warning("reply stays held", extra=names)  # due by itself, a little later

    async def _cross_off(self, owed: tuple[str, ...], names: dict[str, str]) -> None:
        try:
            await self._owed.said(owed)
        except DatabaseAway:
            # It will be said once more: rather twice than never.
            log.warning("reply said, not crossed off", extra=names)


async def _nothing(message: Message, reply: Reply) -> None:
    """When nobody waits any more, the reply is owed all the same."""
