"""What one process of all does for as long as it lives: it has the lease, and loses it when it does not renew in time."""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from domain.errors import DatabaseAway
from domain.leases import Leases
from domain.ports import Clock

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Term:
    """A lease lives for `lives` and is renewed each `renewed`; who has none looks about each `look`."""

    lives: timedelta = timedelta(seconds=15)
    renewed: timedelta = timedelta(seconds=5)
    look: timedelta = timedelta(seconds=3)


class Tenure:
    """`held` is whether this process is the one, as far as anybody can know."""

    def __init__(
        self,
        leases: Leases,
        name: str,
        me: str,
        clock: Clock,
        *,
        term: Term | None = None,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self.held = False
        self._leases = leases
        self._name = name
        self._me = me
        self._clock = clock
        self._term = term or Term()
        self._chance = chance

    async def run(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Do `work` whenever this process is the one, and cancel it when it is no more; ends when cancelled."""
        while True:
            if await self._taken():
                await self._hold(work)
            await asyncio.sleep(self._term.look.total_seconds() * (0.5 + self._chance()))

    async def holder(self) -> str:
        """Which process has it now; empty: none."""
        lease = await self._leases.held(self._name, self._clock())
        return lease.holder if lease else ""

    async def _taken(self) -> bool:
        with suppress(DatabaseAway):
            return await self._leases.take(self._name, self._me, self._clock(), self._term.lives) is not None
        return False

    async def _hold(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self.held = True
        log.info("lease taken", extra={"lease": self._name})
        working = asyncio.create_task(work())
        try:
            await self._renew()
            log.warning("lease lost", extra={"lease": self._name})
        finally:
            self.held = False
            await ended(working)
            with suppress(DatabaseAway):
                await self._leases.release(self._name, self._me, self._clock())

    async def _renew(self) -> None:
        """Return when it is lost, or when nobody can know any more that it is not."""
        loop = asyncio.get_running_loop()
        sure_until = loop.time() + self._term.lives.total_seconds()
        while loop.time() < sure_until:
            await asyncio.sleep(self._term.renewed.total_seconds())
            asked = loop.time()
            try:
                async with asyncio.timeout_at(sure_until):
                    lease = await self._leases.take(self._name, self._me, self._clock(), self._term.lives)
            except (DatabaseAway, TimeoutError):
                continue
            if lease is None:
                return
            sure_until = asked + self._term.lives.total_seconds()


async def ended(task: "asyncio.Task[None]") -> None:
    """Cancelled unless it was over; what it raised was seen where it was waited for."""
    task.cancel()
    await asyncio.wait({task})
    if not task.cancelled():
        task.exception()
