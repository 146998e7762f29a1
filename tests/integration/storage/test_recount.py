"""A database from before reports counted facts is counted when it is brought up to date."""

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage.engine import connect
from storage.schema import migrate, upgrade
from storage.tables import deeds, events, order_lines, orders, passages
from tests.integration.storage.conftest import sqlite_url
from tests.integration.storage.histories import Play, moves_of
from tests.integration.storage.test_schema import empty_url

__all__ = ["empty_url"]
BEFORE = "0001"
OLD = (orders, order_lines, events)
FACTS = (deeds, passages)
SEEDS = (1, 2, 3, 4)


async def test_what_happened_before_is_counted_by_the_migration(empty_url: str, tmp_path: Path):
    here = sqlite_url(tmp_path / "here.db")
    await upgrade(here)
    async with connect(here) as database:
        play = Play(database.units(lambda to: ()))
        for seed in SEEDS:
            await play.all(moves_of(seed))
    told, counted = await _rows(here, *OLD), await _rows(here, *FACTS)
    assert all(counted.values())

    (tmp_path / "not" / "there").mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(empty_url)
    async with engine.begin() as connection:
        await connection.run_sync(_as_it_was, told)
    await engine.dispose()
    await upgrade(empty_url)

    assert await _rows(empty_url, *FACTS) == counted


async def test_events_that_do_not_say_when_somebody_began_are_understood_all_the_same(tmp_path: Path):
    here, old = sqlite_url(tmp_path / "here.db"), sqlite_url(tmp_path / "old.db")
    await upgrade(here)
    async with connect(here) as database:
        play = Play(database.units(lambda to: ()))
        for seed in SEEDS:
            await play.all(moves_of(seed))
    told, counted = await _rows(here, *OLD), await _rows(here, passages)
    undone = {event["stream"] for event in told["events"] if event["kind"] == "order:undone"}
    for event in told["events"]:
        for side in ("before", "after"):
            event["data"].get(side, {}).pop("begun_at", None)

    engine = create_async_engine(old)
    async with engine.begin() as connection:
        await connection.run_sync(_as_it_was, told)
    await engine.dispose()
    await upgrade(old)

    began, known = (_began(rows["passages"], undone) for rows in (await _rows(old, passages), counted))
    assert began == known
    assert any(known.values())


def _began(rows: list[dict[str, Any]], undone: set[str]) -> dict[tuple[int, int], Any]:
    """When each step began, of the orders in which nothing was taken back."""
    return {
        (row["order_number"], row["entry"]): row["begun_at"]
        for row in rows
        if f"order:{row['order_number']}" not in undone
    }


def _as_it_was(connection: Connection, told: dict[str, list[dict[str, Any]]]) -> None:
    migrate(connection, BEFORE)
    for table in OLD:
        connection.execute(insert(table), told[table.name])


async def _rows(url: str, *tables: Any) -> dict[str, list[dict[str, Any]]]:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        found = {table.name: await _listed(connection, table) for table in tables}
    await engine.dispose()
    return found


async def _listed(connection: AsyncConnection, table: Any) -> list[dict[str, Any]]:
    rows = await connection.execute(select(table).order_by(*table.primary_key))
    return [dict(row) for row in rows.mappings()]
