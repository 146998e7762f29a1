"""One Stream connection: read to its end, each push answered when its work is done."""

import asyncio
import logging
from contextlib import suppress

import aiohttp

from bot.platforms.base import Rejected
from bot.platforms.dingtalk import frames
from bot.platforms.dingtalk.frames import Frame
from bot.platforms.dingtalk.pushes import Pushes

log = logging.getLogger(__name__)

LONGEST = 1 << 20
MOST_AT_WORK = 256
"""Beyond that nothing more is read from the line: DingTalk keeps it, and our memory stays small."""
MOST_BROKEN = 10
NAMES = {"platform": "dingtalk"}


class Workload:
    """The pushes at work on all connections of a process, so many at most. Once `ending`, none is begun."""

    def __init__(self, pushes: Pushes) -> None:
        self._pushes = pushes
        self._room = asyncio.Semaphore(MOST_AT_WORK)
        self._at_work: set[asyncio.Task[None]] = set()
        self._ending = False

    async def begin(self, socket: aiohttp.ClientWebSocketResponse, frame: Frame) -> None:
        """Have it answered; waits for room, not for the answer."""
        if self._ending:
            return  # not begun, not confirmed
        await self._room.acquire()
        work = asyncio.create_task(self._answer(socket, frame))
        self._at_work.add(work)
        work.add_done_callback(self._at_work.discard)

    async def end(self, patience: float) -> None:
        """Let what is under way be answered while the lines are still open."""
        self._ending = True
        await self._pushes.close()
        if self._at_work:
            await asyncio.wait(self._at_work, timeout=patience)

    async def _answer(self, socket: aiohttp.ClientWebSocketResponse, frame: Frame) -> None:
        try:
            await send(socket, await self._pushes.take(frame))
        finally:
            self._room.release()


class Connection:
    """Reads one socket. `leaves` is set once DingTalk says that it will close it."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, workload: Workload, draining: float) -> None:
        self._socket = socket
        self._workload = workload
        self._draining = draining
        self.leaves = asyncio.Event()

    async def read(self) -> None:
        """Everything that comes until it is closed; once that is announced, not for longer than it takes."""
        log.info("stream open", extra=NAMES)
        try:
            async with asyncio.timeout(None) as patience:
                await self._listen(patience)
        except TimeoutError:
            log.info("stream drained", extra=NAMES)
        finally:
            with suppress(aiohttp.ClientError, OSError, RuntimeError):
                await self._socket.close()
            log.info("stream closed", extra={**NAMES, "code": self._socket.close_code})

    async def _listen(self, patience: asyncio.Timeout) -> None:
        broken = 0
        async for message in self._socket:
            if message.type not in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
                return
            try:
                frame = frames.read(message.data)
            except Rejected as reason:
                broken += 1
                log.warning("frame rejected", extra={**NAMES, "reason": str(reason)})
                if broken >= MOST_BROKEN:
                    return
                continue
            if frame.system:
                await self._obey(frame, patience)
            else:
                await self._workload.begin(self._socket, frame)

    async def _obey(self, frame: Frame, patience: asyncio.Timeout) -> None:
        if frame.topic == "ping":
            await send(self._socket, frames.pong(frame))
        elif frame.topic == "disconnect":
            self.leaves.set()
            patience.reschedule(asyncio.get_running_loop().time() + self._draining)


async def send(socket: aiohttp.ClientWebSocketResponse, said: str) -> None:
    """Say it, if the line still stands: what is not confirmed is known when it comes again."""
    if said and not socket.closed:
        with suppress(aiohttp.ClientError, OSError, RuntimeError):
            await socket.send_str(said)
