"""What may be lost, within one process: the twin of `storage.redis` where no Redis is configured.

Access tokens are then fetched by each process for itself, and wake-ups reach this process only; the others find
what is due at their next tick.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta


class ProcessCache:
    """`bot.platforms.base.SharedCache` and wake-ups, in memory."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[str, float]] = {}
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._listeners: set[asyncio.Event] = set()

    async def get(self, key: str) -> str | None:
        """The value, or None when there is none or its time is over."""
        value, until = self._values.get(key, ("", 0.0))
        return value if time.monotonic() < until else None

    async def set(self, key: str, value: str, lives: timedelta) -> None:
        """Keep a value for so long."""
        self._values[key] = (value, time.monotonic() + lives.total_seconds())

    @asynccontextmanager
    async def lock(self, key: str, lives: timedelta) -> AsyncIterator[None]:
        """Alone with `key`, or after `lives` in spite of whoever holds it."""
        lock = self._locks[key]
        try:
            async with asyncio.timeout(lives.total_seconds()):
                await lock.acquire()
        except TimeoutError:
            yield
            return
        try:
            yield
        finally:
            lock.release()

    async def wake(self) -> None:
        """Say that something is due."""
        for listener in self._listeners:
            listener.set()

    async def wakings(self) -> AsyncGenerator[None, None]:
        """Yields once listening, and again each time something is due; several at once may come as one."""
        listener = asyncio.Event()
        self._listeners.add(listener)
        try:
            while True:
                yield
                await listener.wait()
                listener.clear()
        finally:
            self._listeners.discard(listener)

    async def close(self) -> None:
        """Nothing to give back."""
