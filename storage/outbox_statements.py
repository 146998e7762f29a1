"""What is done with notices owed, built once."""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    ScalarSelect,
    bindparam,
    delete,
    func,
    literal_column,
    null,
    or_,
    select,
    text,
    update,
)

from storage.prepared import Fleeting, Prepared
from storage.tables import OWED, outbox
from storage.types import Time

_now = bindparam("now", type_=Time)
_limit = bindparam("limit", type_=Integer)
_first, _next, _head, _tried = (outbox.alias(name) for name in ("first", "next", "head", "tried"))


def _owed(rows: FromClause) -> ColumnElement[bool]:
    return rows.c.sent_at.is_(None) & rows.c.dead_at.is_(None)


def _one(
    rows: FromClause, *conditions: ColumnElement[bool], order: tuple[str, ...], of: FromClause | None = None
) -> ScalarSelect[int]:
    """The first row that fits, as one step along the index of what is owed."""
    found = select(rows.c.seq).where(_owed(rows), *conditions).order_by(*(rows.c[name] for name in order))
    return found.limit(literal_column("1")).correlate(of).scalar_subquery()


_ALONG = ("way", "address", "lane", "seq")

# From destination to destination, one step each, however much is owed to any of them.
_begun = (
    select(outbox.c.way, outbox.c.address)
    .where(outbox.c.seq == _one(_first, order=_ALONG))
    .cte("places", recursive=True)
)
# The next address of the same way, else the next way: SQLite does not step along a pair.
_same_way = (_first.c.way == _begun.c.way, _first.c.address > _begun.c.address)
_further = func.coalesce(
    _one(_first, *_same_way, order=_ALONG, of=_begun),
    _one(_first, _first.c.way > _begun.c.way, order=_ALONG, of=_begun),
)
_places = _begun.union_all(
    select(_next.c.way, _next.c.address).join_from(_begun, _next, _next.c.seq == _further)
)


def _there(rows: FromClause) -> ColumnElement[bool]:
    return (rows.c.way == _places.c.way) & (rows.c.address == _places.c.address)


# A destination stays in order: nothing leaves while one of its notices is under way or put off.
_waits = (
    select(literal_column("1"))
    .where(
        _owed(_tried),
        _there(_tried),
        _tried.c.attempts > literal_column("0"),
        or_(_tried.c.lease_until > _now, _tried.c.due_at > _now),
    )
    .correlate(_places)
    .exists()
)
_heads = (
    select(_one(_head, _there(_head), _head.c.due_at <= _now, order=("lane", "seq"), of=_places).label("seq"))
    .select_from(_places)
    .where(~_waits)
)
# Looked at once more when it is locked: another process may have taken it since. Not by `_owed`, whose index the
# planner would walk from end to end while it has not heard yet how much is owed.
_picked = (
    select(outbox.c.seq)
    .where(
        outbox.c.seq.in_(_heads),
        func.coalesce(outbox.c.sent_at, outbox.c.dead_at).is_(None),
        outbox.c.due_at <= _now,
        or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= _now),
    )
    .order_by(outbox.c.lane, outbox.c.seq)
    .limit(_limit)
    .with_for_update(skip_locked=True)
    .cte("picked")
)
CLAIM = Fleeting(
    update(outbox)
    .where(outbox.c.seq.in_(select(_picked.c.seq)))
    .values(
        attempts=outbox.c.attempts + 1,
        lease_until=bindparam("until", type_=Time),
        claimed_by=bindparam("who"),
    )
    .returning(*outbox.c)
)

# A crash that loses one of these makes a notice leave twice, with the same id; waiting for the disk with each would
# cost as much again as the orders.
_this = outbox.c.id == bindparam("delivery")
_unsent = outbox.c.sent_at.is_(None)

SENT = Fleeting(
    update(outbox)
    .where(_this, _unsent)
    .values(sent_at=bindparam("at", type_=Time), dead_at=null(), lease_until=null(), error="")
    .returning(outbox.c.seq)
)
PUT_OFF = Fleeting(
    update(outbox)
    .where(_this, _unsent)
    .values(due_at=bindparam("until", type_=Time), lease_until=null(), error=bindparam("met"))
    .returning(outbox.c.seq)
)
GIVE_UP = Prepared(
    update(outbox)
    .where(_this, _unsent)
    .values(dead_at=bindparam("at", type_=Time), lease_until=null(), error=bindparam("met"))
    .returning(outbox.c.seq)
)
RETRY = Prepared(
    update(outbox)
    .where(_this, _unsent, outbox.c.dead_at.is_not(None))
    .values(dead_at=null(), lease_until=null(), attempts=0, due_at=bindparam("at", type_=Time))
    .returning(outbox.c.seq)
)
# Not by `seq` alone: its index would be walked past everything sent before.
PENDING = Prepared(select(outbox).where(text(OWED)).order_by(outbox.c.created_at, outbox.c.seq).limit(_limit))
DEAD = Prepared(
    select(outbox)
    .where(outbox.c.dead_at.is_not(None))
    .order_by(outbox.c.dead_at.desc(), outbox.c.seq.desc())
    .limit(_limit)
)
OLDEST_DUE = Prepared(
    select(func.min(outbox.c.due_at).label("oldest")).where(text(OWED), outbox.c.due_at <= _now)
)
FORGET = Prepared(
    delete(outbox).where(outbox.c.sent_at < bindparam("before", type_=Time)).returning(outbox.c.seq)
)
