"""Lets time pass in a demo: everything that falls due on the way happens at its own moment."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol


class Movable(Protocol):
    """A clock that can be moved on."""

    def __call__(self) -> datetime: ...

    def move(self, by: timedelta) -> None:
        """Be so much later from now on."""


class Lapse:
    """Moves the clock from one due thing to the next; `settle` handles and delivers what is due."""

    def __init__(
        self,
        clock: Movable,
        next_due: Callable[[], Awaitable[datetime | None]],
        settle: Callable[[], Awaitable[None]],
    ) -> None:
        self._clock = clock
        self._next_due = next_due
        self._settle = settle
        self._alone = asyncio.Lock()

    async def advance(self, seconds: float) -> None:
        """Be `seconds` later; returns once all that fell due has been handled and delivered."""
        async with self._alone:
            end = self._clock() + timedelta(seconds=seconds)
            await self._settle()
            while (due := await self._next_due()) is not None and self._clock() < due < end:
                await self._reach(due)
            await self._reach(end)

    async def _reach(self, moment: datetime) -> None:
        self._clock.move(moment - self._clock())
        await self._settle()
