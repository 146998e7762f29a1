"""What destinations have been told lately: in the process, or shared by all processes through Redis.

While Redis is away each process keeps to its share of every limit: the limit divided by the processes known. Since
none knows what the others had sent, it begins as if every destination were spent, and so it does when Redis is back.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from redis.exceptions import RedisError

from domain.destinations import Destination
from domain.limiting import MICROSECOND, Grant, Pace, books, pace, take
from storage.redis import PATIENCE, PREFIX, client
from storage.types import EPOCH

log = logging.getLogger(__name__)

SINCE = PREFIX + "limits-since"
ASK_AGAIN = 5.0
"""While Redis is away it is asked this often, by one caller; the others do not wait for it."""
SWEEP = 1000
"""So many books are kept before those of destinations that have rested are looked for."""

# `domain.limiting.take` over the books KEYS[2..], all or none. A book is kept for a minute after its destination has
# rested, since clocks of processes differ.
SCRIPT = """
local now, wanted, afresh = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == '1'
local since = tonumber(redis.call('get', KEYS[1]) or '')
if not since or (afresh and since < now) then
    since = now
    redis.call('set', KEYS[1], since)
end
since = math.min(since, now)
local tokens, books = wanted, {}
for i = 2, #KEYS do
    local a = 4 + 3 * (i - 2)
    local burst, interval, reserve = tonumber(ARGV[a]), tonumber(ARGV[a + 1]), tonumber(ARGV[a + 2])
    local arrival = tonumber(redis.call('get', KEYS[i]) or '0')
    arrival = math.max(arrival, since + (burst - reserve) * interval, now)
    arrival = math.min(arrival, now + burst * interval)
    tokens = math.min(tokens, burst - math.ceil((arrival - now) / interval))
    books[i] = {burst, interval, arrival}
end
tokens = math.max(0, tokens)
local wait = 0
for i, book in pairs(books) do
    local burst, interval = book[1], book[2]
    local ahead = book[3] + tokens * interval - now
    if tokens > 0 then
        redis.call('set', KEYS[i], now + ahead, 'px', math.ceil(ahead / 1000) + 60000)
    end
    wait = math.max(wait, ahead - (burst - 1) * interval)
end
return {tokens, wait}
"""


class ProcessLimiter:
    """`domain.limiting.Limiter` in memory, with this process's share of every limit.

    `since` is the moment before which nobody knows what was sent; None: nothing was.
    """

    def __init__(self, processes: Callable[[], int] = lambda: 1, since: datetime | None = None) -> None:
        self._processes = processes
        self._since = _microseconds(since) if since else 0
        self._arrivals: dict[str, int] = {}
        self._sweep_at = SWEEP

    @property
    def books(self) -> int:
        """How many limits of destinations are remembered."""
        return len(self._arrivals)

    async def take(self, key: str, destination: Destination, now: datetime, wanted: int = 1) -> Grant:
        """Take what this process may."""
        names, paces = _paces(key, destination, 1 if destination.one else self._processes())
        if not names:
            return Grant(wanted)
        moment = _microseconds(now)
        taken = take(paces, [self._arrivals.get(name, 0) for name in names], self._since, moment, wanted)
        self._arrivals.update(zip(names, taken.arrivals, strict=True))
        self._sweep(moment)
        return _grant(taken.tokens, taken.wait, wanted)

    def _sweep(self, now: int) -> None:
        """Forget who has rested: unknown and rested are the same. Each look doubles, so that it costs little."""
        if len(self._arrivals) > self._sweep_at:
            self._arrivals = {name: arrival for name, arrival in self._arrivals.items() if arrival > now}
            self._sweep_at = max(SWEEP, 2 * len(self._arrivals))


class RedisLimiter:
    """`domain.limiting.Limiter` for all processes together; `alone` is called when Redis goes (True) and comes back."""

    def __init__(self, url: str, processes: Callable[[], int], alone: Callable[[bool], None]) -> None:
        self._redis = client(url, PATIENCE)
        self._script = self._redis.register_script(SCRIPT)
        self._processes = processes
        self._alone = alone
        self._meanwhile: ProcessLimiter | None = None
        self._ask_at = 0.0

    async def begin(self, since: datetime | None, now: datetime) -> None:
        """Say, before the first `take`, until when somebody may have sent something; a Redis in use knows better."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._redis.set(SINCE, _microseconds(since) if since else 0, nx=True)
        except (RedisError, OSError) as error:
            self._lost(now, error)

    async def take(self, key: str, destination: Destination, now: datetime, wanted: int = 1) -> Grant:
        """Take what all processes together may; while Redis is away what this one may. Answers within a second."""
        meanwhile = self._meanwhile
        if meanwhile is None or time.monotonic() >= self._ask_at:
            self._ask_at = time.monotonic() + ASK_AGAIN
            try:
                async with asyncio.timeout(PATIENCE):
                    return await self._together(key, destination, now, wanted)
            except (RedisError, OSError) as error:
                meanwhile = self._lost(now, error)
        return await meanwhile.take(key, destination, now, wanted)

    async def close(self) -> None:
        """Hang up."""
        await self._redis.aclose()

    async def _together(self, key: str, destination: Destination, now: datetime, wanted: int) -> Grant:
        names, paces = _paces(key, destination, 1)
        if not names:
            return Grant(wanted)
        before = self._meanwhile
        figures = [figure for pace in paces for figure in (pace.burst, pace.interval, pace.reserve)]
        tokens, wait = await self._script(
            keys=[SINCE, *(f"{PREFIX}limit:{name}" for name in names)],
            args=[_microseconds(now), wanted, int(before is not None), *figures],
        )
        # An answer to what was asked before Redis went says nothing about its being back.
        if before is not None and before is self._meanwhile:
            self._meanwhile = None
            self._alone(False)
            log.warning("limits are shared again")
        return _grant(tokens, wait, wanted)

    def _lost(self, now: datetime, error: Exception) -> ProcessLimiter:
        if self._meanwhile is None:
            self._meanwhile = ProcessLimiter(self._processes, now)
            self._alone(True)
            log.warning("limits are kept by this process alone", extra={"error": type(error).__name__})
        return self._meanwhile


def _paces(key: str, destination: Destination, processes: int) -> tuple[list[str], list[Pace]]:
    counted = books(key, destination)
    return [name for name, _ in counted], [pace(limit, processes) for _, limit in counted]


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def _grant(tokens: int, wait: int, wanted: int) -> Grant:
    return Grant(tokens, timedelta(microseconds=wait) if tokens < wanted else timedelta())
