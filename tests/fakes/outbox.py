"""An outbox in memory that keeps `domain.outbox.Outbox`'s promises, and a destination that does as it is told."""

import asyncio
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.errors import DatabaseAway
from domain.facts import Notice
from domain.outbox import Batch, Condition, Delivery, Detour, Place, Standing
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
    """`domain.outbox.Outbox` for one process."""

    def __init__(self) -> None:
        self.rows: dict[str, Delivery] = {}
        self.leases: dict[str, datetime] = {}
        self.conditions: dict[tuple[str, str], Condition] = {}
        self.detours: dict[str, Sequence[Detour]] = {}
        self.away_once = False
        self.otherwise: deque[bool] = deque()

    def owe(
        self,
        way: str,
        address: str,
        kind: str = "noted",
        at: datetime = NOON,
        lane: str = "normal",
        order: int | None = 17,
        **facts: object,
    ) -> str:
        """Put a notice in; says its id."""
        name = f"d{len(self.rows) + 1}"
        notice = Notice(kind, f"group:{address}", order=order, lane=lane, facts=facts)
        self.rows[name] = Delivery(name, way, address, notice, at, at, 0, seq=len(self.rows) + 1)
        return name

    async def claim(
        self, now: datetime, limit: int, lease: timedelta, who: str, elsewhere: Collection[str] = ()
    ) -> tuple[Batch, ...]:
        places: dict[tuple[str, str], list[Delivery]] = {}
        for row in (row for row in self._owed() if row.way not in elsewhere):
            places.setdefault((row.way, row.address), []).append(row)
        found = []
        for (way, address), rows in places.items():
            condition = self.conditions.get((way, address), Condition())
            due = [row for row in rows if row.due_at <= now and self._may_leave(row, condition, now)]
            if due and not any(self.leases.get(row.id, now) > now for row in rows):
                found.append((way, address, due, condition))
        return tuple(
            Batch(way, address, tuple(self._taken(row, now + lease) for row in due), condition)
            for way, address, due, condition in found[:limit]
        )

    def _may_leave(self, row: Delivery, condition: Condition, now: datetime) -> bool:
        urgent = row.notice.lane == "urgent"
        if condition.rests_until is not None and condition.rests_until > now:
            return urgent and condition.rests_until > now + timedelta(minutes=1)
        return urgent or condition.held_until is None or condition.held_until <= now

    def _taken(self, row: Delivery, until: datetime) -> Delivery:
        self.leases[row.id] = until
        self._change(row.id, attempts=row.attempts + 1)
        return self.rows[row.id]

    def _owed(self) -> list[Delivery]:
        owed = [row for row in self.rows.values() if row.sent_at is None and row.dead_at is None]
        return sorted(owed, key=lambda row: ("urgent", "normal", "digest").index(row.notice.lane))

    def _change(self, delivery: str, **values: Any) -> None:
        self.rows[delivery] = replace(self.rows[delivery], **values)

    def _condition(self, way: str, address: str, **values: Any) -> None:
        known = self.conditions.get((way, address), Condition())
        self.conditions[way, address] = replace(known, **values)

    async def sent(self, deliveries: Sequence[str], at: datetime) -> None:
        if self.away_once:
            self.away_once = False
            raise DatabaseAway
        for delivery in deliveries:
            self._change(delivery, sent_at=at)

    async def give_back(self, deliveries: Sequence[str]) -> None:
        for delivery in deliveries:
            self.leases.pop(delivery, None)
            self._change(delivery, attempts=self.rows[delivery].attempts - 1)

    async def failed(self, deliveries: Sequence[str], error: str) -> None:
        for delivery in deliveries:
            self.leases.pop(delivery, None)
            self._change(delivery, error=error)

    async def together(self, deliveries: Sequence[str], parcel: str) -> None:
        for delivery in deliveries:
            self._change(delivery, parcel=parcel)

    async def put_off(self, delivery: str, until: datetime, error: str) -> None:
        self.leases.pop(delivery, None)
        self._change(delivery, due_at=until, error=error)

    async def give_up(self, delivery: str, at: datetime, error: str) -> None:
        self._change(delivery, dead_at=at, error=error)

    async def detour(self, delivery: Delivery, detours: Sequence[Detour], at: datetime, error: str) -> None:
        self._change(delivery.id, sent_at=at, dead_at=None, error=error)
        self.detours[delivery.id] = detours

    async def reached_otherwise(self, delivery: Delivery, at: datetime) -> bool:
        return self.otherwise.popleft() if self.otherwise else False

    async def rest(self, way: str, address: str, until: datetime) -> None:
        self._condition(way, address, rests_until=until)

    async def trouble(
        self, way: str, address: str, kind: str, error: str, at: datetime, until: datetime
    ) -> None:
        known = self.conditions.get((way, address), Condition())
        counted = known.failures + 1
        since = known.since or at
        self._condition(
            way, address, rests_until=until, trouble=kind, failures=counted, since=since, error=error
        )

    async def known(self, way: str, error: str) -> bool:
        return any(
            place[0] == way and known.error == error and known.told_at is not None
            for place, known in self.conditions.items()
        )

    async def told(self, way: str, address: str, at: datetime) -> None:
        self._condition(way, address, told_at=at)

    async def recovered(self, way: str, address: str) -> None:
        self._condition(way, address, trouble="", failures=0, since=None, told_at=None, error="")

    async def hush(self, way: str, address: str, until: datetime) -> None:
        self._condition(way, address, held_until=until)

    async def next_due(self) -> datetime | None:
        return min((row.due_at for row in self._owed()), default=None)

    async def destinations(self, now: datetime) -> tuple[Place, ...]:
        places = [(row.way, row.address) for row in self._owed()]
        return tuple(
            Place(*place, places.count(place), self.conditions.get(place, Condition()))
            for place in sorted({*places, *self.conditions})
        )

    async def pending(self, limit: int = 100) -> tuple[Delivery, ...]:
        return tuple(self._owed()[:limit])

    async def dead(self, limit: int = 100) -> tuple[Delivery, ...]:
        return tuple(row for row in self.rows.values() if row.dead_at is not None)[:limit]

    async def retry(self, delivery: str, at: datetime) -> bool:
        row = self.rows.get(delivery)
        if row is None or row.dead_at is None:
            return False
        self._change(delivery, dead_at=None, attempts=0, due_at=at)
        return True

    async def oldest_due(self, now: datetime) -> datetime | None:
        return min((row.due_at for row in self._owed() if row.due_at <= now), default=None)

    async def forget(self, before: datetime) -> int:
        old = [name for name, row in self.rows.items() if row.sent_at is not None and row.sent_at < before]
        for name in old:
            del self.rows[name]
        return len(old)


class MemoryStandings:
    """`domain.outbox.Standings` of the orders that a test knows."""

    def __init__(self) -> None:
        self.orders: dict[int, Standing] = {}
        self.asked = 0

    def stands(self, number: int, step: str, entry: int, owner: str = "wangqiang") -> None:
        """The order is there now."""
        self.orders[number] = Standing(number, step, entry, owner, f"客户{number}", urgent=False, version=1)

    async def of(self, numbers: Sequence[int]) -> Mapping[int, Standing]:
        self.asked += 1
        return {number: self.orders[number] for number in numbers if number in self.orders}


class FakeDestination:
    """`domain.sending.Sender`: raises what stands in `trouble`, one for each attempt; otherwise it arrives."""

    def __init__(self, *trouble: Exception) -> None:
        self.trouble = deque(trouble)
        self.arrived: list[str] = []
        self.shown: list[Rendered] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self._arrival = asyncio.Event()

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        await self.gate.wait()
        if self.trouble:
            raise self.trouble.popleft()
        self.arrived.append(idempotency_key)
        self.shown.append(notice)
        self._arrival.set()

    async def has(self, count: int) -> None:
        """Return once so many have arrived."""
        while len(self.arrived) < count:
            self._arrival.clear()
            await self._arrival.wait()
