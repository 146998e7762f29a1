"""One transaction on a lent connection."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from domain.errors import Stale
from storage.connection import Batch, Connection
from storage.contention import Contention
from storage.failures import understood
from storage.prepared import Prepared, Row
from storage.writes import STOCK
from storage.writing import Write


class Session:
    """Reads at once, gathers what is to be written, and writes it together: before the next read or at `commit`."""

    def __init__(self, connection: Connection, contention: Contention) -> None:
        self._connection = connection
        self.contention = contention
        self._gathered: Batch = {}

    async def rows(self, statement: Prepared, **values: object) -> list[Row]:
        """What a reading statement gives; it sees what was gathered before."""
        with understood():
            await self._flush()
            return await self._connection.rows(statement, values)

    async def locking(self, statement: Prepared, **values: object) -> list[Row]:
        """What a statement gives that locks or writes; it holds until the transaction ends."""
        with understood():
            await self._connection.begin()
            await self._flush()
            return await self._connection.rows(statement, values)

    async def snapshot(self) -> None:
        """See one moment from here on; nothing can be written."""
        with understood():
            await self._connection.snapshot()

    async def next_number(self, statement: Prepared) -> int:
        """A number that is given once."""
        with understood():
            return await self._connection.next_number(statement)

    async def change(self, statement: Prepared, **values: object) -> list[Row]:
        """What one writing statement gives; durable at once unless a transaction is under way."""
        with understood():
            await self._flush()
            return await self._connection.change(statement, values)

    def add(self, write: Write, row: Mapping[str, object]) -> None:
        """Gather a row to be written."""
        write.gather(self._gathered.setdefault(write, []), row)

    async def add_now(self, write: Write, rows: Sequence[Mapping[str, object]]) -> None:
        """Write rows before the others, where these must find them."""
        with understood():
            await self._connection.begin()
            await self._connection.write({write: list(rows)})

    async def commit(self) -> None:
        """Write what was gathered and make it durable, or raise `Stale`."""
        gathered, self._gathered = self._gathered, {}
        with self._losses_noted(gathered):
            await self._connection.finish(gathered)

    async def _flush(self) -> None:
        if self._gathered:
            await self._connection.begin()
            gathered, self._gathered = self._gathered, {}
            with self._losses_noted(gathered):
                await self._connection.write(gathered)

    @contextmanager
    def _losses_noted(self, gathered: Batch) -> Iterator[None]:
        try:
            with understood():
                yield
        except Stale:
            self.contention.note(row["sku"] for row in gathered.get(STOCK, ()))
            raise
