"""What is looked at once a night, by whichever process comes first: whether every ladder rang as it should."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Protocol

from domain.catchup import LATE
from domain.company import Company
from domain.ports import Clock, Todo

log = logging.getLogger(__name__)
NAME = "audit.escalations"
FROM = time(2)
"""The company's time of day; later where no process ran."""
LEASE = timedelta(hours=1)
AGAIN = timedelta(minutes=10)
FIRST = timedelta(days=7)
"""How far back the first of all looks."""
SHOWN = 5


class Runs(Protocol):
    """What is done once for each slot of time."""

    async def claim(self, name: str, slot: str, now: datetime, lease: timedelta) -> bool:
        """True for one process, until `now + lease`."""

    async def done(self, name: str, slot: str, now: datetime) -> None:
        """It is finished: nobody claims it again."""

    async def last(self, name: str) -> datetime | None:
        """When the newest one that was finished had begun."""


@dataclass(slots=True)
class NightAudit:
    """`audit` says, line by line, what is wrong since a moment; that goes onto the process owner's list."""

    runs: Runs
    audit: Callable[[datetime], Awaitable[Sequence[str]]]
    company: Callable[[], Company]
    clock: Clock
    todo: Callable[[Todo], Awaitable[object]]
    observe: Callable[[int, datetime], None]
    _next: datetime | None = field(default=None, init=False)

    async def turn(self) -> int:
        """Audit once a night; says how much was found wrong."""
        now = self.clock()
        local = now.astimezone(self.company().calendar.zone)
        # Also when the clock was set back.
        waits = self._next is not None and self._next - AGAIN <= now < self._next
        if local.time() < FROM or waits:
            return 0
        self._next = now + AGAIN
        slot = local.date().isoformat()
        last = await self.runs.last(NAME)
        if not await self.runs.claim(NAME, slot, now, LEASE):
            return 0
        # What was not late enough for the last one is this one's.
        found = await self.audit(last - LATE if last is not None else now - FIRST)
        if found:
            text = "; ".join([f"{len(found)}: {found[0]}", *found[1:SHOWN]])
            await self.todo(Todo("ladders_audited", now, text, source=f"{NAME}:{slot}"))
            log.warning("ladders did not ring as they should", extra={"count": len(found)})
        await self.runs.done(NAME, slot, self.clock())
        self.observe(len(found), now)
        return len(found)
