"""Says that this process works, and counts those that do: limits are divided by them where nothing else is shared."""

import logging
from datetime import datetime, timedelta

from domain.errors import DatabaseAway
from domain.ports import Clock
from domain.queues import Processes

log = logging.getLogger(__name__)
EVERY = timedelta(seconds=5)
LATELY = timedelta(seconds=30)
"""A process that was not seen for so long has gone: several signs of life were missed."""


class Census:
    """`known` is how many processes worked when it was counted last, this one included."""

    def __init__(self, processes: Processes, me: str, clock: Clock) -> None:
        self.known = 1
        self._processes = processes
        self._me = me
        self._clock = clock
        self._counted: datetime | None = None

    async def turn(self) -> int:
        """Say and count when it is time; nobody has anything to handle for that."""
        now = self._clock()
        # Also when the clock was set back.
        if self._counted is None or not self._counted <= now < self._counted + EVERY:
            await self._processes.seen(self._me, now)
            self.known = max(1, await self._processes.known(now - LATELY))
            self._counted = now
        return 0

    async def leave(self) -> None:
        """This process ends: the others' shares grow at once, not only when it is missed."""
        if self._counted is None:
            return
        try:
            await self._processes.leave(self._me)
        except DatabaseAway:
            log.warning("left without a word, the database is away")
