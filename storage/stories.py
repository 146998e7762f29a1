"""The stories of many orders, page by page."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from itertools import groupby

from sqlalchemy import bindparam, literal_column, select, text

from domain.facts import Event
from storage.engine import Database
from storage.events import event_of
from storage.prepared import Among, Prepared
from storage.tables import OPEN, events, orders
from storage.types import Time

PAGE = 200

Page = Sequence[tuple[int, Sequence[Event]]]
"""Orders with their events, oldest first."""

EVERY_ORDER = Prepared(select(orders.c.number))
OPEN_ORDERS = Prepared(select(orders.c.number).where(text(OPEN)))
TOUCHED = Prepared(
    select(events.c.stream)
    .where(events.c.at >= bindparam("since", type_=Time), events.c.stream.like(literal_column("'order:%'")))
    .distinct()
)
STORIES = Prepared(
    select(events).where(Among(events.c.stream, "streams")).order_by(events.c.stream, events.c.seq)
)


async def stories(database: Database, since: datetime | None) -> AsyncIterator[Page]:
    """The orders that are open or that anything happened to `since` then, or all; each as it is when it is read."""
    async with database.session() as session:
        if since is None:
            numbers = {row["number"] for row in await session.rows(EVERY_ORDER)}
        else:
            numbers = {row["number"] for row in await session.rows(OPEN_ORDERS)}
            numbers |= {_number(row["stream"]) for row in await session.rows(TOUCHED, since=since)}
    listed = sorted(numbers)
    for first in range(0, len(listed), PAGE):
        streams = [f"order:{number}" for number in listed[first : first + PAGE]]
        async with database.session() as session:
            rows = await session.rows(STORIES, streams=streams)
        by_stream = groupby(rows, key=lambda row: str(row["stream"]))
        yield [(_number(stream), [event_of(row) for row in some]) for stream, some in by_stream]


def _number(stream: str) -> int:
    return int(stream.removeprefix("order:"))
