"""What one process of all does: cancelled when the lease is lost, and when nobody can know any more that it is not."""

import asyncio
from datetime import datetime, timedelta

from bot.platforms.tenure import Tenure, Term
from domain.errors import DatabaseAway
from domain.leases import Lease
from storage.engine import Database
from storage.leases import SqlLeases
from tests.fakes.wecombot_socket import until
from tests.integration.wecombot.conftest import clock

TERM = Term(lives=timedelta(seconds=0.6), renewed=timedelta(seconds=0.1), look=timedelta(seconds=0.05))


class Work:
    """Notes when it is at work."""

    def __init__(self) -> None:
        self.begun = 0
        self.working = False

    async def __call__(self) -> None:
        self.begun += 1
        self.working = True
        try:
            await asyncio.sleep(3600)
        finally:
            self.working = False


class Failing:
    """Leases of a database that goes away."""

    def __init__(self, leases: SqlLeases) -> None:
        self.away = False
        self._leases = leases

    async def take(self, name: str, holder: str, now: datetime, lives: timedelta) -> Lease | None:
        if self.away:
            raise DatabaseAway
        return await self._leases.take(name, holder, now, lives)

    async def release(self, name: str, holder: str, now: datetime) -> None:
        if self.away:
            raise DatabaseAway
        await self._leases.release(name, holder, now)

    async def held(self, name: str, now: datetime) -> Lease | None:
        return await self._leases.held(name, now)


async def test_who_cannot_renew_stops_before_the_lease_ends_and_goes_on_when_the_database_is_back(
    database: Database,
):
    leases, work = Failing(SqlLeases(database)), Work()
    tenure = Tenure(leases, "x", "me", clock, term=TERM)
    running = asyncio.create_task(tenure.run(work))
    await until(lambda: work.working or None)

    leases.away = True
    began = asyncio.get_running_loop().time()
    await until(lambda: not work.working or None)
    assert asyncio.get_running_loop().time() - began <= TERM.lives.total_seconds() + 0.2
    assert not tenure.held
    leases.away = False
    await until(lambda: work.working or None)

    assert work.begun == 2
    running.cancel()
    await asyncio.wait({running})
    assert await tenure.holder() == ""


async def test_who_was_overtaken_stops(database: Database):
    leases, work = SqlLeases(database), Work()
    tenure = Tenure(leases, "x", "me", clock, term=TERM)
    running = asyncio.create_task(tenure.run(work))
    await until(lambda: work.working or None)

    # As if this process had been suspended for longer than its lease: somebody else came meanwhile.
    assert await leases.take("x", "other", clock() + timedelta(seconds=5), timedelta(seconds=60))
    await until(lambda: not work.working or None)

    assert not tenure.held
    assert await tenure.holder() == "other"
    running.cancel()
    await asyncio.wait({running})
