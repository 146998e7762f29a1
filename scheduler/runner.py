"""The clock: ticks, and lets everybody look whether something is due. What is due stands in our tables."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, timedelta
from typing import Protocol

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from domain.errors import DatabaseAway
from scheduler.post import Post

log = logging.getLogger(__name__)
TICK_S = 1
TIDY_S = 3600
CHORES_S = 60
GRACE = timedelta(seconds=10)


class Watch(Protocol):
    """Something that is looked at on every tick."""

    async def turn(self) -> int:
        """Handle a batch of what is due; says how many were handled."""


class Worker:
    """Watches times and delivers notices while `running`; `settle` does what is due now and returns."""

    def __init__(
        self,
        post: Post,
        watches: Sequence[Watch],
        tidy: Watch,
        chores: Sequence[Watch] = (),
        errands: Sequence[Watch] = (),
    ) -> None:
        self._post = post
        self._watches = tuple(watches)
        self._tidy = tidy
        self._chores = tuple(chores)
        self._errands = tuple(errands)
        self._wake = asyncio.Event()
        self._watching = asyncio.Lock()
        self._running = asyncio.Lock()

    def wake(self) -> None:
        """There may be something to deliver: called right after a commit."""
        self._wake.set()

    async def settle(self) -> None:
        """Handle and deliver until nothing is due."""
        while await self._watch() + await self._run() + await self._post.drain():
            pass

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Work in the background; at the end let what is under way finish."""
        ticks = AsyncIOScheduler(timezone=UTC)
        ticks.add_job(self._tick, "interval", seconds=TICK_S, coalesce=True, max_instances=1)
        ticks.add_job(self._run_errands, "interval", seconds=TICK_S, coalesce=True, max_instances=1)
        ticks.add_job(self._keep_tidy, "interval", seconds=TIDY_S, coalesce=True, max_instances=1)
        ticks.add_job(self._do_chores, "interval", seconds=CHORES_S, coalesce=True, max_instances=1)
        delivering = asyncio.create_task(self._deliver())
        ticks.start()
        try:
            yield
        finally:
            ticks.shutdown(wait=False)
            self._post.end()
            self.wake()
            await delivering
            await self._post.finish(within=GRACE)

    async def _deliver(self) -> None:
        while not self._post.ending:
            try:
                await self._post.run(self._wake)
            except DatabaseAway:
                log.warning("database away")
                await asyncio.sleep(TICK_S)
            except Exception:
                # The loop of the whole process: it must go on, whatever one round met.
                log.exception("delivery round failed")
                await asyncio.sleep(TICK_S)

    async def _tick(self) -> None:
        with suppress(DatabaseAway):
            while await self._watch():
                self.wake()  # what one batch has to tell does not wait for the next
        self.wake()

    async def _watch(self) -> int:
        async with self._watching:
            return sum([await _turn(watch) for watch in self._watches])

    async def _run_errands(self) -> None:
        """What somebody waits for, but may take longer than a tick."""
        with suppress(DatabaseAway):
            while await self._run():
                self.wake()

    async def _run(self) -> int:
        async with self._running:
            return sum([await _turn(errand) for errand in self._errands])

    async def _do_chores(self) -> None:
        """What takes long, beside the ticks."""
        for chore in self._chores:
            with suppress(DatabaseAway):
                await _turn(chore)

    async def _keep_tidy(self) -> None:
        with suppress(DatabaseAway):
            await self._tidy.turn()


async def _turn(watch: Watch) -> int:
    try:
        return await watch.turn()
    except DatabaseAway:
        raise
    except Exception:
        # One item of a loop: what one watch cannot do (read new rules, say) must not keep ladders from ringing.
        log.exception("watch failed", extra={"watch": type(watch).__name__})
        return 0
