"""The migrations make the schema that the code expects, from empty, once, whoever starts first."""

import asyncio
import sqlite3
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import CheckConstraint, Connection, inspect, make_url, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from domain.errors import DatabaseAway, NoSchema
from storage.engine import connect
from storage.schema import MIGRATIONS, OPTIONS, upgrade
from storage.tables import metadata
from tests.integration.storage.conftest import ENGINES, sqlite_url
from tests.services.postgres import Postgres


@pytest.fixture(params=ENGINES)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path):
    """A database with nothing in it."""
    if request.param == "sqlite":
        yield sqlite_url(tmp_path / "not" / "there" / "gendan.db")
        return
    server: Postgres = request.getfixturevalue("postgres_server")
    with server.fresh() as url:
        yield url


@pytest.fixture
async def engine(empty_url: str):
    """A plain engine on it."""
    engine = create_async_engine(empty_url)
    yield engine
    await engine.dispose()


async def test_a_database_in_which_nothing_was_made_says_so(empty_url: str, tmp_path: Path):
    (tmp_path / "not" / "there").mkdir(parents=True)
    async with connect(empty_url) as database:
        with pytest.raises(NoSchema):
            await database.ping()


async def test_an_address_may_say_how_to_encrypt_as_other_clients_read_it(postgres_server: Postgres):
    with postgres_server.fresh() as url:
        said = make_url(url).update_query_dict({"sslmode": "disable"}).render_as_string(hide_password=False)

        await upgrade(said)

        async with connect(said) as database:
            await database.ping()


@pytest.mark.parametrize("wrong", ["not-a-user", "not-a-database", "sslmode"])
async def test_what_keeps_postgres_from_being_migrated_is_said(postgres_server: Postgres, wrong: str):
    with postgres_server.fresh() as url:
        parsed = make_url(url)
        said = {
            "not-a-user": parsed.set(username="nobody", password="pass-word"),
            "not-a-database": parsed.set(database="nothing"),
            "sslmode": parsed.update_query_dict({"sslmode": "bogus"}),
        }[wrong]
        with pytest.raises(DatabaseAway) as away:
            await upgrade(said.render_as_string(hide_password=False))

    assert str(away.value)
    assert "pass-word" not in str(away.value)


async def test_a_folder_that_cannot_be_made_is_said():
    with pytest.raises(DatabaseAway):
        await upgrade("sqlite+aiosqlite:////proc/gendan/gendan.db")


async def test_the_migrated_schema_is_the_one_the_code_expects(empty_url: str, engine: AsyncEngine):
    await upgrade(empty_url)

    def differences(connection: Connection) -> list[object]:
        context = MigrationContext.configure(connection, opts=OPTIONS)
        return list(compare_metadata(context, metadata))

    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []


async def test_checks_and_partial_indexes_are_there_too(empty_url: str, engine: AsyncEngine):
    await upgrade(empty_url)

    def constraints(connection: Connection) -> tuple[set[str], set[str]]:
        inspector = inspect(connection)
        checks = {
            str(one["name"]) for table in metadata.tables for one in inspector.get_check_constraints(table)
        }
        partial = {
            str(one["name"])
            for table in metadata.tables
            for one in inspector.get_indexes(table)
            if any(str(option).endswith("_where") for option in one.get("dialect_options", {}))
        }
        return checks, partial

    async with engine.connect() as connection:
        checks, partial = await connection.run_sync(constraints)
    expected = {
        str(one.name)
        for table in metadata.tables.values()
        for one in table.constraints
        if isinstance(one, CheckConstraint)
    }
    assert checks == expected
    assert partial == {
        str(index.name)
        for table in metadata.tables.values()
        for index in table.indexes
        if index.dialect_options["sqlite"]["where"] is not None
    }


async def test_processes_that_start_together_migrate_once(empty_url: str, engine: AsyncEngine):
    await asyncio.gather(*(upgrade(empty_url) for _ in range(3)))
    await upgrade(empty_url)

    async with engine.connect() as connection:
        versions = (await connection.execute(text("SELECT version_num FROM alembic_version"))).all()
    assert versions == [(ScriptDirectory(str(MIGRATIONS)).get_current_head(),)]


async def test_a_process_that_meets_a_migration_of_the_same_file_waits_for_it(tmp_path: Path):
    file = tmp_path / "gendan.db"
    holder = sqlite3.connect(file, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    async def end_soon():
        await asyncio.sleep(0.3)
        holder.execute("COMMIT")
        holder.close()

    await asyncio.gather(upgrade(f"sqlite+aiosqlite:///{file}"), end_soon())

    async with connect(f"sqlite+aiosqlite:///{file}") as database:
        await database.ping()


async def test_a_database_without_a_schema_is_not_ready(empty_url: str):
    path = make_url(empty_url).database if "sqlite" in empty_url else None
    if path:
        Path(path).parent.mkdir(parents=True)
    async with connect(empty_url) as database:
        with pytest.raises(DatabaseAway):
            await database.ping()


def test_an_sqlite_database_must_be_a_file():
    with pytest.raises(ValueError, match="file"):
        connect("sqlite+aiosqlite://")
