"""A connection to PostgreSQL, through asyncpg.

All that a transaction writes is one statement whose parts are data-modifying CTEs: one round trip, and atomic
without BEGIN and COMMIT where nothing had to be locked first.
"""
# ruff: noqa: S608 - the parts are numbers and the statements of `storage.writes`

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, Self

import asyncpg
from sqlalchemy import URL

from storage.connection import Batch, in_order
from storage.prepared import POSTGRES, Prepared, Row
from storage.writing import Write

SETTINGS = {
    "application_name": "gendan",
    "timezone": "UTC",
    # A process that hangs must not keep the stock locked; a message that waits this long is sent again anyway.
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "30s",
    # Our statements are short; compiling one would take longer than running it.
    "jit": "off",
    # Solid state, or cached: with the default, meant for spinning disks, a statement that is planned while a table is
    # still small would read all of it, and keep to that plan while it grows.
    "random_page_cost": "1.1",
}

# For looking what is due: with many claimed and no vacuum yet, a plan by bitmap visits every row version that ever was
# due (25 ms instead of 0.3 for nothing); and a statement planned before it has heard its limit would rather read all.
WALKING = {
    "enable_bitmapscan": "off",
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
}


def dsn(url: URL) -> str:
    """The address as PostgreSQL's own clients read it, `sslmode` and all."""
    return url.set(drivername="postgresql").render_as_string(hide_password=False)


class PostgresConnection:
    """`storage.connection.Connection` on PostgreSQL, READ COMMITTED."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._begun = False

    @classmethod
    async def open(cls, url: URL, settings: Mapping[str, str] = SETTINGS) -> Self:
        """Connect; statements are prepared once for each connection and kept."""
        connection = await asyncpg.connect(
            dsn(url),
            server_settings=dict(settings),
            timeout=5,
            command_timeout=30,
        )
        await connection.set_type_codec("json", schema="pg_catalog", encoder=str, decoder=json.loads)
        return cls(connection)

    @property
    def usable(self) -> bool:
        """False once the server has hung up."""
        return not self._connection.is_closed()

    async def rows(self, statement: Prepared, values: Mapping[str, object]) -> list[Row]:
        """One round trip."""
        compiled = statement.postgres
        return compiled.read(await self._connection.fetch(compiled.sql, *compiled.bind(values)))

    async def change(self, statement: Prepared, values: Mapping[str, object]) -> list[Row]:
        """One round trip."""
        return await self.rows(statement, values)

    async def next_number(self, statement: Prepared) -> int:
        """One round trip; a sequence needs no transaction."""
        return int(await self._connection.fetchval(statement.postgres.sql))

    async def snapshot(self) -> None:
        """Start a transaction that sees one moment."""
        await self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        self._begun = True

    async def begin(self) -> None:
        """Start a transaction unless one is under way."""
        if not self._begun:
            await self._connection.execute("BEGIN")
            self._begun = True

    async def write(self, batch: Batch) -> None:
        """One round trip for all of it."""
        writes = in_order(batch)
        if writes:
            parameters = [write.encode(batch[write], POSTGRES) for write in writes]
            single = frozenset(write for write in writes if write.insists and len(batch[write]) == 1)
            await self._connection.fetchval(_one_statement(tuple(writes), single), *parameters)

    async def finish(self, batch: Batch) -> None:
        """Write, and commit what was begun."""
        await self.write(batch)
        if self._begun:
            await self._connection.execute("COMMIT")
            self._begun = False

    async def rollback(self) -> None:
        """Undo; a connection on which that fails is of no more use."""
        if self._begun:
            self._begun = False
            try:
                await self._connection.execute("ROLLBACK")
            except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
                self._connection.terminate()

    async def close(self) -> None:
        """Hang up politely, or at once when the server does not answer."""
        try:
            await self._connection.close(timeout=2)
        except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError):
            self._connection.terminate()


@lru_cache(maxsize=256)
def _one_statement(writes: tuple[Write, ...], single: frozenset[Write]) -> str:
    """All kinds of rows in one statement; `gendan_insist` fails it where a row that must be written was not.

    PostgreSQL runs the parts as the condition asks for them: what others wait for comes last, so that its rows are
    locked no longer than the commit takes.
    """
    parts = [
        f"w{n} AS ({write.on_postgres(single=write in single).format(n=n)})"
        for n, write in enumerate(writes, 1)
    ]
    counted = [
        f"(SELECT count(*) FROM w{n}) "
        + (f"= json_array_length(${n}::json)" if write.insists else "IS NOT NULL")
        for n, write in sorted(enumerate(writes, 1), key=lambda part: part[1].contended)
    ]
    return f"WITH {', '.join(parts)} SELECT gendan_insist({' AND '.join(counted)})"
