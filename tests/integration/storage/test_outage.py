"""A database that is away is told from everything else, and used again once it is back."""

import asyncio
from pathlib import Path

import pytest

from domain.errors import DatabaseAway, Stale
from domain.facts import Timer
from storage.engine import connect
from storage.schema import upgrade
from tests.integration.storage.conftest import sqlite_url, ways
from tests.integration.storage.stories import NOW, a_change, a_key, an_order, written
from tests.services.postgres import postgres

A_TIMER = Timer(9, 1, 0, 0, NOW)
"""Taking one, whether it is there or not, makes a transaction the writer."""


async def test_an_outage_of_postgres_is_named_and_survived():
    with postgres(own=True) as server, server.fresh() as url:
        await upgrade(url)
        async with connect(url) as database:
            units = database.units(ways)
            await written(units, an_order(1))
            async with units() as cut_off:
                await cut_off.save(a_change(an_order(2)))
                await cut_off.orders.get(2)
                with server.outage():
                    with pytest.raises(DatabaseAway):
                        await cut_off.commit()
                    with pytest.raises(DatabaseAway):
                        async with units() as uow:
                            await uow.open(a_key(), "lina", "")
                    with pytest.raises(DatabaseAway):
                        await database.ping()
                    with pytest.raises(DatabaseAway):
                        await upgrade(url)
            await database.ping()
            async with units() as uow:
                assert (await uow.orders.get(1)).number == 1
                assert await uow.events.of_order(2) == ()


async def test_a_file_that_cannot_be_opened_is_an_outage(tmp_path: Path):
    async with connect(sqlite_url(tmp_path / "missing" / "gendan.db")) as database:
        with pytest.raises(DatabaseAway):
            await database.ping()


async def test_a_file_that_is_no_database_is_an_outage(tmp_path: Path):
    path = tmp_path / "gendan.db"
    path.write_bytes(b"not a database" * 100)
    async with connect(sqlite_url(path)) as database:
        with pytest.raises(DatabaseAway):
            await database.ping()


async def test_another_process_that_writes_is_waited_for(tmp_path: Path):
    url = sqlite_url(tmp_path / "gendan.db")
    await upgrade(url)
    async with connect(url) as ours, connect(url) as theirs:
        async with theirs.units(ways)() as uow:
            await uow.take(A_TIMER)
            waiting = asyncio.create_task(written(ours.units(ways), an_order(1)))
            await asyncio.sleep(0.1)
            assert not waiting.done()
        await waiting


async def test_a_writer_that_never_ends_makes_the_others_stale(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("storage.file.PATIENCE", 0.05)
    url = sqlite_url(tmp_path / "gendan.db")
    await upgrade(url)
    async with connect(url) as database:
        units = database.units(ways)
        async with units() as endless:
            await endless.take(A_TIMER)
            with pytest.raises(Stale):
                await written(units, an_order(1))
        await written(units, an_order(1))


async def test_a_transaction_that_is_cancelled_leaves_its_connection_usable(database):
    units = database.units(ways)
    for _ in range(12):
        async with asyncio.timeout(0.02):
            try:
                async with units() as uow:
                    await uow.take(A_TIMER)
                    await uow.save(a_change(an_order(1)))
                    await uow.orders.get(1)
                    await asyncio.sleep(5)
            except asyncio.CancelledError:
                pass
    await written(units, an_order(1))
