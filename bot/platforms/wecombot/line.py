"""The one long connection of a bot, kept up by the one process that has the lease.

WeCom knows one connection for a bot: a second one ends the first with `disconnected_event`. So of all processes the one
with the lease connects, and whoever is displaced never answers by connecting again at once: when another process of ours
has the lease it stands by, and when a stranger uses the same bot it rests, longer each time.
https://developer.work.weixin.qq.com/document/path/101463
"""

import asyncio
import logging
import random
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import aiohttp

from bot.platforms.tenure import Tenure, ended
from bot.platforms.wecombot.bot import AiBot
from bot.platforms.wecombot.connection import Callback, Connection, Displaced, Pace, connected
from domain.errors import DatabaseAway
from domain.sending import Misconfigured, TryLater

log = logging.getLogger(__name__)
Attend = Callable[[Connection, Callback], None]
DISPLACED = "另一个程序用同一个智能机器人建立了长连接，把我们顶掉了：同一个机器人只能接一处，请停掉另一处，或换一个机器人"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """When a connection follows the one before.

    After an end it waits `first`, doubling up to `longest`, half of it by chance; after a wrong setting or a stranger
    `rest`, doubling up to `longest_rest`. One that lasted `steady` was a good one. `reached` is for who wants to speak.
    """

    first: timedelta = timedelta(seconds=1)
    longest: timedelta = timedelta(seconds=60)
    rest: timedelta = timedelta(minutes=5)
    longest_rest: timedelta = timedelta(hours=1)
    steady: timedelta = timedelta(minutes=1)
    reached: timedelta = timedelta(seconds=6)


class Line:
    """What the bot says unasked goes through here, and only in the process that has `held`."""

    def __init__(
        self,
        bot: AiBot,
        tenure: Tenure,
        *,
        rhythm: Rhythm | None = None,
        pace: Pace | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.trouble = ""
        self._bot = bot
        self._tenure = tenure
        self._rhythm = rhythm or Rhythm()
        self._pace = pace or Pace()
        self._chance = chance
        self._connection: Connection | None = None
        self._up = asyncio.Event()

    @property
    def held(self) -> bool:
        """True while this process is the one that connects."""
        return self._tenure.held

    async def run(self, attend: Attend, woken: Callable[[], None] = lambda: None) -> None:
        """Keep the connection up whenever that is ours to do; ends when cancelled. `woken` is told that it stands."""
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
            await self._tenure.run(lambda: self._keep_connected(session, attend, woken))

    async def push(self, body: Mapping[str, object]) -> None:
        """Say something unasked. Raises `TryLater` while there is no connection, and `Misconfigured`."""
        if self.trouble:
            raise Misconfigured(self.trouble)
        with suppress(TimeoutError):
            async with asyncio.timeout(self._rhythm.reached.total_seconds()):
                await self._up.wait()
        if self._connection is None:
            raise TryLater("智能机器人的长连接还没有接通")
        await self._connection.ask("aibot_send_msg", body)

    async def probe(self) -> str:
        """What `/readyz` shows; never red, since the other doors may work."""
        if self._connection is not None:
            return "ok, connected"
        if self.held:
            return f"warning: not connected; {self.trouble or 'connecting'}"
        with suppress(DatabaseAway):
            holder = await self._tenure.holder()
            return f"ok, held by {holder}" if holder else "warning: no process holds the connection"
        return "warning: the database is away"

    async def _keep_connected(
        self, session: aiohttp.ClientSession, attend: Attend, woken: Callable[[], None]
    ) -> None:
        self.trouble = ""
        failures = rests = 0
        loop = asyncio.get_running_loop()
        while True:
            began = loop.time()
            resting = await self._connected_once(session, attend, woken)
            if loop.time() - began > self._rhythm.steady.total_seconds():
                failures = rests = 0
            if resting:
                rests += 1
                pause = min(self._rhythm.rest * (1 << min(rests - 1, 10)), self._rhythm.longest_rest)
            else:
                failures += 1
                pause = min(self._rhythm.first * (1 << min(failures - 1, 10)), self._rhythm.longest)
            await asyncio.sleep(pause.total_seconds() * (0.5 + self._chance() / 2))

    async def _connected_once(
        self, session: aiohttp.ClientSession, attend: Attend, woken: Callable[[], None]
    ) -> bool:
        """From one opening to its end, whatever ended it; True where somebody must change something first."""
        try:
            async with connected(self._bot, session, self._pace) as connection:
                await self._stand(connection, attend, woken)
            log.info("long connection ended", extra={"bot": self._bot.bot_id})
        except Displaced:
            self.trouble = DISPLACED
        except Misconfigured as wrong:
            self.trouble = str(wrong)
        except TryLater as reason:
            log.warning("no long connection", extra={"bot": self._bot.bot_id, "reason": str(reason)})
        except Exception:
            # The loop of the whole line: it must go on, whatever one connection met.
            log.exception("long connection failed")
        if self.trouble:
            log.error("long connection rests", extra={"bot": self._bot.bot_id, "reason": self.trouble})
        return bool(self.trouble)

    async def _stand(self, connection: Connection, attend: Attend, woken: Callable[[], None]) -> None:
        """Say who we are, and listen until the end."""
        listening = asyncio.create_task(connection.listen(attend))
        try:
            await self._subscribe(connection, listening)
            self._connection, self.trouble = connection, ""
            self._up.set()
            log.info("long connection stands", extra={"bot": self._bot.bot_id})
            woken()
            await asyncio.wait({listening})
            listening.result()
        finally:
            self._connection = None
            self._up.clear()
            await ended(listening)

    async def _subscribe(self, connection: Connection, listening: "asyncio.Task[None]") -> None:
        """A connection that ends meanwhile is not waited for."""
        who = {"bot_id": self._bot.bot_id, "secret": self._bot.secret}
        asking = asyncio.create_task(connection.ask("aibot_subscribe", who))
        try:
            await asyncio.wait({asking, listening}, return_when=asyncio.FIRST_COMPLETED)
            if not asking.done():
                listening.result()
                raise TryLater("长连接在登记前就断了")
            asking.result()
        finally:
            await ended(asking)
