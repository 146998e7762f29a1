"""Notices owed."""

from datetime import datetime, timedelta

from domain.queues import Delivery
from storage.engine import Database


class Outbox:
    """`domain.queues.Outbox`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, now: datetime, limit: int, lease: timedelta, who: str) -> tuple[Delivery, ...]:
        raise NotImplementedError

    async def sent(self, delivery: str, at: datetime) -> None:
        raise NotImplementedError

    async def put_off(self, delivery: str, until: datetime, error: str) -> None:
        raise NotImplementedError

    async def give_up(self, delivery: str, at: datetime, error: str) -> None:
        raise NotImplementedError

    async def pending(self, limit: int = 100) -> tuple[Delivery, ...]:
        raise NotImplementedError

    async def dead(self, limit: int = 100) -> tuple[Delivery, ...]:
        raise NotImplementedError

    async def retry(self, delivery: str, at: datetime) -> bool:
        raise NotImplementedError

    async def oldest_due(self, now: datetime) -> datetime | None:
        raise NotImplementedError

    async def forget(self, before: datetime) -> int:
        raise NotImplementedError
