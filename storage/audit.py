"""Whether anybody changed the past by hand."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

from sqlalchemy import BigInteger, Integer, bindparam, select, tuple_

from domain.chain import link
from domain.order import Head
from storage.engine import Database
from storage.events import event_of
from storage.prepared import Prepared, Row
from storage.session import Session
from storage.tables import events, orders, streams

PAGE = 1000

_page = bindparam("page", value=PAGE, type_=Integer)
EVENTS = Prepared(
    select(events)
    .where(
        tuple_(events.c.stream, events.c.seq) > tuple_(bindparam("stream"), bindparam("seq", type_=Integer))
    )
    .order_by(events.c.stream, events.c.seq)
    .limit(_page)
)
ORDER_HEADS = Prepared(
    select(orders.c.number, orders.c.head_seq, orders.c.head_hash)
    .where(orders.c.number > bindparam("number", type_=BigInteger))
    .order_by(orders.c.number)
    .limit(_page)
)
STREAM_HEADS = Prepared(select(streams))


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row of a stream that is not as it was written: it was `changed`, `removed` or `inserted`."""

    stream: str
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What `verify` found: nothing broken means every event stands as it was written."""

    streams: int
    events: int
    broken: tuple[Broken, ...] = ()


async def verify(database: Database) -> Verdict:
    """Walk every chain from its first event to the head that its order keeps, all as of one moment."""
    walk = _Walk()
    async with database.session() as session:
        await session.snapshot()
        async for row in _events(session):
            walk.event(row)
        async for stream, head in _heads(session):
            walk.head(stream, head)
    return walk.verdict()


class _Walk:
    """How far each chain was followed, and where it broke first."""

    def __init__(self) -> None:
        self._ends: dict[str, Head] = {}
        self._broken: dict[str, Broken] = {}
        self._with_head: set[str] = set()
        self._events = 0

    def event(self, row: Row) -> None:
        """The next event of a stream."""
        self._events += 1
        stream, end = row["stream"], self._ends.get(row["stream"], Head())
        if row["seq"] != end.seq + 1:
            self._break(stream, end.seq + 1, "removed" if row["seq"] > end.seq else "inserted")
        elif row["hash"] != link(end.hash, row["seq"], event_of(row)):
            self._break(stream, row["seq"], "changed")
        self._ends[stream] = Head(row["seq"], row["hash"])

    def head(self, stream: str, head: Head) -> None:
        """Where a stream should end."""
        self._with_head.add(stream)
        end = self._ends.get(stream, Head())
        if end.seq < head.seq:
            self._break(stream, end.seq + 1, "removed")
        elif end.seq > head.seq:
            self._break(stream, head.seq + 1, "inserted")
        elif end.hash != head.hash:
            self._break(stream, head.seq, "changed")

    def verdict(self) -> Verdict:
        """What was found; a stream that belongs to nothing lost what it belonged to."""
        for stream in self._ends.keys() - self._with_head:
            self._break(stream, 1, "inserted")
        broken = sorted(self._broken.values(), key=lambda one: (one.stream, one.seq))
        return Verdict(len(self._ends.keys() | self._with_head), self._events, tuple(broken))

    def _break(self, stream: str, seq: int, what: str) -> None:
        self._broken.setdefault(stream, Broken(stream, seq, what))


async def _events(session: Session) -> AsyncIterator[Row]:
    stream, seq = "", 0
    while rows := await session.rows(EVENTS, stream=stream, seq=seq):
        for row in rows:
            yield row
        stream, seq = rows[-1]["stream"], rows[-1]["seq"]


async def _heads(session: Session) -> AsyncIterator[tuple[str, Head]]:
    for row in await session.rows(STREAM_HEADS):
        yield row["stream"], Head(row["seq"], row["hash"])
    number = 0
    while rows := await session.rows(ORDER_HEADS, number=number):
        for row in rows:
            yield f"order:{row['number']}", Head(row["head_seq"], row["head_hash"])
        number = rows[-1]["number"]
