"""Wake-ups between processes: what one commits, another may have to deliver."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Protocol

SIGN_OF_LIFE = "readyz"
LIVES = timedelta(seconds=10)
# Sooner than the other side of `/readyz` gives up: an outage of the tower must not count as one of the whole.
PATIENCE = 1.0


class Tower(Protocol):
    """What all processes share. All of it may be lost: a tick later everything is found anyway."""

    async def get(self, key: str) -> str | None:
        """The value, or None."""

    async def set(self, key: str, value: str, lives: timedelta) -> None:
        """Keep a value for so long."""

    async def wake(self) -> None:
        """Say to all processes that something is due."""

    def wakings(self) -> AsyncIterator[None]:
        """Yields each time somebody says so."""


class Bell:
    """Without a tower this process is alone and hears itself anyway."""

    def __init__(self, tower: Tower | None) -> None:
        self._tower = tower
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake the other processes; returns at once, and many rings before one is carried are one."""
        self._rung.set()

    @asynccontextmanager
    async def hanging(self, heard: Callable[[], None]) -> AsyncIterator[None]:
        """Carry rings out, and call `heard` for those of others, until the end of the block."""
        if self._tower is None:
            yield
            return
        tasks = (
            asyncio.create_task(self._carry(self._tower)),
            asyncio.create_task(_listen(self._tower, heard)),
        )
        try:
            yield
        finally:
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def _carry(self, tower: Tower) -> None:
        while True:
            await self._rung.wait()
            self._rung.clear()
            await tower.wake()

    async def probe(self) -> str:
        """Warns when the tower is away; never red, since nothing that must be kept depends on it."""
        if self._tower is None:
            return "not configured"
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE):
                await self._tower.set(SIGN_OF_LIFE, "1", LIVES)
                if await self._tower.get(SIGN_OF_LIFE) is not None:
                    return "ok"
        return "warning: away; each process fetches tokens, wakes on its ticks and keeps to its share of the limits"


async def _listen(tower: Tower, heard: Callable[[], None]) -> None:
    async for _ in tower.wakings():
        heard()
