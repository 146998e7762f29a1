"""Files that people sent: each is read once, by whichever process comes first."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from domain.errors import DatabaseAway, Stale
from domain.files import ClaimedFile, FileQueue
from domain.ports import Clock

log = logging.getLogger(__name__)
LEASE = timedelta(seconds=90)
"""Longer than reading ever takes; then whoever had it counts as dead."""
ATTEMPTS = 3
"""A file that ends the process each time it is read is given up."""

Handle = Callable[[ClaimedFile], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class FileWatch:
    """Has what waits read, one after the other."""

    queue: FileQueue
    read: Handle
    give_up: Handle
    clock: Clock

    async def turn(self) -> int:
        """Read the file that waits longest; says how many were handled."""
        now = self.clock()
        due = await self.queue.next_due()
        if due is None or due > now:
            return 0
        return sum([await self._guarded(claimed) for claimed in await self.queue.claim(now, 1, LEASE)])

    async def _guarded(self, claimed: ClaimedFile) -> bool:
        try:
            await (self.read(claimed) if claimed.attempts <= ATTEMPTS else self.give_up(claimed))
        except DatabaseAway:
            raise
        except Stale:
            # Its sender says one thing after the other: it is looked at again when the lease ends.
            return False
        except Exception:
            # One item of a loop: the others must not wait for it.
            log.exception("file not read", extra={"source": claimed.upload.source})
            return False
        return True
