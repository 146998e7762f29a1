"""What falls due."""

from datetime import datetime, timedelta

from domain.facts import Timer
from domain.ports import Conversation
from storage.engine import Database


class Timers:
    """`domain.queues.Timers`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> tuple[Timer, ...]:
        raise NotImplementedError

    async def next_due(self) -> datetime | None:
        raise NotImplementedError

    async def expired(self, now: datetime, limit: int) -> tuple[Conversation, ...]:
        raise NotImplementedError
