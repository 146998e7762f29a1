"""What the console's groups and people were told."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, select

from domain import charts
from domain.errors import Stale
from domain.sending import FeedItem, Rendered
from storage import writes
from storage.engine import Database
from storage.prepared import Prepared
from storage.tables import feed

AFTER = Prepared(
    select(feed)
    .where(feed.c.seq > bindparam("seq"))
    .order_by(feed.c.seq)
    .limit(bindparam("limit", type_=Integer))
)

TRIES = 20


class Feed:
    """`domain.sending.Feed`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, to: str, notice: Rendered, at: datetime, idempotency_key: str) -> None:
        """Keep one push; the same key again keeps nothing."""
        row = {
            "key": idempotency_key,
            "at": at,
            "destination": to,
            "text": notice.text,
            "mentions": notice.mentions,
            "buttons": notice.buttons,
            "charts": charts.to_documents(notice.charts),
        }
        for left in range(TRIES, 0, -1):
            try:
                async with self._database.session() as session:
                    session.add(writes.FEED, row)
                    await session.commit()
            except Stale:  # somebody else took the next number at the same moment
                if left == 1:
                    raise
            else:
                return

    async def after(self, seq: int, limit: int = 500) -> tuple[FeedItem, ...]:
        """The pushes with a greater `seq`, oldest first."""
        async with self._database.session() as session:
            rows = await session.rows(AFTER, seq=seq, limit=limit)
        return tuple(
            FeedItem(
                row["seq"],
                row["at"],
                row["destination"],
                row["text"],
                tuple(row["mentions"]),
                tuple((label, say) for label, say in row["buttons"]),
                charts.from_documents(row["charts"]),
            )
            for row in rows
        )
