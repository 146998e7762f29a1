"""Feishu by long connection: no address of ours is public, the platform's events come over a socket that we open.

After any close, whoever closed, it is opened again; whichever of several processes gets an event, only one does.
"""

import asyncio
import logging
import random
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta

import aiohttp

from bot.platforms.body import LONGEST
from bot.platforms.feishu.endpoint import Endpoint
from bot.platforms.feishu.line import CLOSING, Line, Take
from domain.sending import Misconfigured, TryLater

log = logging.getLogger(__name__)

CONNECTING = timedelta(seconds=10)
STEADY = timedelta(minutes=1)
"""Who was connected for so long begins anew with the shortest pause."""
LONGEST_PAUSE = 60.0


class LongConnection:
    """One connection, for as long as `running` lasts. `ask` gives an endpoint, `take` is `Reception.take`."""

    def __init__(self, ask: Callable[[], Awaitable[Endpoint]], take: Take) -> None:
        self._ask = ask
        self._take = take
        self._open = False
        self._since = time.monotonic()
        self._reason = "not begun"

    async def probe(self) -> str:
        """Whether it is open, for `/readyz`. Never red: other doors of this process go on."""
        lasts = f"{time.monotonic() - self._since:.0f} s"
        return f"ok, open for {lasts}" if self._open else f"warning: not open for {lasts}: {self._reason}"

    def _becomes(self, closed: str = "") -> None:
        """Open, or closed for this reason; how long it has been closed counts over all attempts."""
        if self._open or not closed:
            self._since = time.monotonic()
        self._open, self._reason = not closed, closed

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Be connected; at the end what is under way is finished and confirmed."""
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            task = asyncio.create_task(self._keep_on(session))
            try:
                yield
            finally:
                task.cancel()
                await asyncio.wait({task})

    async def _keep_on(self, session: aiohttp.ClientSession) -> None:
        failures = 0
        while True:
            began = time.monotonic()
            wrong = await self._tried(session)
            failures = 0 if time.monotonic() - began > STEADY.total_seconds() else failures + 1
            await asyncio.sleep(LONGEST_PAUSE if wrong else pause(failures, random.random()))  # noqa: S311

    async def _tried(self, session: aiohttp.ClientSession) -> bool:
        """One connection from beginning to end; True when somebody must change a setting first."""
        reason, wrong = "closed", False
        try:
            await self._once(session)
        except Exception as error:
            # Whatever it is, to be deaf from now on would be worse.
            reason, wrong = _said(error), isinstance(error, Misconfigured)
        self._becomes(reason)
        log.warning("long connection ended", extra={"reason": reason})
        return wrong

    async def _once(self, session: aiohttp.ClientSession) -> None:
        endpoint = await self._ask()
        async with asyncio.timeout(CONNECTING.total_seconds()):
            socket = await session.ws_connect(
                endpoint.url,
                max_msg_size=2 * LONGEST,
                timeout=aiohttp.ClientWSTimeout(ws_close=CLOSING.total_seconds()),
            )
        self._becomes()
        log.info("long connection open")
        line = Line(socket, endpoint, self._take)
        try:
            await line.read()
        finally:
            await line.close()


def _said(error: Exception) -> str:
    """Why it ended. Never in the words of the network's libraries: they quote the address, which opens a connection."""
    if isinstance(error, Misconfigured | TryLater):
        return str(error)
    if isinstance(error, aiohttp.WSServerHandshakeError):
        said = error.headers.get("Handshake-Status", "") if error.headers else ""
        return f"handshake refused: {error.status} {said[:64]}"
    if isinstance(error, aiohttp.ClientError | OSError):
        return type(error).__name__
    place = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {place.name}, line {place.lineno}"


def pause(failures: int, chance: float) -> float:
    """Seconds before the next attempt: about one at first, twice as long each time, a minute at most, never in step."""
    longest = min(2.0 ** min(failures, 10), LONGEST_PAUSE)
    return longest * (0.5 + chance / 2)
