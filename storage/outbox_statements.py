"""What is done with notices owed, built once."""

from sqlalchemy import (
    Integer,
    bindparam,
    delete,
    func,
    literal_column,
    null,
    or_,
    select,
    text,
    tuple_,
    update,
)

from storage.prepared import Fleeting, Prepared
from storage.tables import OWED, outbox
from storage.types import Time

_now = bindparam("now", type_=Time)
_limit = bindparam("limit", type_=Integer)
_other = outbox.alias("other")

# A destination stays in order: nothing leaves while one of its notices is under way or put off, or stands before it.
_in_the_way = (
    select(1)
    .where(
        _other.c.way == outbox.c.way,
        _other.c.address == outbox.c.address,
        _other.c.sent_at.is_(None),
        _other.c.dead_at.is_(None),
        or_(
            _other.c.lease_until > _now,
            (_other.c.attempts > literal_column("0")) & (_other.c.due_at > _now),
            (_other.c.due_at <= _now)
            & (tuple_(_other.c.lane, _other.c.seq) < tuple_(outbox.c.lane, outbox.c.seq)),
        ),
    )
    .exists()
)
_picked = (
    select(outbox.c.seq)
    .where(
        outbox.c.sent_at.is_(None),
        outbox.c.dead_at.is_(None),
        outbox.c.due_at <= _now,
        or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= _now),
        ~_in_the_way,
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
