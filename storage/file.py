"""A file of SQLite, as the connections of one process share it."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from domain.errors import Stale
from storage.numbers import Numbers

# FULL: what was answered is on disk. NORMAL would lose the last commits when the power fails, and the platform
# would not send those messages again.
PRAGMAS = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA busy_timeout = 5000;
"""

PATIENCE = 10.0
"""Seconds that a writer waits for the others of its process."""


@dataclass(slots=True)
class File:
    """Whose turn it is to write, and the numbers that orders are given."""

    path: Path
    numbers: Numbers = field(default_factory=Numbers)
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)

    def connect(self) -> sqlite3.Connection:
        """Open it, for the thread that calls; transactions are begun and ended by hand."""
        connection = sqlite3.connect(
            self.path, isolation_level=None, cached_statements=256, check_same_thread=False
        )
        connection.executescript(PRAGMAS)
        return connection

    async def acquire(self) -> None:
        """Be the only writer of this process, or raise `Stale` when the others do not end."""
        try:
            async with asyncio.timeout(PATIENCE):
                await self._writing.acquire()
        except TimeoutError:
            raise Stale("SQLITE_BUSY") from None

    def release(self) -> None:
        """Let the next one write, in the order they came."""
        self._writing.release()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """The only writer for the length of a block."""
        await self.acquire()
        try:
            yield
        finally:
            self.release()
