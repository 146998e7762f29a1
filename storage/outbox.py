"""Notices owed."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from domain.outbox import Batch, Delivery, Detour, Place
from storage import destinations, writes
from storage import outbox_statements as statements
from storage.destinations import condition_of
from storage.engine import Database
from storage.notices import GATHERING, copies_of, delivery_of, notice_rows
from storage.outbox_claim import CLAIM
from storage.prepared import Prepared, Row
from storage.text import storable

SOON = timedelta(minutes=1)
"""A destination that rests longer gives away its urgent notices."""


class Outbox:
    """`domain.outbox.Outbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(
        self, now: datetime, limit: int, lease: timedelta, who: str, elsewhere: Collection[str] = ()
    ) -> tuple[Batch, ...]:
        """Take what is due for at most so many destinations, counting the attempts."""
        moments = {"now": now, "until": now + lease, "soon": now + SOON, "gathered": now + GATHERING}
        async with self._database.session() as session:
            rows = await session.change(CLAIM, limit=limit, who=who, elsewhere=list(elsewhere), **moments)
        return _batches(rows)

    async def sent(self, deliveries: Sequence[str], at: datetime) -> None:
        """They have arrived."""
        await self._change(statements.SENT, deliveries=list(deliveries), at=at)

    async def give_back(self, deliveries: Sequence[str]) -> None:
        """They were not tried after all."""
        await self._change(statements.GIVE_BACK, deliveries=list(deliveries))

    async def failed(self, deliveries: Sequence[str], error: str) -> None:
        """The attempt counts."""
        await self._change(statements.FAILED, deliveries=list(deliveries), met=error)

    async def put_off(self, delivery: str, until: datetime, error: str) -> None:
        """Try this one again then."""
        await self._change(statements.PUT_OFF, delivery=delivery, until=until, met=error)

    async def give_up(self, delivery: str, at: datetime, error: str) -> None:
        """It will never arrive: it stands as dead until somebody retries it."""
        await self._change(statements.GIVE_UP, delivery=delivery, at=at, met=error)

    async def together(self, deliveries: Sequence[str], parcel: str) -> None:
        """From now on these are sent in one message."""
        await self._change(statements.TOGETHER, deliveries=list(deliveries), name=parcel)

    async def detour(self, delivery: Delivery, detours: Sequence[Detour], at: datetime, error: str) -> None:
        """Owe these in its place, in one transaction."""
        async with self._database.session() as session:
            if not await session.locking(statements.DETOURED, delivery=delivery.id, at=at, met=error):
                return
            for detour in detours:
                for row in notice_rows(detour.notice, detour.ways, at, f"outbox:{delivery.id}"):
                    session.add(writes.NOTICE, row)
            await session.commit()

    async def reached_otherwise(self, delivery: Delivery, at: datetime) -> bool:
        """True when another way of the same group has brought it, or can."""
        copies = list(copies_of(delivery.id))
        async with self._database.session() as session:
            return bool(await session.rows(statements.REACHED, copies=copies, now=at))

    async def rest(self, way: str, address: str, until: datetime) -> None:
        """Nothing leaves for this destination before then."""
        await self._change(destinations.REST, way=way, address=address, until=until)

    async def trouble(
        self, way: str, address: str, kind: str, error: str, at: datetime, until: datetime
    ) -> None:
        """It fails: nothing leaves before `until`."""
        await self._change(
            destinations.TROUBLE,
            way=way,
            address=address,
            until=until,
            **storable({"kind": kind, "error": error}),
            at=at,
        )

    async def known(self, way: str, error: str) -> bool:
        """True when people were told already that this way has this trouble."""
        async with self._database.session() as session:
            return bool(await session.rows(destinations.KNOWN, **storable({"way": way, "error": error})))

    async def told(self, way: str, address: str, at: datetime) -> None:
        """People know of its trouble."""
        await self._change(destinations.TOLD, way=way, address=address, at=at)

    async def recovered(self, way: str, address: str) -> None:
        """It works again."""
        await self._change(destinations.RECOVERED, way=way, address=address)

    async def hush(self, way: str, address: str, until: datetime) -> None:
        """What is not urgent waits until then."""
        await self._change(destinations.HUSH, way=way, address=address, until=until)

    async def next_due(self) -> datetime | None:
        """When the next notice may leave."""
        async with self._database.session() as session:
            (row,) = await session.rows(statements.NEXT_DUE)
        due: datetime | None = row["due"]
        return due

    async def destinations(self, now: datetime) -> tuple[Place, ...]:
        """Where something waits, rests or fails at this moment."""
        async with self._database.session() as session:
            rows = await session.rows(destinations.LISTED, now=now)
        return tuple(Place(row["way"], row["address"], row["waiting"], condition_of(row)) for row in rows)

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
        """Since when the oldest notice waits that nothing holds back."""
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


def _batches(rows: Sequence[Row]) -> tuple[Batch, ...]:
    """The rows by destination, the one with the most urgent and oldest notice first."""
    found: dict[tuple[str, str], list[Row]] = {}
    for row in sorted(rows, key=lambda row: (row["lane"], row["seq"])):
        found.setdefault((row["way"], row["address"]), []).append(row)
    return tuple(
        Batch(way, address, tuple(delivery_of(row) for row in those), condition_of(those[0]))
        for (way, address), those in found.items()
    )
