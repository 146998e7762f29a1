"""Who claims a destination claims it from its first notice on, or not at all."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from sqlalchemy import make_url

from domain.facts import Notice
from domain.outbox import Detour
from domain.ports import UnitsOfWork
from storage.engine import Database
from storage.outbox import Outbox
from tests.integration.storage.stories import NOW

LEASE = timedelta(minutes=1)


async def owe(units: UnitsOfWork, *kinds: str, lane: str = "normal") -> None:
    """Put notices of these kinds in, all to one person."""
    async with units() as uow:
        await uow.tell([Notice(kind, "user:lina", lane=lane) for kind in kinds], NOW, "s")
        await uow.commit()


@pytest.fixture
async def rival(postgres_url: str) -> AsyncIterator[Any]:
    """Another process's connection, each of its steps by hand."""
    plain = make_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain)
    yield connection
    await connection.close()


@pytest.mark.parametrize("database_url", ["postgres"], indirect=True)
class TestWhileAnotherProcessClaims:
    async def test_what_it_has_not_seen_is_left_to_it_too(
        self, database: Database, units: UnitsOfWork, rival: Any
    ):
        await owe(units, "a", "b")
        async with rival.transaction():
            # It has chosen and locked what there was when it looked; it has not committed yet.
            await rival.execute("UPDATE outbox SET attempts = 1, lease_until = $1", NOW + LEASE)
            await owe(units, "c")

            assert await Outbox(database).claim(NOW, 10, LEASE, "p") == ()

    async def test_when_it_gives_up_everything_comes_in_order(
        self, database: Database, units: UnitsOfWork, rival: Any
    ):
        await owe(units, "a", "b")
        transaction = rival.transaction()
        await transaction.start()
        await rival.execute("SELECT 1 FROM outbox FOR UPDATE")
        await owe(units, "c")
        assert await Outbox(database).claim(NOW, 10, LEASE, "p") == ()
        await transaction.rollback()

        (batch,) = await Outbox(database).claim(NOW, 10, LEASE, "p")

        assert [one.notice.kind for one in batch.deliveries] == ["a", "b", "c"]


async def test_two_who_claim_in_turn_get_a_destination_once(database: Database, units: UnitsOfWork):
    await owe(units, "a", "b")
    first = await Outbox(database).claim(NOW, 10, LEASE, "p1")
    await owe(units, "urgent", lane="urgent")

    assert len(first) == 1
    assert await Outbox(database).claim(NOW, 10, LEASE, "p2") == ()


async def test_a_detour_that_two_take_is_owed_once(database: Database, units: UnitsOfWork):
    await owe(units, "a")
    outbox = Outbox(database)
    ((stuck,),) = [batch.deliveries for batch in await outbox.claim(NOW, 10, LEASE, "p1")]
    detour = Detour(stuck.notice, (("wecom", "lina"),))

    await outbox.detour(stuck, [detour], NOW, "first")
    await outbox.detour(stuck, [detour], NOW, "second")

    assert len(await outbox.pending()) == 1
