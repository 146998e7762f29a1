"""Takes what is owed out of the outbox: each destination one after the other, all destinations at once."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta

from domain.outbox import Batch, Outbox
from domain.ports import Clock

log = logging.getLogger(__name__)
AT_ONCE = 100
"""So many destinations that those which hang, each for its sender's whole patience, leave room for the others."""
CLAIMED = 8
"""So many of them are taken with one look: each may bring hundreds of notices, and reading them keeps messages waiting."""
LEASE = timedelta(minutes=1)
BREATH_S = 0.05


class Post:
    """Claims and delivers. A destination has one batch under way, so a slow one blocks no other.

    `deliver` says when to look again, where that is sooner than somebody would. `elsewhere` are the ways that another
    process has in its hands at this moment: a connection of which there is one only.
    """

    def __init__(
        self,
        outbox: Outbox,
        deliver: Callable[[Batch], Awaitable[datetime | None]],
        clock: Clock,
        who: str,
        elsewhere: Callable[[], Collection[str]] = tuple,
    ) -> None:
        self._outbox = outbox
        self._deliver = deliver
        self._clock = clock
        self._who = who
        self._elsewhere = elsewhere
        self._under_way: set[asyncio.Task[None]] = set()
        self._claiming = asyncio.Lock()
        self.ending = False

    async def run(self, wake: asyncio.Event) -> None:
        """Deliver until `end`; looks again when `wake` is set and whenever a delivery ended."""
        while not self.ending:
            wake.clear()
            looked = time.monotonic()
            if not await self._begin(wake):
                await wake.wait()
                # Under load every message wakes us; one look for many of them is enough.
                await asyncio.sleep(looked + BREATH_S - time.monotonic())

    def end(self) -> None:
        """Claim nothing more; a claim is never cut off, so that no lease is left behind."""
        self.ending = True

    async def drain(self) -> int:
        """Deliver until nothing is due and nothing is under way; says how many attempts were made."""
        made = 0
        ended = asyncio.Event()
        while (begun := await self._begin(ended)) or self._under_way:
            made += begun
            if self._under_way:
                await asyncio.wait(self._under_way, return_when=asyncio.FIRST_COMPLETED)
        return made

    async def finish(self, within: timedelta) -> None:
        """Let what is under way end; what does not is left to its lease."""
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=within.total_seconds())
            for task in late:
                task.cancel()

    async def _begin(self, ended: asyncio.Event) -> int:
        # One claim after the other: who finds nothing due here also sees what another claim has just begun.
        async with self._claiming:
            room = min(CLAIMED, AT_ONCE - len(self._under_way))
            if self.ending or room == 0:
                return 0
            claimed = await self._outbox.claim(self._clock(), room, LEASE, self._who, self._elsewhere())
            for batch in claimed:
                task = asyncio.create_task(self._guarded(batch, ended))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)
                task.add_done_callback(lambda _: ended.set())
            return len(claimed)

    async def _guarded(self, batch: Batch, ended: asyncio.Event) -> None:
        try:
            again = await self._deliver(batch)
        except Exception:
            # One item of a loop: what happened to it could not be written down; its lease brings it back.
            log.exception("delivery not recorded", extra={"way": batch.way, "notices": len(batch.deliveries)})
            return
        if again is not None:
            # To the moment, not to the next tick: a destination that allows few messages must not lose any of them.
            wait = (again - self._clock()).total_seconds()
            asyncio.get_running_loop().call_later(max(0.0, wait), ended.set)
