"""The schema's age."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, Engine, event, make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from storage.failures import understood
from storage.postgres import dsn

MIGRATIONS = Path(__file__).parent / "migrations"

OPTIONS: dict[str, Any] = {"compare_type": True, "compare_server_default": True}
"""How Alembic compares; the same when it migrates and when a test looks for differences."""

# Any number: whoever migrates a database of ours holds the lock of this name.
MIGRATION_LOCK = 0x67656E64616E

WAL_TRIES, WAL_PAUSE_S = 300, 0.1


async def upgrade(url: str) -> None:
    """Bring the database at `url` to the newest schema; processes that start together wait for one another."""
    engine = _engine(make_url(url))
    try:
        with understood(), _as_the_driver_said():
            async with engine.begin() as connection:
                await _lock(connection)
                await connection.run_sync(migrate)
    finally:
        await engine.dispose()


def _engine(url: URL) -> AsyncEngine:
    if url.get_backend_name() == "postgresql":
        return create_async_engine(
            "postgresql+asyncpg://", async_creator=partial(asyncpg.connect, dsn(url), timeout=5)
        )
    if url.database:
        with understood():
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(url)
    _one_at_a_time(engine.sync_engine)
    return engine


@contextmanager
def _as_the_driver_said() -> Iterator[None]:
    """Take off what SQLAlchemy wraps around an error of the driver."""
    try:
        yield
    except DBAPIError as error:
        said = error.orig
        wrapped = said.__cause__ if said is not None else None
        raise (
            wrapped if isinstance(wrapped, asyncpg.PostgresError | asyncpg.InterfaceError) else said
        ) or error from error


def migrate(connection: Connection, revision: str = "head") -> None:
    """Run what is missing on this connection, inside its transaction."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


async def _lock(connection: AsyncConnection) -> None:
    if connection.dialect.name == "postgresql":
        await connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})


def _one_at_a_time(engine: Engine) -> None:
    """Make a transaction of SQLite hold the file from its beginning, schema changes included."""

    @event.listens_for(engine, "connect")
    def leave_transactions_to_us(connection: Any, _: object) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA busy_timeout = 30000")
        cursor.close()
        _write_ahead(connection)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN EXCLUSIVE")


def _write_ahead(connection: Any) -> None:
    """Write ahead from now on. SQLite's own patience does not cover this: who meets a migration is turned away."""
    for left in range(WAL_TRIES, 0, -1):
        cursor = connection.cursor()
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if left == 1:
                raise
            connection.run_async(lambda _: asyncio.sleep(WAL_PAUSE_S))
        else:
            return
        finally:
            cursor.close()
