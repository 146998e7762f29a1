"""What people have said of themselves, and where they wrote last, outside of any message."""

from collections.abc import Sequence
from datetime import datetime

from domain.identity import Register
from storage import binding_statements as statements
from storage.bindings import SqlBindings
from storage.engine import Database


class Registry:
    """Read by every process, so that all of them know the same people."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def version(self) -> int:
        """How often something has changed; cheap enough for every tick."""
        async with self._database.session() as session:
            (row,) = await session.rows(statements.VERSION)
        return int(row["version"])

    async def register(self) -> Register:
        """All of it."""
        async with self._database.session() as session:
            return await SqlBindings(session).register()

    async def wrote(self, since: datetime) -> Sequence[tuple[str, str, datetime]]:
        """Who wrote on which platform since then, and when there last."""
        async with self._database.session() as session:
            rows = await session.rows(statements.WROTE, since=since)
        return tuple((row["person"], row["platform"], row["at"]) for row in rows)

    async def forget(self, before: datetime) -> int:
        """Delete codes, requests and counts of tries from before then; says how many."""
        async with self._database.session() as session:
            return sum([len(await session.change(one, before=before)) for one in statements.FORGET])
