"""Notices owed."""

from datetime import datetime, timedelta

from domain.queues import Delivery
from storage import outbox_statements as statements
from storage.engine import Database
from storage.notices import delivery_of
from storage.prepared import Prepared, Row


class Outbox:
    """`domain.queues.Outbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, now: datetime, limit: int, lease: timedelta, who: str) -> tuple[Delivery, ...]:
        """Take what is due, at most one for each destination, counting the attempt."""
        async with self._database.session() as session:
            rows = await session.change(statements.CLAIM, now=now, limit=limit, until=now + lease, who=who)
        return tuple(delivery_of(row) for row in sorted(rows, key=lambda row: (row["lane"], row["seq"])))

    async def sent(self, delivery: str, at: datetime) -> None:
        """It has arrived."""
        await self._change(statements.SENT, delivery=delivery, at=at)

    async def put_off(self, delivery: str, until: datetime, error: str) -> None:
        """Try again then; the destination's later ones wait with it."""
        await self._change(statements.PUT_OFF, delivery=delivery, until=until, met=error)

    async def give_up(self, delivery: str, at: datetime, error: str) -> None:
        """It will never arrive: it stands as dead until somebody retries it."""
        await self._change(statements.GIVE_UP, delivery=delivery, at=at, met=error)

    async def pending(self, limit: int = 100) -> tuple[Delivery, ...]:
        """What is owed, oldest first."""
        return await self._listed(statements.PENDING, limit)

    async def dead(self, limit: int = 100) -> tuple[Delivery, ...]:
        """What was given up, newest first."""
        return await self._listed(statements.DEAD, limit)

    async def retry(self, delivery: str, at: datetime) -> bool:
        """Owe it once more with no attempt counted; False when there is no such dead one."""
        return bool(await self._change(statements.RETRY, delivery=delivery, at=at))

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the oldest due notice waits."""
        async with self._database.session() as session:
            (row,) = await session.rows(statements.OLDEST_DUE, now=now)
        oldest: datetime | None = row["oldest"]
        return oldest

    async def forget(self, before: datetime) -> int:
        """Delete what was sent before then; says how many."""
        return len(await self._change(statements.FORGET, before=before))

    async def _change(self, statement: Prepared, **values: object) -> list[Row]:
        async with self._database.session() as session:
            return await session.change(statement, **values)

    async def _listed(self, statement: Prepared, limit: int) -> tuple[Delivery, ...]:
        async with self._database.session() as session:
            return tuple(delivery_of(row) for row in await session.rows(statement, limit=limit))
