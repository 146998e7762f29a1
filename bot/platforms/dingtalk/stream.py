"""Stream mode: DingTalk is called and holds the line, so that no address of ours need be public.

Each push goes to one of the connections an app has open, whichever process holds it; so several are held, and while one
is renewed the others listen. What is said while none is open is lost at DingTalk.
"""

import asyncio
import logging
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp

from bot.platforms.dingtalk.app import DingTalkApp
from bot.platforms.dingtalk.connection import LONGEST, NAMES, Connection, Workload
from bot.platforms.dingtalk.gateway import entrance
from bot.platforms.dingtalk.pushes import Pushes
from bot.platforms.http import Http
from domain.sending import Misconfigured, TryLater

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Pace:
    """How long everything may take, in seconds. After `sound` a connection was a good one: the next needs no pause.

    What cannot be opened is tried again after up to `longest_pause`; what was open and ended soon, after a `brief_pause`,
    for while nobody listens messages are lost.
    """

    opening: float = 10.0
    heartbeat: float = 30.0
    draining: float = 15.0
    closing: float = 5.0
    first_pause: float = 1.0
    longest_pause: float = 60.0
    brief_pause: float = 4.0
    sound: float = 60.0

    def pause(self, failures: int, chance: float, *, opened: bool) -> float:
        """Longer after each failure, and never the same for two."""
        if not failures:
            return self.first_pause / 10 * chance
        most = self.brief_pause if opened else self.longest_pause
        return min(self.first_pause * 2.0 ** min(failures - 1, 10), most) * (0.5 + chance / 2)


class Stream:
    """The connections of one process; they stand inside `running`."""

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
        self._workload = Workload(pushes)
        self._connections = connections
        self._pace = pace
        self._chance = chance
        self._leaving: set[asyncio.Task[None]] = set()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Listen; at the end begin nothing more, and confirm what is under way while the lines are still open."""
        keeping = [asyncio.create_task(self._keep()) for _ in range(self._connections)]
        try:
            yield
        finally:
            await self._workload.end(self._pace.closing)
            lines = (*keeping, *self._leaving)
            for task in lines:
                task.cancel()
            await asyncio.gather(*lines, return_exceptions=True)

    async def _keep(self) -> None:
        """One connection after the other, whatever ends each."""
        loop, failures = asyncio.get_running_loop(), 0
        while True:
            began, announced, line = loop.time(), False, None
            try:
                line = await self._opened()
                announced = await self._one(line)
            except (TryLater, Misconfigured) as reason:
                log.warning("stream not open", extra={**NAMES, "reason": str(reason)})
            except (aiohttp.ClientError, OSError, TimeoutError) as reason:
                # What aiohttp says may quote the address, and in the address stands the ticket.
                log.warning("stream not open", extra={**NAMES, "reason": type(reason).__name__})
            except Exception:
                # Whatever it is, a door that stays shut would be worse.
                log.exception("stream failed", extra=NAMES)
            sound = announced or loop.time() - began >= self._pace.sound
            failures = 0 if sound else failures + 1
            await asyncio.sleep(self._pace.pause(failures, self._chance(), opened=line is not None))

    async def _one(self, socket: aiohttp.ClientWebSocketResponse) -> bool:
        """Listen until it ends (False), or is about to (True): its rest is read beside the next."""
        line = Connection(socket, self._workload, self._pace.draining)
        reading = asyncio.create_task(line.read())
        leaving = asyncio.create_task(line.leaves.wait())
        try:
            await asyncio.wait({reading, leaving}, return_when=asyncio.FIRST_COMPLETED)
        except asyncio.CancelledError:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)
            raise
        finally:
            leaving.cancel()
        if reading.done():
            await reading
            return False
        self._leaving.add(reading)
        reading.add_done_callback(self._left)
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

    def _left(self, reading: asyncio.Task[None]) -> None:
        """A line that was left anyway may end as it likes."""
        self._leaving.discard(reading)
        if not reading.cancelled() and (error := reading.exception()) is not None:
            log.info("stream ended", extra={**NAMES, "reason": type(error).__name__})
