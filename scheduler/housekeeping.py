"""Forgets what nobody will ask for again, so that the tables that are read often stay small."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.ports import Clock

INBOX_KEPT = timedelta(days=30)
OUTBOX_KEPT = timedelta(days=30)
PROCESSES_KEPT = timedelta(days=1)

Forget = Callable[[datetime], Awaitable[int]]
"""Deletes what is older than this moment; says how many."""


@dataclass(frozen=True, slots=True)
class Housekeeping:
    """Answered messages (no platform sends again after a day) and delivered notices, after a month; dead processes."""

    inbox: Forget
    outbox: Forget
    processes: Forget
    clock: Clock

    async def turn(self) -> int:
        """Forget what is old; says how many rows."""
        now = self.clock()
        return (
            await self.inbox(now - INBOX_KEPT)
            + await self.outbox(now - OUTBOX_KEPT)
            + await self.processes(now - PROCESSES_KEPT)
        )
