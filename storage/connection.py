"""One connection, the same on both engines."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from storage.prepared import Prepared, Row
from storage.writes import IN_ORDER
from storage.writing import Write

Batch = dict[Write, list[Mapping[str, Any]]]
"""What a transaction writes: rows by kind."""


class Connection(Protocol):
    """A connection of which one transaction at a time makes use.

    Statements before `begin` stand alone: each sees what is committed, and what it writes is durable at once.
    """

    @property
    def usable(self) -> bool:
        """False once the database has hung up."""

    async def rows(self, statement: Prepared, values: Mapping[str, object]) -> list[Row]:
        """What a reading or locking statement gives."""

    async def change(self, statement: Prepared, values: Mapping[str, object]) -> list[Row]:
        """What a writing statement gives; alone it is its own transaction."""

    async def next_number(self, statement: Prepared) -> int:
        """The number that `statement` gives, or a greater one, until `rollback` this transaction's alone."""

    async def snapshot(self) -> None:
        """Start a transaction that only reads, all of it as of one moment."""

    async def begin(self) -> None:
        """Start a transaction that will write."""

    async def write(self, batch: Batch) -> None:
        """Write all of it inside the transaction begun, or raise `Stale`."""

    async def finish(self, batch: Batch) -> None:
        """Write all of it and commit, also what was begun; with nothing begun it is a transaction of its own."""

    async def rollback(self) -> None:
        """Undo what was begun."""

    async def close(self) -> None:
        """Hang up."""


def in_order(batch: Batch) -> Sequence[Write]:
    """The kinds of rows in the order in which they are written."""
    return [write for write in IN_ORDER if write in batch]
