"""Stream mode: DingTalk is called and holds the line, so that no address of ours need be public.

Each push goes to one of the connections an app has open, whichever process holds it; so several are held, and while one
is renewed the others listen. What is said while none is open is lost at DingTalk.
"""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass

import aiohttp

from bot.platforms.base import Rejected
from bot.platforms.dingtalk import frames
from bot.platforms.dingtalk.app import DingTalkApp
from bot.platforms.dingtalk.frames import Frame
from bot.platforms.dingtalk.gateway import entrance
from bot.platforms.dingtalk.pushes import Pushes
from bot.platforms.http import Http
from domain.sending import Misconfigured, TryLater

log = logging.getLogger(__name__)

LONGEST = 1 << 20
MOST_AT_WORK = 256
"""Beyond that nothing more is read from the line: DingTalk keeps it, and our memory stays small."""
MOST_BROKEN = 10


@dataclass(frozen=True, slots=True)
class Pace:
    """How long everything may take, in seconds."""

    opening: float = 10.0
    heartbeat: float = 30.0
    draining: float = 15.0
    closing: float = 5.0
    first_pause: float = 1.0
    longest_pause: float = 60.0
    sound: float = 60.0
    """A connection that lasted so long was a good one: the next is opened without a long pause."""


class Stream:
    """The connections of one process; runs inside `running`."""

    def __init__(
        self,
        app: DingTalkApp,
        http: Http,
        session: aiohttp.ClientSession,
        pushes: Pushes,
        *,
        connections: int = 2,
        pace: Pace = Pace(),
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._app = app
        self._http = http
        self._session = session
        self._pushes = pushes
        self._connections = connections
        self._pace = pace
        self._chance = chance
        self._room = asyncio.Semaphore(MOST_AT_WORK)
        self._at_work: set[asyncio.Task[None]] = set()
        self._leaving: set[asyncio.Task[None]] = set()
        self._ending = False
        self.open = 0

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listen; at the end read nothing more, and confirm what is under way while the lines are still open."""
        keeping = [asyncio.create_task(self._keep()) for _ in range(self._connections)]
        try:
            yield
        finally:
            self._ending = True
            await self._pushes.close()
            if self._at_work:
                await asyncio.wait(self._at_work, timeout=self._pace.closing)
            lines = (*keeping, *self._leaving)
            for task in lines:
                task.cancel()
            await asyncio.gather(*lines, return_exceptions=True)

    async def _keep(self) -> None:
        """One connection after the other, whatever ends each."""
        loop, failures = asyncio.get_running_loop(), 0
        while True:
            began = loop.time()
            try:
                announced = await self._one()
            except (TryLater, Misconfigured, aiohttp.ClientError, OSError, TimeoutError) as reason:
                announced = False
                # An address may stand in what aiohttp says, and a ticket in the address.
                said = str(reason) if isinstance(reason, TryLater | Misconfigured) else type(reason).__name__
                log.warning("stream not open", extra={"platform": "dingtalk", "reason": said})
            except Exception:
                announced = False
                # Whatever it is, a door that stays shut would be worse.
                log.exception("stream failed", extra={"platform": "dingtalk"})
            lasted = loop.time() - began >= self._pace.sound
            failures = 0 if announced or lasted else failures + 1
            await asyncio.sleep(self._pause(failures))

    def _pause(self, failures: int) -> float:
        """Longer each time, and never the same for two."""
        if not failures:
            return self._pace.first_pause / 10 * self._chance()
        longest = min(self._pace.first_pause * 2.0 ** min(failures - 1, 10), self._pace.longest_pause)
        return longest * (0.5 + self._chance() / 2)

    async def _one(self) -> bool:
        """Open a connection and listen until it ends (False), or is about to (True): the rest is read beside."""
        line = await self._opened()
        leaves = asyncio.Event()
        reading = asyncio.create_task(self._read(line, leaves))
        waiting = asyncio.create_task(leaves.wait())
        try:
            await asyncio.wait({reading, waiting}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            raise
        finally:
            waiting.cancel()
        if reading.done():
            await reading
            return False
        self._leaving.add(reading)
        reading.add_done_callback(self._leaving.discard)
        reading.add_done_callback(_forget)
        return True

    async def _opened(self) -> aiohttp.ClientWebSocketResponse:
        async with asyncio.timeout(self._pace.opening):
            way = await entrance(self._app, self._http)
            return await self._session.ws_connect(
                way.endpoint,
                params={"ticket": way.ticket},
                heartbeat=self._pace.heartbeat,
                max_msg_size=LONGEST,
                timeout=aiohttp.ClientWSTimeout(ws_close=self._pace.closing),
            )

    async def _read(self, line: aiohttp.ClientWebSocketResponse, leaves: asyncio.Event) -> None:
        """Everything that comes until the line is closed; once it is announced, not for longer than it takes."""
        self.open += 1
        log.info("stream open", extra={"platform": "dingtalk"})
        try:
            async with asyncio.timeout(None) as patience:
                await self._listen(line, leaves, patience)
        except TimeoutError:
            log.info("stream drained", extra={"platform": "dingtalk"})
        finally:
            self.open -= 1
            with suppress(Exception):  # it may be closed in every way a line can be
                await line.close()
            log.info("stream closed", extra={"platform": "dingtalk", "code": line.close_code})

    async def _listen(
        self, line: aiohttp.ClientWebSocketResponse, leaves: asyncio.Event, patience: asyncio.Timeout
    ) -> None:
        broken = 0
        async for message in line:
            if message.type not in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
                break
            try:
                frame = frames.read(message.data)
            except Rejected as reason:
                broken += 1
                log.warning("frame rejected", extra={"platform": "dingtalk", "reason": str(reason)})
                if broken >= MOST_BROKEN:
                    break
                continue
            if frame.system and frame.topic == "disconnect":
                leaves.set()
                patience.reschedule(asyncio.get_running_loop().time() + self._pace.draining)
            else:
                await self._take(line, frame)

    async def _take(self, line: aiohttp.ClientWebSocketResponse, frame: Frame) -> None:
        if frame.system:
            await _send(line, frames.pong(frame) if frame.topic == "ping" else "")
            return
        if self._ending:
            return  # not begun, not confirmed
        await self._room.acquire()
        work = asyncio.create_task(self._work(line, frame))
        self._at_work.add(work)
        work.add_done_callback(self._at_work.discard)

    async def _work(self, line: aiohttp.ClientWebSocketResponse, frame: Frame) -> None:
        try:
            await _send(line, await self._pushes.take(frame))
        finally:
            self._room.release()


async def _send(line: aiohttp.ClientWebSocketResponse, said: str) -> None:
    """Say it, if the line still stands: what is not confirmed is known when it comes again."""
    if said and not line.closed:
        with suppress(aiohttp.ClientError, OSError, RuntimeError):
            await line.send_str(said)


def _forget(task: asyncio.Task[None]) -> None:
    """A line that was left anyway may end as it likes."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.info("stream ended", extra={"platform": "dingtalk", "reason": type(error).__name__})
