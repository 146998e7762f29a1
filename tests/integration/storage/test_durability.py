"""What was answered is on disk; only what may happen twice waits for no disk."""

from datetime import timedelta

import pytest
from sqlalchemy import func, literal_column, make_url, select, text
from sqlalchemy.ext.asyncio import create_async_engine

from domain.facts import Notice
from storage.engine import Database, connect
from storage.outbox import Outbox
from storage.outbox_claim import CLAIM
from storage.outbox_statements import GIVE_UP, PUT_OFF, RETRY, SENT
from storage.prepared import Prepared
from storage.timers import Timers
from tests.integration.storage.conftest import ways
from tests.integration.storage.stories import NOW

WAITS = Prepared(
    select(func.current_setting("synchronous_commit").label("waits")),
    sqlite=select(literal_column("synchronous").label("waits")).select_from(text("pragma_synchronous")),
)
LEASE = timedelta(minutes=1)


async def waits(database: Database) -> set[object]:
    """How every connection that was used so far writes."""
    async with database.session() as first, database.session() as second:
        return {(await session.rows(WAITS))[0]["waits"] for session in (first, second)}


@pytest.fixture
async def durable_url(database_url: str) -> str:
    """A database that waits for the disk; the server of the tests does not, unless told."""
    if database_url.startswith("postgresql"):
        engine = create_async_engine(database_url)
        async with engine.begin() as connection:
            name = make_url(database_url).database
            await connection.execute(text(f'ALTER DATABASE "{name}" SET synchronous_commit = on'))
        await engine.dispose()
    return database_url


async def test_a_commit_waits_for_the_disk_also_after_what_need_not(durable_url: str):
    async with connect(durable_url) as database:
        async with database.units(ways)() as uow:
            await uow.tell([Notice("a", "user:lina")], NOW, "s")
            await uow.commit()
        outbox = Outbox(database)
        (batch,) = await outbox.claim(NOW, 1, LEASE, "p")
        (claimed,) = batch.deliveries
        await outbox.put_off(claimed.id, NOW, "x")
        await outbox.sent([claimed.id], NOW)
        await Timers(database).claim(NOW, 1, LEASE)

        assert await waits(database) in ({"on"}, {2})


def test_only_what_may_happen_twice_waits_for_no_disk():
    assert [one.lasting for one in (CLAIM, SENT, PUT_OFF, GIVE_UP, RETRY)] == [
        False,
        False,
        False,
        True,
        True,
    ]
