"""What the console's groups and people were told."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, literal_column, select

from domain import charts
from domain.errors import Stale
from domain.sending import FeedItem, Rendered
from storage import writes
from storage.engine import Database
from storage.prepared import Prepared, Row
from storage.tables import feed
from storage.types import Number

AFTER = Prepared(
    select(feed)
    .where(feed.c.seq > bindparam("seq"))
    .order_by(feed.c.seq)
    .limit(bindparam("limit", type_=Integer))
)

LATEST = Prepared(
    select(feed.c.seq, feed.c.entry, feed.c.buttons)
    .where(feed.c.destination == bindparam("to"), feed.c.order_number == bindparam("order", type_=Number))
    .order_by(feed.c.seq.desc())
    .limit(literal_column("1"))
)

TRIES = 20


class Feed:
    """`domain.sending.Feed`."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def append(self, to: str, notice: Rendered, at: datetime, idempotency_key: str) -> None:
        """Keep one push; the same key again keeps nothing."""
        earlier = await self._earlier(to, notice)
        row = {
            "key": idempotency_key,
            "at": at,
            "destination": to,
            "text": notice.text,
            "mentions": notice.mentions,
            "buttons": _offers(notice, earlier),
            "order_number": notice.order,
            "entry": notice.entry,
            "replaces": earlier["seq"] if earlier else None,
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
                row["replaces"],
                charts.from_documents(row["charts"]),
            )
            for row in rows
        )

    async def _earlier(self, to: str, notice: Rendered) -> Row | None:
        """The card of the same order at this place."""
        if notice.order is None:
            return None
        async with self._database.session() as session:
            rows = await session.rows(LATEST, to=to, order=notice.order)
        return rows[0] if rows else None


def _offers(notice: Rendered, earlier: Row | None) -> list[tuple[str, str]]:
    """What can be done on the card: also what could be done on the one it replaces, while the step is the same."""
    kept = (
        earlier["buttons"]
        if earlier and notice.entry is not None and earlier["entry"] == notice.entry
        else ()
    )
    return list({say: (label, say) for label, say in (*kept, *notice.buttons)}.values())
