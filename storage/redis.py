"""What may be lost, shared by processes through Redis: access tokens and wake-ups; `storage.limits` has the limits.

An outage costs speed, never truth. While Redis is away `get` finds nothing, `set` keeps nothing and `lock` keeps
nobody out: each process fetches tokens for itself. Wake-ups are not heard: what is due is found at the next tick.
"""

import asyncio
import logging
import uuid
from collections.abc import AsyncGenerator, AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

PREFIX = "gendan:"
WAKE = PREFIX + "wake"
# A message that needs a token must not wait for a Redis that is away.
PATIENCE = 1.0
LISTEN_AGAIN = 5.0
LOOK_AGAIN = 0.05

# Only whoever locked may unlock: the lock may have run out and be another's by now.
UNLOCK = """
if redis.call('get', KEYS[1]) == ARGV[1] then
    return redis.call('del', KEYS[1])
end
return 0
"""


class RedisCache:
    """`bot.platforms.base.SharedCache` and wake-ups, through Redis."""

    def __init__(self, url: str) -> None:
        self._redis = client(url, PATIENCE)
        # Listening waits for as long as nothing happens.
        self._listening = client(url, None)

    async def get(self, key: str) -> str | None:
        """The value, or None when there is none, its time is over, or Redis is away."""
        value = None
        with _outage_tolerated():
            value = await self._redis.get(PREFIX + key)
        return str(value) if value is not None else None

    async def set(self, key: str, value: str, lives: timedelta) -> None:
        """Keep a value for so long, if Redis is there."""
        if lives > timedelta():
            with _outage_tolerated():
                await self._redis.set(PREFIX + key, value, px=lives)

    @asynccontextmanager
    async def lock(self, key: str, lives: timedelta) -> AsyncIterator[None]:
        """Alone with `key` among all processes; whoever dies holding it is in the way for `lives` at most."""
        mine = uuid.uuid4().hex
        name = f"{PREFIX}lock:{key}"
        with _outage_tolerated():
            while not await self._redis.set(name, mine, nx=True, px=lives):  # noqa: ASYNC110 - another process's
                await asyncio.sleep(LOOK_AGAIN)
        try:
            yield
        finally:
            with _outage_tolerated():
                await self._redis.eval(UNLOCK, 1, name, mine)

    async def wake(self) -> None:
        """Say to all processes that something is due."""
        with _outage_tolerated():
            await self._redis.publish(WAKE, "")

    async def wakings(self) -> AsyncGenerator[None, None]:
        """Yields once listening, and again each time something is due; listens again after an outage."""
        while True:
            with _outage_tolerated():
                async with self._listening.pubsub() as channel:
                    await channel.subscribe(WAKE)
                    async for message in channel.listen():
                        if message["type"] in ("subscribe", "message"):
                            yield
            await asyncio.sleep(LISTEN_AGAIN)

    async def close(self) -> None:
        """Hang up."""
        await self._redis.aclose()
        await self._listening.aclose()


def client(url: str, timeout: float | None) -> Redis:
    """A line to Redis that gives up after `timeout` seconds and never tries twice by itself."""
    return Redis.from_url(
        url,
        decode_responses=True,
        socket_connect_timeout=PATIENCE,
        socket_timeout=timeout,
        retry=Retry(NoBackoff(), 0),
    )


@contextmanager
def _outage_tolerated() -> Iterator[None]:
    try:
        yield
    except (RedisError, OSError) as error:
        log.warning("Redis is away", extra={"error": type(error).__name__})
