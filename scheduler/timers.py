"""Fires the timers that fell due: the domain decides what that means."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from domain.company import Company
from domain.duty import Duty
from domain.errors import Stale
from domain.escalation import overdue
from domain.facts import Timer
from domain.ports import Clock, UnitsOfWork
from domain.queues import Timers

log = logging.getLogger(__name__)
BATCH = 100
LEASE = timedelta(minutes=1)
"""A timer whose handling failed is looked at again after this; the others go on."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TimerWatch:
    """Handles due timers, each in a transaction of its own. `observe` is told how late one was."""

    timers: Timers
    units: UnitsOfWork
    company: Callable[[], Company]
    clock: Clock
    observe: Callable[[timedelta], None]

    async def turn(self) -> int:
        """Handle one batch; says how many were handled."""
        due = await self.timers.claim(self.clock(), BATCH, LEASE)
        if not due:
            return 0
        duty = await self._duty()
        return sum([await self._guarded(timer, duty) for timer in due])

    async def _duty(self) -> Duty:
        """Who is away, read once for the whole batch; from a day earlier, as today is not the same everywhere."""
        async with self.units() as uow:
            return await uow.duty(self.clock().date() - DAY)

    async def _guarded(self, timer: Timer, duty: Duty) -> bool:
        try:
            await self._fire(timer, duty)
        except Stale:
            # Somebody acted on the order at this very moment; the lease brings the timer back.
            return False
        except Exception:
            # One item of a loop: its order is named in the log, the others must not wait for it.
            log.exception("timer failed", extra={"order": timer.order, "rung": timer.rung})
            return False
        self.observe(self.clock() - timer.due)
        return True

    async def _fire(self, timer: Timer, duty: Duty) -> None:
        async with self.units() as uow:
            if not await uow.take(timer):
                return
            order = await uow.orders.get(timer.order)
            change = overdue(order, timer, self.clock(), self.company(), duty)
            if change is not None:
                await uow.save(change)
            await uow.commit()
