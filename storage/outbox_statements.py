"""What is done with notices owed, built once; how they are claimed stands in `storage.claiming`."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    bindparam,
    case,
    delete,
    exists,
    func,
    literal_column,
    null,
    or_,
    select,
    text,
    update,
)

from storage.notices import LANES
from storage.prepared import Among, Fleeting, Prepared
from storage.tables import OWED, destinations, outbox
from storage.types import Time

_now = bindparam("now", type_=Time)
_limit = bindparam("limit", type_=Integer)
_until = bindparam("until", type_=Time)

# A crash that loses one of these makes a notice leave twice, with the same id; waiting for the disk with each would
# cost as much again as the orders.
_this = outbox.c.id == bindparam("delivery")
_these = Among(outbox.c.id, "deliveries")
_unsent = outbox.c.sent_at.is_(None)

SENT = Fleeting(
    update(outbox)
    .where(_these, _unsent)
    .values(sent_at=bindparam("at", type_=Time), dead_at=null(), lease_until=null(), error="")
    .returning(outbox.c.seq)
)
GIVE_BACK = Fleeting(
    update(outbox)
    .where(_these, _unsent)
    .values(attempts=outbox.c.attempts - 1, lease_until=null())
    .returning(outbox.c.seq)
)
FAILED = Fleeting(
    update(outbox)
    .where(_these, _unsent)
    .values(lease_until=null(), error=bindparam("met"))
    .returning(outbox.c.seq)
)
TOGETHER = Prepared(
    update(outbox).where(_these, _unsent).values(parcel=bindparam("name")).returning(outbox.c.seq)
)
PUT_OFF = Fleeting(
    update(outbox)
    .where(_this, _unsent)
    .values(due_at=_until, lease_until=null(), error=bindparam("met"))
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
DETOURED = Prepared(
    update(outbox)
    .where(_this, _unsent)
    .values(sent_at=bindparam("at", type_=Time), dead_at=null(), lease_until=null(), error=bindparam("met"))
    .returning(outbox.c.seq)
)

_of_it = (destinations.c.way == outbox.c.way) & (destinations.c.address == outbox.c.address)
_hushed = outbox.c.lane > literal_column(str(LANES.index("urgent")))
_held_back = exists(
    select(literal_column("1")).where(
        _of_it,
        or_(
            destinations.c.rests_until > _now,
            _hushed & or_(destinations.c.quiet_until > _now, destinations.c.muted_until > _now),
        ),
    )
)
OLDEST_DUE = Prepared(
    select(func.min(outbox.c.due_at).label("oldest")).where(text(OWED), outbox.c.due_at <= _now, ~_held_back)
)
# The copies of a notice on its group's other ways.
REACHED = Prepared(
    select(outbox.c.seq).where(
        Among(outbox.c.id, "copies"),
        or_(outbox.c.sent_at.is_not(None), outbox.c.dead_at.is_(None) & ~_held_back),
    )
)


def _not_before(moment: ColumnElement[datetime | None], otherwise: ColumnElement[datetime]) -> Any:
    """The later of the two."""
    return case((moment > otherwise, moment), else_=otherwise)


_free = _not_before(outbox.c.lease_until, _not_before(destinations.c.rests_until, outbox.c.due_at))
_leaves = (
    select(
        _free.label("free"),
        case((_hushed, destinations.c.quiet_until), else_=null()).label("quiet"),
        case((_hushed, destinations.c.muted_until), else_=null()).label("muted"),
    )
    .select_from(outbox.outerjoin(destinations, _of_it))
    .where(text(OWED))
    .cte("leaves")
)
NEXT_DUE = Prepared(
    select(func.min(_not_before(_leaves.c.muted, _not_before(_leaves.c.quiet, _leaves.c.free))).label("due"))
)
FORGET = Prepared(
    delete(outbox).where(outbox.c.sent_at < bindparam("before", type_=Time)).returning(outbox.c.seq)
)
