"""A connection to SQLite, in a thread of its own.

Changing threads costs more than most statements, so all that a transaction writes runs in one go there. Writers of
one process wait for each other here, in the order they came; other processes are waited for by SQLite itself.
"""

import asyncio
import itertools
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self, TypeVar

from domain.errors import Stale
from storage.connection import Batch, in_order
from storage.prepared import SQLITE, Compiled, Prepared, Row

Result = TypeVar("Result")
Statements = list[tuple[str, str, int | None]]

# FULL: what was answered is on disk. NORMAL would lose the last commits when the power fails, and the platform
# would not send those messages again.
PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA busy_timeout = 5000;
PRAGMA temp_store = MEMORY;
"""

PATIENCE = 10.0
"""Seconds that a writer waits for the others of its process."""


@dataclass(slots=True)
class File:
    """What the connections of one process to one file share: whose turn it is to write, numbers not yet written."""

    path: Path
    writing: asyncio.Lock = field(default_factory=asyncio.Lock)
    given: set[int] = field(default_factory=set)


class SqliteConnection:
    """`storage.connection.Connection` on SQLite."""

    def __init__(self, thread: ThreadPoolExecutor, connection: sqlite3.Connection, file: File) -> None:
        self._thread = thread
        self._connection = connection
        self._file = file
        self._writing = file.writing
        self._given: list[int] = []
        self._begun = False
        self._reading = False
        self.usable = True

    @classmethod
    async def open(cls, file: File) -> Self:
        """Open the file, which must exist in the newest schema or be made by `storage.schema.upgrade`."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="gendan-sqlite")

        def connect() -> sqlite3.Connection:
            connection = sqlite3.connect(
                file.path, isolation_level=None, cached_statements=256, check_same_thread=False
            )
            connection.executescript(PRAGMAS)
            return connection

        return cls(thread, await asyncio.get_running_loop().run_in_executor(thread, connect), file)

    async def rows(self, statement: Prepared, values: Mapping[str, object]) -> list[Row]:
        """One change of threads."""
        compiled = statement.sqlite
        return compiled.read(await self._run(self._fetch, compiled, compiled.bind(values)))

    async def change(self, statement: Prepared, values: Mapping[str, object]) -> list[Row]:
        """Like `rows`, alone among the writers."""
        if self._begun:
            return await self.rows(statement, values)
        compiled = statement.sqlite
        change = self._fetch if statement.lasting else self._fetch_without_waiting
        await self._alone()
        try:
            return compiled.read(await self._run(change, compiled, compiled.bind(values)))
        finally:
            self._writing.release()

    async def next_number(self, statement: Prepared) -> int:
        """One change of threads; of two processes that are given the same number the second is `Stale`."""
        (row,) = await self.rows(statement, {})
        number: int = next(free for free in itertools.count(row["number"]) if free not in self._file.given)
        self._file.given.add(number)
        self._given.append(number)
        return number

    async def snapshot(self) -> None:
        """Start a transaction that sees one moment; writers need not wait for it."""
        self._reading = True
        await self._run(self._connection.execute, "BEGIN")

    async def begin(self) -> None:
        """Be the only writer until the transaction ends."""
        if self._begun:
            return
        await self._alone()
        self._begun = True
        await self._run(self._connection.execute, "BEGIN IMMEDIATE")

    async def write(self, batch: Batch) -> None:
        """One change of threads for all of it."""
        await self._run(self._write, _encoded(batch))

    async def finish(self, batch: Batch) -> None:
        """Write and commit, in one change of threads."""
        if not batch and not self._begun:
            return
        encoded = _encoded(batch)
        if self._begun:
            await self._run(self._write_and_commit, encoded)
            self._end()
            return
        await self._alone()
        try:
            await self._run(self._whole_transaction, encoded)
        finally:
            self._writing.release()

    async def rollback(self) -> None:
        """Undo; runs after whatever the thread still does. Numbers that were not written are free again."""
        self._file.given.difference_update(self._given)
        self._given.clear()
        if self._reading:
            self._reading = False
            await self._run(self._undo)
        if self._begun:
            try:
                await asyncio.shield(self._run(self._undo))
            finally:
                self._end()

    async def close(self) -> None:
        """Close the file and end the thread."""
        self.usable = False
        await self._run(self._connection.close)
        self._thread.shutdown(wait=False)

    async def _run(self, function: Callable[..., Result], *arguments: object) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, function, *arguments)

    async def _alone(self) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                await self._writing.acquire()
        except TimeoutError:
            raise Stale("SQLITE_BUSY") from None

    def _end(self) -> None:
        self._begun = False
        self._writing.release()

    # What follows runs in the thread.

    def _fetch(self, compiled: Compiled, arguments: list[object]) -> list[tuple[object, ...]]:
        return self._connection.execute(compiled.sql, arguments).fetchall()

    def _fetch_without_waiting(self, compiled: Compiled, arguments: list[object]) -> list[tuple[object, ...]]:
        self._connection.execute("PRAGMA synchronous = NORMAL")
        try:
            return self._fetch(compiled, arguments)
        finally:
            self._connection.execute("PRAGMA synchronous = FULL")

    def _write(self, statements: Statements) -> None:
        for sql, parameter, insisted in statements:
            written = len(self._connection.execute(sql, (parameter,)).fetchall())
            if insisted is not None and written != insisted:
                raise Stale(f"{written} of {insisted} rows")

    def _write_and_commit(self, statements: Statements) -> None:
        self._write(statements)
        self._connection.execute("COMMIT")

    def _whole_transaction(self, statements: Statements) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            self._write_and_commit(statements)
        finally:
            self._undo()

    def _undo(self) -> None:
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")


def _encoded(batch: Batch) -> Statements:
    """Each statement with its rows, and how many it must write."""
    return [
        (write.on_sqlite, write.encode(batch[write], SQLITE), len(batch[write]) if write.insists else None)
        for write in in_order(batch)
    ]
