"""What the console's groups and people were told."""

from datetime import datetime

from domain.ports import FeedItem, Rendered
from storage.engine import Database


class Feed:
    """`domain.ports.Feed`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, to: str, notice: Rendered, at: datetime, idempotency_key: str) -> None:
        raise NotImplementedError

    async def after(self, seq: int, limit: int = 500) -> tuple[FeedItem, ...]:
        raise NotImplementedError
