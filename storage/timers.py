"""What falls due."""

from datetime import datetime, timedelta

from sqlalchemy import Integer, bindparam, func, or_, select, text, tuple_, update

from domain.facts import Timer
from domain.ports import Conversation
from storage.engine import Database
from storage.prepared import Fleeting, Prepared
from storage.tables import PENDING_TIMER, conversations, timers
from storage.types import Time

_now = bindparam("now", type_=Time)
_limit = bindparam("limit", type_=Integer)
_key = tuple(timers.primary_key)

_picked = (
    select(*_key)
    .where(
        text(PENDING_TIMER),
        timers.c.due <= _now,
        or_(timers.c.lease_until.is_(None), timers.c.lease_until <= _now),
    )
    .order_by(timers.c.due)
    .limit(_limit)
    .with_for_update(skip_locked=True)
    .cte("picked")
)
CLAIM = Fleeting(
    update(timers)
    .where(tuple_(*_key).in_(select(*_picked.c)))
    .values(lease_until=bindparam("until", type_=Time))
    .returning(*timers.c)
)
NEXT_DUE = Prepared(select(func.min(timers.c.due).label("due")).where(text(PENDING_TIMER)))
EXPIRED = Prepared(
    select(conversations)
    .where(conversations.c.expires_at <= _now)
    .order_by(conversations.c.expires_at)
    .limit(_limit)
)


class Timers:
    """`domain.queues.Timers`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> tuple[Timer, ...]:
        """Timers due by `now` that nobody else was given until `now + lease`, the longest due first."""
        async with self._database.session() as session:
            rows = await session.change(CLAIM, now=now, limit=limit, until=now + lease)
        due = [
            Timer(row["order_number"], row["entry"], row["rung"], row["repeat"], row["due"]) for row in rows
        ]
        return tuple(sorted(due, key=lambda timer: (timer.due, timer.order, timer.rung, timer.repeat)))

    async def next_due(self) -> datetime | None:
        """When the next open timer falls due."""
        async with self._database.session() as session:
            (row,) = await session.rows(NEXT_DUE)
        due: datetime | None = row["due"]
        return due

    async def expired(self, now: datetime, limit: int) -> tuple[Conversation, ...]:
        """Conversations whose draft has run out, the oldest first."""
        async with self._database.session() as session:
            rows = await session.rows(EXPIRED, now=now, limit=limit)
        return tuple(
            Conversation(row["person"], row["place"], row["version"], row["document"], row["expires_at"])
            for row in rows
        )
