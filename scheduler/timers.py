"""Fires the timers that fell due: the domain decides what that means."""

import asyncio
import itertools
import logging
import random
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from domain.catchup import LATE, caught_up
from domain.company import Company
from domain.duty import Duty
from domain.errors import DatabaseAway, Stale
from domain.escalation import overdue
from domain.facts import Change, Timer
from domain.ladder import REMINDER
from domain.ports import Clock, Todo, UnitOfWork, UnitsOfWork
from domain.queues import DueTimer, Timers
from scheduler.backoff import pause

log = logging.getLogger(__name__)
BATCH = 200
AT_ONCE = 4
"""Few enough to leave most of the database's connections to messages."""
LEASE = timedelta(minutes=1)
"""A timer whose process died is looked at again after this."""
SOON = timedelta(seconds=1)
PATIENCE = 5
"""Somebody else was first so often in a row: that is a fault of its own."""
TOLD = 10
"""So many stand on the process owner's list by themselves; `gendan doctor` counts the rest."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimerWatch:
    """Handles due timers, each in a transaction of its own.

    One that cannot be handled is put off, longer each time, and never holds up the others. `observe` is told how
    late one was, `todo` writes onto the process owner's list.
    """

    timers: Timers
    units: UnitsOfWork
    company: Callable[[], Company]
    clock: Clock
    observe: Callable[[timedelta], None]
    todo: Callable[[Todo], Awaitable[object]]
    chance: Callable[[], float] = random.random

    async def turn(self) -> int:
        """Handle one batch; says how many were looked at."""
        due = await self.timers.claim(self.clock(), BATCH, LEASE)
        if not due:
            return 0
        duty = await self._duty()
        # Those of one order one after the other: side by side they would only be in each other's way.
        by_order = sorted(due, key=lambda one: one.timer.order)
        orders = itertools.groupby(by_order, key=lambda one: one.timer.order)
        waiting = deque(sorted(([*some] for _, some in orders), key=lambda some: some[0].timer.due))
        outcomes = await asyncio.gather(
            *(self._work_off(waiting, duty) for _ in range(AT_ONCE)), return_exceptions=True
        )
        for outcome in outcomes:
            if outcome is not None:
                raise outcome
        return len(due)

    async def _duty(self) -> Duty:
        """Who is away, read once for the whole batch; from a day earlier, as today is not the same everywhere."""
        async with self.units() as uow:
            return await uow.duty(self.clock().date() - DAY)

    async def _work_off(self, waiting: deque[list[DueTimer]], duty: Duty) -> None:
        while waiting:
            for due in waiting.popleft():
                try:
                    await self._guarded(due, duty)
                except DatabaseAway:
                    waiting.clear()  # the leases bring them back
                    raise

    async def _guarded(self, due: DueTimer, duty: Duty) -> None:
        try:
            await self._fire(due.timer, duty)
        except DatabaseAway:
            raise
        except Stale as stale:
            # Somebody acted on the order at this very moment.
            if due.attempts < PATIENCE:
                await self.timers.put_off(due.timer, self.clock() + SOON)
            else:
                await self._trouble(due, stale)
        except Exception as bug:
            # One item of a loop: its order is named, the others must not wait for it.
            log.exception("timer failed", extra={"order": due.timer.order, "rung": due.timer.rung})
            await self._trouble(due, bug)

    async def _fire(self, timer: Timer, duty: Duty) -> None:
        async with self.units() as uow:
            change = await self._decided(timer, uow, duty)
            if change is not None:
                await uow.save(change)
            await uow.commit()
        self.observe(self.clock() - timer.due)

    async def _decided(self, timer: Timer, uow: UnitOfWork, duty: Duty) -> Change | None:
        now = self.clock()
        late = timer.due < now - LATE
        taken: Sequence[Timer]
        if late and timer.rung != REMINDER:
            taken = await uow.take_late(timer, now - LATE)
        else:
            taken = (timer,) if await uow.take(timer) else ()
        if not taken:
            return None
        order = await uow.orders.get(timer.order)
        if late:
            return caught_up(order, taken, now, self.company(), duty)
        return overdue(order, timer, now, self.company(), duty)

    async def _trouble(self, due: DueTimer, met: Exception) -> None:
        """Put it off and show it: the to-do first, so that after a crash it stands twice, never not at all."""
        timer = due.timer
        what = f"{type(met).__name__}: {met}"[:200]
        if not due.error and len(await self.timers.troubled(TOLD)) < TOLD:
            text = f"#{timer.order} rung {timer.rung + 1}: {what}"
            await self.todo(Todo("timer_failed", self.clock(), text, source=f"timer:{timer.order}"))
        until = self.clock() + SOON + pause(due.attempts, self.chance())
        await self.timers.put_off(timer, until, what)
