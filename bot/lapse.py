"""Lets time pass in a demo: everything that falls due on the way happens at its own moment."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol


class Movable(Protocol):
    """A clock that can be moved on."""

    def __call__(self) -> datetime: ...

    def move(self, by: timedelta) -> None:
        """Be so much later from now on."""


class Lapse:
    """Moves the clock from one due thing to the next, of all kinds; `settle` handles and delivers what is due."""

    def __init__(
        self,
        clock: Movable,
        next_due: Sequence[Callable[[], Awaitable[datetime | None]]],
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
            reached = await self._reach(self._clock())
            while (due := await self._next(reached, end)) < end:
                reached = await self._reach(due)
            await self._reach(end)

    async def _next(self, reached: datetime, end: datetime) -> datetime:
        """What fell due by then and is not handled stays so, whatever keeps it; it must not keep the rest."""
        dues = [await one() for one in self._next_due]
        return min((due for due in dues if due is not None and due > reached), default=end)

    async def _reach(self, moment: datetime) -> datetime:
        """Be there and settle; says until when all was settled. The clock may have run past by itself meanwhile."""
        self._clock.move(max(moment - self._clock(), timedelta()))
        reached = self._clock()
        await self._settle()
        return reached
