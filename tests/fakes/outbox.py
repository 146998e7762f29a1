"""An outbox in memory that keeps `domain.queues.Outbox`'s promises, and a destination that does as it is told."""

import asyncio
from collections import deque
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.errors import DatabaseAway
from domain.facts import Notice
from domain.queues import Delivery
from domain.sending import Rendered

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


class FakeClock:
    """Stands still until somebody moves it."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def move(self, by: timedelta) -> None:
        """Be so much later from now on."""
        self.now += by


class MemoryOutbox:
    """`domain.queues.Outbox` for one process."""

    def __init__(self) -> None:
        self.rows: dict[str, Delivery] = {}
        self.leases: dict[str, datetime] = {}
        self.away_once = False

    def owe(
        self, way: str, address: str, kind: str = "noted", at: datetime = NOON, lane: str = "normal"
    ) -> str:
        """Put a notice in; says its id."""
        name = f"d{len(self.rows) + 1}"
        notice = Notice(kind, f"group:{address}", order=17, lane=lane)
        self.rows[name] = Delivery(name, way, address, notice, at, at, 0)
        return name

    async def claim(self, now: datetime, limit: int, lease: timedelta, who: str) -> tuple[Delivery, ...]:
        heads: dict[tuple[str, str], Delivery] = {}
        for row in self._owed():
            heads.setdefault((row.way, row.address), row)
        due = [row for row in heads.values() if row.due_at <= now and self.leases.get(row.id, now) <= now]
        for row in due[:limit]:
            self.leases[row.id] = now + lease
            self.rows[row.id] = replace(row, attempts=row.attempts + 1)
        return tuple(self.rows[row.id] for row in due[:limit])

    def _owed(self) -> list[Delivery]:
        owed = [row for row in self.rows.values() if row.sent_at is None and row.dead_at is None]
        return sorted(owed, key=lambda row: row.notice.lane != "urgent")

    async def sent(self, delivery: str, at: datetime) -> None:
        if self.away_once:
            self.away_once = False
            raise DatabaseAway
        self.rows[delivery] = replace(self.rows[delivery], sent_at=at)

    async def put_off(self, delivery: str, until: datetime, error: str) -> None:
        self.leases.pop(delivery, None)
        self.rows[delivery] = replace(self.rows[delivery], due_at=until, error=error)

    async def give_up(self, delivery: str, at: datetime, error: str) -> None:
        self.rows[delivery] = replace(self.rows[delivery], dead_at=at, error=error)

    async def pending(self, limit: int = 100) -> tuple[Delivery, ...]:
        return tuple(self._owed()[:limit])

    async def dead(self, limit: int = 100) -> tuple[Delivery, ...]:
        return tuple(row for row in self.rows.values() if row.dead_at is not None)[:limit]

    async def retry(self, delivery: str, at: datetime) -> bool:
        row = self.rows.get(delivery)
        if row is None or row.dead_at is None:
            return False
        self.rows[delivery] = replace(row, dead_at=None, attempts=0, due_at=at)
        return True

    async def oldest_due(self, now: datetime) -> datetime | None:
        return min((row.due_at for row in self._owed() if row.due_at <= now), default=None)

    async def forget(self, before: datetime) -> int:
        old = [name for name, row in self.rows.items() if row.sent_at is not None and row.sent_at < before]
        for name in old:
            del self.rows[name]
        return len(old)


class FakeDestination:
    """`domain.sending.Sender`: raises what stands in `trouble`, one for each attempt; otherwise it arrives."""

    def __init__(self, *trouble: Exception) -> None:
        self.trouble = deque(trouble)
        self.arrived: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self._arrival = asyncio.Event()

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        await self.gate.wait()
        if self.trouble:
            raise self.trouble.popleft()
        self.arrived.append(idempotency_key)
        self._arrival.set()

    async def has(self, count: int) -> None:
        """Return once so many have arrived."""
        while len(self.arrived) < count:
            self._arrival.clear()
            await self._arrival.wait()
