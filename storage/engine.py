"""The database behind a URL: a few connections, lent to one transaction at a time."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Self

from sqlalchemy import Text, make_url, text

from domain.errors import NoSchema
from domain.ports import UnitsOfWork
from storage.connection import Connection
from storage.contention import Contention
from storage.failures import understood
from storage.file import File
from storage.notices import Routes
from storage.postgres import SETTINGS, WALKING, PostgresConnection
from storage.prepared import Prepared
from storage.searches import KindOf
from storage.session import Session
from storage.sqlite import SqliteConnection
from storage.uow import SqlUnitOfWork

AT_ONE_FILE = 5
"""Connections at most to an SQLite file: it takes one writer at a time, and each keeps some two megabytes of pages."""

PING = Prepared(text("SELECT version_num FROM alembic_version").columns(version_num=Text))


class Database:
    """Lends connections; the one given back last is lent first, so that its prepared statements stay warm."""

    def __init__(self, open_connection: Callable[[], Awaitable[Connection]], size: int) -> None:
        self._open = open_connection
        self._idle: list[Connection] = []
        self._free = asyncio.Semaphore(size)
        self._contention = Contention()

    @asynccontextmanager
    async def session(self) -> AsyncIterator[Session]:
        """A connection for one transaction, rolled back unless it commits; raises `Stale` and `DatabaseAway`."""
        async with self._free:
            with understood():
                connection = await self._connection()
            try:
                yield Session(connection, self._contention)
            finally:
                await self._give_back(connection)

    def units(self, routes: Routes, kind_of: KindOf = str) -> UnitsOfWork:
        """Make units of work that send notices along `routes` and know a step's kind by `kind_of`."""

        @asynccontextmanager
        async def unit() -> AsyncIterator[SqlUnitOfWork]:
            async with self.session() as session:
                yield SqlUnitOfWork(session, routes, kind_of)

        return unit

    async def ping(self) -> None:
        """Return when the database answers and has a schema, or raise `DatabaseAway`; `NoSchema` is one."""
        async with self.session() as session:
            if not await session.rows(PING):
                raise NoSchema("empty")

    async def dispose(self) -> None:
        """Close every connection."""
        while self._idle:
            await self._idle.pop().close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.dispose()

    async def _connection(self) -> Connection:
        while self._idle:
            connection = self._idle.pop()
            if connection.usable:
                return connection
            await connection.close()
        return await self._open()

    async def _give_back(self, connection: Connection) -> None:
        with understood():
            await connection.rollback()
        self._idle.append(connection)


@asynccontextmanager
async def walking(url: str, database: Database) -> AsyncIterator[Database]:
    """Where due rows are looked for: on PostgreSQL one connection that only walks indexes, else `database` itself.

    Messages that hold all the others do not keep the clock waiting either.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() != "postgresql":
        yield database
        return
    async with Database(partial(PostgresConnection.open, parsed, {**SETTINGS, **WALKING}), 1) as aside:
        yield aside


def connect(url: str, *, pool_size: int = 10) -> Database:
    """The database at `url` (`sqlite+aiosqlite:///…` or `postgresql+asyncpg://…`); connects when first used."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return Database(partial(PostgresConnection.open, parsed), pool_size)
    if not parsed.database:
        raise ValueError("an SQLite database must be a file: its connections see one another only there")
    return Database(partial(SqliteConnection.open, File(Path(parsed.database))), min(pool_size, AT_ONE_FILE))
