"""The chain of what was done."""

from datetime import datetime

from sqlalchemy import Integer, bindparam, literal_column, select

from domain.chain import link
from domain.facts import Event
from domain.order import Head
from storage import writes
from storage.prepared import Prepared, Row
from storage.session import Session
from storage.tables import events, streams
from storage.text import storable
from storage.types import Time

OF_STREAM = Prepared(select(events).where(events.c.stream == bindparam("stream")).order_by(events.c.seq))
HEAD = Prepared(select(streams).where(streams.c.stream == bindparam("stream")).with_for_update())

_newest = (
    select(events.c.source)
    .where(
        events.c.actor == bindparam("person"),
        events.c.at >= bindparam("since", type_=Time),
        events.c.stream.like(literal_column("'order:%'")),
    )
    .order_by(events.c.at.desc(), events.c.seq.desc())
    .limit(bindparam("one", value=1, type_=Integer))
    .scalar_subquery()
)
LATEST_BY = Prepared(
    select(events)
    .where(
        events.c.source == _newest,
        events.c.actor == bindparam("person"),
        events.c.stream.like(literal_column("'order:%'")),
    )
    .order_by(events.c.at, events.c.stream, events.c.seq)
)


class SqlEvents:
    """`domain.ports.Events` within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def of_order(self, number: int) -> tuple[Event, ...]:
        """The order's story, oldest first."""
        return tuple(event_of(row) for row in await self._session.rows(OF_STREAM, stream=f"order:{number}"))

    async def latest_by(self, person: str, since: datetime) -> tuple[Event, ...]:
        """The events of this person's newest message that changed an order since then."""
        rows = await self._session.rows(LATEST_BY, person=person, since=since)
        return tuple(event_of(row) for row in rows)


def append(session: Session, head: Head, *happened: Event) -> Head:
    """Chain what happened onto `head`; says where the chain ends now."""
    for event in happened:
        kept = Event(
            event.stream, event.kind, event.at, event.by, storable(event.source), storable(event.data)
        )
        head = Head(head.seq + 1, link(head.hash, head.seq + 1, kept))
        session.add(
            writes.EVENT,
            {
                "stream": kept.stream,
                "seq": head.seq,
                "kind": kept.kind,
                "at": kept.at,
                "actor": kept.by,
                "source": kept.source,
                "data": kept.data,
                "hash": head.hash,
            },
        )
    return head


async def append_to_stream(session: Session, event: Event) -> None:
    """Chain an event of no order; its stream is locked until the transaction ends."""
    rows = await session.locking(HEAD, stream=event.stream)
    head = append(session, Head(rows[0]["seq"], rows[0]["hash"]) if rows else Head(), event)
    session.add(writes.STREAM, {"stream": event.stream, "seq": head.seq, "hash": head.hash})


def event_of(row: Row) -> Event:
    """The event of a row."""
    return Event(row["stream"], row["kind"], row["at"], row["actor"], row["source"], row["data"])
