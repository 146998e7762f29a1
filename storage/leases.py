"""What one process at a time may do."""

from datetime import datetime, timedelta

from sqlalchemy import Text, bindparam, select, text, update

from domain.leases import Lease
from storage.engine import Database
from storage.prepared import Prepared
from storage.tables import leases
from storage.types import Number, Time

_now = bindparam("now", type_=Time)

# One statement: of many that ask at once the database lets one in.
TAKE = Prepared(
    text(
        "INSERT INTO leases (name, holder, fence, until) VALUES (:name, :holder, 1, :until) "
        "ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until, "
        "fence = leases.fence + CASE WHEN leases.holder = excluded.holder THEN 0 ELSE 1 END "
        "WHERE leases.holder = excluded.holder OR leases.until <= :now RETURNING name, fence"
    )
    .bindparams(_now, bindparam("until", type_=Time))
    .columns(name=Text, fence=Number)
)
RELEASE = Prepared(
    update(leases)
    .where(leases.c.name == bindparam("lease"), leases.c.holder == bindparam("me"), leases.c.until > _now)
    .values(until=_now)
    .returning(leases.c.name)
)
HELD = Prepared(select(leases).where(leases.c.name == bindparam("name"), leases.c.until > _now))


class SqlLeases:
    """`domain.leases.Leases`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def take(self, name: str, holder: str, now: datetime, lives: timedelta) -> Lease | None:
        """Take or renew it; None: somebody else has it."""
        until = now + lives
        async with self._database.session() as session:
            rows = await session.change(TAKE, name=name, holder=holder, now=now, until=until)
        return Lease(name, holder, rows[0]["fence"], until) if rows else None

    async def release(self, name: str, holder: str, now: datetime) -> None:
        """Free at once, if it is still ours."""
        async with self._database.session() as session:
            await session.change(RELEASE, lease=name, me=holder, now=now)

    async def held(self, name: str, now: datetime) -> Lease | None:
        """Who has it at this moment."""
        async with self._database.session() as session:
            rows = await session.rows(HELD, name=name, now=now)
        return Lease(**rows[0]) if rows else None
