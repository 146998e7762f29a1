"""What falls due."""

from datetime import datetime, timedelta

from sqlalchemy import Integer, Text, bindparam, func, or_, select, text, tuple_, update

from domain.facts import Timer
from domain.ports import Conversation
from domain.queues import DueTimer
from storage.engine import Database
from storage.prepared import Fleeting, Prepared, Row
from storage.rows import timer_key, timer_of
from storage.tables import PENDING_TIMER, TROUBLED_TIMER, conversations, timers
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
    .values(lease_until=bindparam("until", type_=Time), attempts=timers.c.attempts + 1)
    .returning(*timers.c)
)
# `due` moves, so that a poll never walks past those put off, however many they are. One that somebody has silenced
# since it was claimed rings when they said.
PUT_OFF = Fleeting(
    update(timers)
    .where(
        *(column == bindparam(f"of_{column.name}") for column in _key),
        text(PENDING_TIMER),
        func.coalesce(timers.c.fell_due, timers.c.due) <= bindparam("known_due", type_=Time),
    )
    .values(
        fell_due=func.coalesce(timers.c.fell_due, timers.c.due),
        due=bindparam("until", type_=Time),
        lease_until=None,
        error=func.coalesce(bindparam("met", type_=Text), timers.c.error),
    )
    .returning(timers.c.order_number)
)
TROUBLED = Prepared(
    select(timers)
    .where(text(TROUBLED_TIMER))
    .order_by(timers.c.fell_due, timers.c.order_number)
    .limit(_limit)
)
NEXT_DUE = Prepared(select(func.min(timers.c.due).label("due")).where(text(PENDING_TIMER)))
EXPIRED = Prepared(
    select(conversations)
    .where(conversations.c.expires_at <= _now)
    .order_by(conversations.c.expires_at)
    .limit(_limit)
)


class Timers:
    """`domain.queues.Timers`. `claiming` is where due ones are looked for (`storage.engine.walking`)."""

    def __init__(self, database: Database, claiming: Database | None = None) -> None:
        self._database = database
        self._claiming = claiming or database

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> tuple[DueTimer, ...]:
        """Timers due by `now` that nobody else was given until `now + lease`, the longest due first."""
        async with self._claiming.session() as session:
            rows = await session.change(CLAIM, now=now, limit=limit, until=now + lease)
        return tuple(sorted((_due(row) for row in rows), key=_in_order))

    async def put_off(self, timer: Timer, until: datetime, error: str = "") -> None:
        """Look at it again then."""
        key = {f"of_{name}": value for name, value in timer_key(timer).items()}
        async with self._database.session() as session:
            await session.change(PUT_OFF, **key, known_due=timer.due, until=until, met=error or None)

    async def troubled(self, limit: int = 100) -> tuple[DueTimer, ...]:
        """Those put off because they could not be handled, the longest due first."""
        async with self._database.session() as session:
            return tuple(_due(row) for row in await session.rows(TROUBLED, limit=limit))

    async def next_due(self) -> datetime | None:
        """When the next open timer is to be looked at."""
        async with self._database.session() as session:
            (row,) = await session.rows(NEXT_DUE)
        due: datetime | None = row["due"]
        return due

    async def expired(self, now: datetime, limit: int) -> tuple[Conversation, ...]:
        """Conversations whose draft has run out, the oldest first."""
        async with self._claiming.session() as session:
            rows = await session.rows(EXPIRED, now=now, limit=limit)
        return tuple(
            Conversation(row["person"], row["place"], row["version"], row["document"], row["expires_at"])
            for row in rows
        )


def _due(row: Row) -> DueTimer:
    return DueTimer(timer_of(row), row["attempts"], row["error"] or "")


def _in_order(due: DueTimer) -> tuple[datetime, int, int, int]:
    timer = due.timer
    return (timer.due, timer.order, timer.rung, timer.repeat)
