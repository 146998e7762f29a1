"""What is done once for each slot of time (a night, a day, a month), by whichever process comes first."""

from datetime import datetime, timedelta

from sqlalchemy import Text, bindparam, func, select, text

from storage.engine import Database
from storage.prepared import Prepared
from storage.tables import runs
from storage.types import Time

_TIMES = tuple(bindparam(name, type_=Time) for name in ("now", "until"))

CLAIM = Prepared(
    text(
        "INSERT INTO runs (name, slot, begun_at, lease_until) VALUES (:name, :slot, :now, :until) "
        "ON CONFLICT (name, slot) DO UPDATE SET begun_at = excluded.begun_at, lease_until = excluded.lease_until "
        "WHERE runs.done_at IS NULL AND runs.lease_until <= excluded.begun_at RETURNING name"
    )
    .bindparams(*_TIMES)
    .columns(name=Text)
)
DONE = Prepared(
    text(
        "UPDATE runs SET done_at = :now, lease_until = NULL "
        "WHERE name = :name AND slot = :slot AND done_at IS NULL RETURNING name"
    )
    .bindparams(_TIMES[0])
    .columns(name=Text)
)
LAST = Prepared(
    select(func.max(runs.c.begun_at).label("begun_at")).where(
        runs.c.name == bindparam("name"), runs.c.done_at.is_not(None)
    )
)


class Runs:
    """Runs that take longer than one transaction; what fits into one is taken there (`UnitOfWork.take_run`)."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, name: str, slot: str, now: datetime, lease: timedelta) -> bool:
        """True for one process: it has until `now + lease` to say `done`; then it counts as dead."""
        async with self._database.session() as session:
            return bool(await session.change(CLAIM, name=name, slot=slot, now=now, until=now + lease))

    async def done(self, name: str, slot: str, now: datetime) -> None:
        """It is finished: nobody claims it again."""
        async with self._database.session() as session:
            await session.change(DONE, name=name, slot=slot, now=now)

    async def last(self, name: str) -> datetime | None:
        """When the newest one that is done had begun."""
        async with self._database.session() as session:
            (row,) = await session.rows(LAST, name=name)
        begun: datetime | None = row["begun_at"]
        return begun
