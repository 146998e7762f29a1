"""A connection to SQLite, in a thread of its own.

Changing threads costs more than most statements, so all that a transaction writes runs in one go there. Writers of
one process wait for each other here, in the order they came; other processes are waited for by SQLite itself.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Self, TypeVar

from domain.errors import Stale
from storage.connection import Batch, in_order
from storage.file import File
from storage.prepared import SQLITE, Compiled, Prepared, Row
from storage.writes import NEW_ORDER

Result = TypeVar("Result")
Statements = list[tuple[str, str, int | None]]


class SqliteConnection:
    """`storage.connection.Connection` on SQLite."""

    def __init__(self, thread: ThreadPoolExecutor, connection: sqlite3.Connection, file: File) -> None:
        self._thread = thread
        self._connection = connection
        self._file = file
        self._given: list[int] = []
        self._new: list[Mapping[str, Any]] = []
        self._begun = False
        self._reading = False
        self.usable = True

    @classmethod
    async def open(cls, file: File) -> Self:
        """Open the file, which must exist in the newest schema or be made by `storage.schema.upgrade`."""
        thread = ThreadPoolExecutor(1, thread_name_prefix="gendan-sqlite")
        return cls(thread, await asyncio.get_running_loop().run_in_executor(thread, file.connect), file)

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
        async with self._file.turn():
            return compiled.read(await self._run(change, compiled, compiled.bind(values)))

    async def next_number(self, statement: Prepared) -> int:
        """One change of threads; of two processes that are given the same number the second is `Stale`."""
        (row,) = await self.rows(statement, {})
        number = self._file.numbers.give(row["number"])
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
        await self._file.acquire()
        self._begun = True
        await self._run(self._connection.execute, "BEGIN IMMEDIATE")

    async def write(self, batch: Batch) -> None:
        """One change of threads for all of it."""
        await self._run(self._write, _encoded(batch))
        self._new.extend(batch.get(NEW_ORDER, ()))

    async def finish(self, batch: Batch) -> None:
        """Write and commit, in one change of threads."""
        if not batch and not self._begun:
            return
        encoded = _encoded(batch)
        if self._begun:
            await self._run(self._write_and_commit, encoded)
            self._end()
        else:
            async with self._file.turn():
                await self._run(self._whole_transaction, encoded)
        self._file.numbers.written(row["number"] for row in (*self._new, *batch.get(NEW_ORDER, ())))

    async def rollback(self) -> None:
        """Undo; runs after whatever the thread still does. Numbers that were not written are free again."""
        self._file.numbers.give_back(self._given)
        self._given.clear()
        self._new.clear()
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

    def _end(self) -> None:
        self._begun = False
        self._file.release()

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
