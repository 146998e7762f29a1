"""Which processes work on this database."""

from datetime import datetime

from sqlalchemy import bindparam, delete, func, insert, select, update

from storage.engine import Database
from storage.prepared import Fleeting, Prepared
from storage.tables import processes
from storage.types import Time

_now = bindparam("now", type_=Time)
_this = processes.c.id == bindparam("process")

SEEN = Fleeting(update(processes).where(_this).values(at=_now).returning(processes.c.id))
JOIN = Prepared(insert(processes).values(id=bindparam("process"), at=_now).returning(processes.c.id))
KNOWN = Prepared(select(func.count().label("known")).where(processes.c.at > bindparam("since", type_=Time)))
LEAVE = Prepared(delete(processes).where(_this).returning(processes.c.id))
FORGET = Prepared(
    delete(processes).where(processes.c.at < bindparam("before", type_=Time)).returning(processes.c.id)
)


class Processes:
    """`domain.queues.Processes`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def seen(self, process: str, at: datetime) -> None:
        """It lives; no two processes have the same name."""
        async with self._database.session() as session:
            if not await session.change(SEEN, process=process, now=at):
                await session.change(JOIN, process=process, now=at)

    async def known(self, since: datetime) -> int:
        """How many were seen after then."""
        async with self._database.session() as session:
            (row,) = await session.rows(KNOWN, since=since)
        return int(row["known"])

    async def leave(self, process: str) -> None:
        """It ends."""
        async with self._database.session() as session:
            await session.change(LEAVE, process=process)

    async def forget(self, before: datetime) -> int:
        """Delete those not seen since then; says how many."""
        async with self._database.session() as session:
            return len(await session.change(FORGET, before=before))
