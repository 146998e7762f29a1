"""A message at work while its platform waits: repeated attempts join it, and a reply nobody waits for goes by the outbox.

Every platform waits a few seconds for a callback's answer, then cuts the line, and most ask again. So an attempt is
answered only with what is committed; one that comes again joins the work under way and takes its answer; when the work
ends with no attempt waiting, the reply is brought another way, once.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from domain.ports import MessageKey
from handlers.message import Message, Reply

log = logging.getLogger(__name__)

CLOSING = timedelta(seconds=5)
SILENT = Reply("")

Handle = Callable[[Message], Awaitable[Reply]]
# Puts the reply into the outbox, to the message's sender; for the same message again it does nothing.
Late = Callable[[Message, Reply], Awaitable[None]]


def _never(_: Reply) -> bool:
    return False


@dataclass(slots=True)
class _Turn:
    """How many attempts wait for it, and whether its reply went by the outbox instead."""

    task: asyncio.Task[Reply]
    waiting: int = 0
    late: bool = False


class Turns:
    """The messages of one door that are at work; call `close` before the database goes."""

    def __init__(self, handle: Handle, late: Late, deadline: timedelta) -> None:
        self._handle = handle
        self._late = late
        self._deadline = deadline.total_seconds()
        self._turns: dict[MessageKey, _Turn] = {}
        self._bringing: set[asyncio.Task[None]] = set()
        self._closing = asyncio.Event()

    async def take(self, message: Message, *, elsewhere: Callable[[Reply], bool] = _never) -> Reply | None:
        """The reply to give on the line, or None when it is not ready within the deadline.

        `SILENT` when it takes another way: `elsewhere` says that it must, or it came too late for an earlier attempt.
        Raises what the work raised.
        """
        turn = self._turn(message, elsewhere)
        turn.waiting += 1
        try:
            done, _ = await asyncio.wait({turn.task}, timeout=self._deadline)
        finally:
            turn.waiting -= 1
        if not done:
            return None
        return SILENT if turn.late else turn.task.result()

    async def close(self) -> None:
        """Let what is under way end; what does not is not committed, and the platform asks again."""
        self._closing.set()
        if turns := {turn.task for turn in self._turns.values()}:
            await asyncio.wait(turns, timeout=CLOSING.total_seconds())
        if self._bringing:
            await asyncio.wait(self._bringing, timeout=CLOSING.total_seconds())

    def _turn(self, message: Message, elsewhere: Callable[[Reply], bool]) -> _Turn:
        """The work on this message, begun if nobody has."""
        key = message.key
        if key not in self._turns:
            turn = self._turns[key] = _Turn(asyncio.create_task(self._work(message, elsewhere)))
            turn.task.add_done_callback(lambda _: self._end(message, turn))
        return self._turns[key]

    async def _work(self, message: Message, elsewhere: Callable[[Reply], bool]) -> Reply:
        reply = await self._handle(message)
        if reply.text and elsewhere(reply):
            # One way for one reply: halves of it could overtake each other.
            await self._late(message, reply)
            return SILENT
        return reply

    def _end(self, message: Message, turn: _Turn) -> None:
        """Forget a turn that somebody takes; what nobody waits for is brought otherwise, or logged."""
        if turn.waiting or turn.task.cancelled():
            del self._turns[message.key]
        elif error := turn.task.exception():
            del self._turns[message.key]
            log.error("message failed with nobody waiting", exc_info=error, extra={"key": str(message.key)})
        else:
            turn.late = True
            bringing = asyncio.create_task(self._bring(message, turn))
            self._bringing.add(bringing)
            bringing.add_done_callback(self._bringing.discard)

    async def _bring(self, message: Message, turn: _Turn) -> None:
        """By the outbox; an attempt that comes a little later gets silence, not a second copy."""
        try:
            if (reply := turn.task.result()).text:
                await self._late(message, reply)
            async with asyncio.timeout(3 * self._deadline):
                await self._closing.wait()
        except TimeoutError:
            pass
        except Exception:
            # Recorded it is: whoever asks again gets it. Nobody else would hear of this.
            log.exception("late reply not queued", extra={"key": str(message.key)})
        finally:
            del self._turns[message.key]
