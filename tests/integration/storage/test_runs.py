"""What is done once in so long: one process does it, and if that dies another one."""

import asyncio
from datetime import timedelta

import pytest

from domain.ports import UnitsOfWork
from storage.engine import Database
from storage.runs import Runs
from tests.integration.storage.stories import NOW

LEASE = timedelta(minutes=10)


@pytest.fixture
def runs(database: Database) -> Runs:
    """Nothing was run yet."""
    return Runs(database)


async def test_of_many_that_claim_a_run_one_gets_it(runs: Runs):
    claims = await asyncio.gather(*(runs.claim("audit", "2026-11-23", NOW, LEASE) for _ in range(5)))

    assert sorted(claims) == [False] * 4 + [True]


async def test_each_slot_and_each_name_is_a_run_of_its_own(runs: Runs):
    assert await runs.claim("audit", "2026-11-23", NOW, LEASE)
    assert await runs.claim("audit", "2026-11-24", NOW, LEASE)
    assert await runs.claim("report", "2026-11-23", NOW, LEASE)


async def test_a_run_whose_process_died_is_claimed_again_when_the_lease_ends(runs: Runs):
    assert await runs.claim("audit", "2026-11-23", NOW, LEASE)

    assert not await runs.claim("audit", "2026-11-23", NOW + LEASE / 2, LEASE)
    assert await runs.claim("audit", "2026-11-23", NOW + LEASE, LEASE)
    assert not await runs.claim("audit", "2026-11-23", NOW + LEASE, LEASE)


async def test_a_run_that_is_done_is_never_claimed_again(runs: Runs):
    assert await runs.claim("audit", "2026-11-23", NOW, LEASE)

    await runs.done("audit", "2026-11-23", NOW)

    assert not await runs.claim("audit", "2026-11-23", NOW + 9 * LEASE, LEASE)


async def test_a_run_taken_in_a_transaction_counts_when_that_commits(units: UnitsOfWork, runs: Runs):
    async with units() as uow:
        assert await uow.take_run("report", "2026-11-23", NOW)
    async with units() as first:
        assert await first.take_run("report", "2026-11-23", NOW)
        assert not await first.take_run("report", "2026-11-23", NOW)

        async def second() -> bool:
            async with units() as uow:
                return await uow.take_run("report", "2026-11-23", NOW)

        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await first.commit()

    assert not await waiting
    assert not await runs.claim("report", "2026-11-23", NOW + LEASE, LEASE)
