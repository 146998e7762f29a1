"""The statement that takes what is due, destination by destination; built once."""

from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    ScalarSelect,
    bindparam,
    case,
    func,
    literal_column,
    not_,
    or_,
    select,
    true,
    update,
)
from sqlalchemy.sql.dml import ReturningUpdate

from storage.notices import LANES
from storage.prepared import Among, Fleeting
from storage.tables import destinations, outbox
from storage.types import Time

MOST = 200
"""So many notices of one destination are taken at once: what does not fit its limit can be told together."""

_now = bindparam("now", type_=Time)
_soon = bindparam("soon", type_=Time)
_gathered = bindparam("gathered", type_=Time)
_limit = bindparam("limit", type_=Integer)
_first, _next, _head, _tried, _row, _listed = (
    outbox.alias(name) for name in ("first", "next", "head", "tried", "row", "listed")
)
_urgent = literal_column(str(LANES.index("urgent")), type_=Integer)
_digest = literal_column(str(LANES.index("digest")), type_=Integer)


def owed(rows: FromClause) -> ColumnElement[bool]:
    """Neither sent nor given up."""
    return rows.c.sent_at.is_(None) & rows.c.dead_at.is_(None)


def _one(
    rows: FromClause, *conditions: ColumnElement[bool], order: tuple[str, ...], of: FromClause | None = None
) -> ScalarSelect[int]:
    """The first row that fits, as one step along the index of what is owed."""
    found = select(rows.c.seq).where(owed(rows), *conditions).order_by(*(rows.c[name] for name in order))
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


def _there(rows: FromClause, place: FromClause) -> ColumnElement[bool]:
    return (rows.c.way == place.c.way) & (rows.c.address == place.c.address)


# A destination stays in order: nothing leaves while one of its notices is under way.
_under_way = (
    select(literal_column("1"))
    .where(
        owed(_tried),
        _there(_tried, _places),
        _tried.c.attempts > literal_column("0"),
        _tried.c.lease_until > _now,
    )
    .correlate(_places)
    .exists()
)
# The last lane that may leave: only `urgent` where people rest, and where the destination itself rests for long, for
# those must not wait for it. None where it rests for a moment.
_last = case(
    (destinations.c.rests_until > _soon, _urgent),
    (destinations.c.rests_until > _now, literal_column("-1")),
    (or_(destinations.c.quiet_until > _now, destinations.c.muted_until > _now), _urgent),
    else_=_digest,
)
_open = (
    select(_places.c.way, _places.c.address, _last.label("last"))
    .select_from(_places.outerjoin(destinations, _there(destinations, _places)))
    .where(~_under_way, not_(Among(_places.c.way, "elsewhere")))
    .cte("open")
)
_found = (
    select(
        _open,
        _one(
            _head,
            _there(_head, _open),
            _head.c.due_at <= _now,
            _head.c.lane <= _open.c.last,
            order=("lane", "seq"),
            of=_open,
        ).label("seq"),
    )
    .select_from(_open)
    .cte("found")
    # The first notice of each is looked up once, though it is asked for twice.
    .prefix_with("MATERIALIZED", dialect="postgresql")
)
_begin = (
    select(_found.c.seq, _found.c.way, _found.c.address, _found.c.last)
    .select_from(_found.join(outbox, outbox.c.seq == _found.c.seq))
    .order_by(outbox.c.lane, outbox.c.seq)
    .limit(_limit)
    .cte("heads")
)
# What gathers comes along with what is due.
_due = (
    select(_row.c.seq)
    .where(
        owed(_row),
        _there(_row, _begin),
        _row.c.lane <= _begin.c.last,
        or_(_row.c.due_at <= _now, (_row.c.lane == _digest) & (_row.c.due_at <= _gathered)),
    )
    .order_by(_row.c.lane, _row.c.seq)
    .limit(literal_column(str(MOST)))
    .correlate(_begin)
)


# As text: SQLAlchemy takes the names of tables off what SQLite returns, and both have a `way`.
_condition = [
    literal_column(
        f"(SELECT d.{column.name} FROM destinations AS d WHERE d.way = outbox.way AND d.address = outbox.address)",  # noqa: S608
        type_=column.type,
    ).label(column.name)
    for column in destinations.c
    if column.name not in {"way", "address", "error"}
]


def _claim(batches: FromClause) -> ReturningUpdate[Any]:
    """Takes the rows of `batches` (seq, head)."""
    # Looked at once more when they are locked: another process may have taken them since. Not by `owed`, whose index
    # the planner would walk from end to end while it has not heard yet how much is owed.
    picked = (
        select(outbox.c.seq, batches.c.head)
        .select_from(outbox.join(batches, outbox.c.seq == batches.c.seq))
        .where(
            func.coalesce(outbox.c.sent_at, outbox.c.dead_at).is_(None),
            or_(outbox.c.lease_until.is_(None), outbox.c.lease_until <= _now),
        )
        .with_for_update(skip_locked=True, of=outbox)
        .cte("picked")
    )
    # Who does not get the first one gets none: another process is just taking this destination.
    first = picked.alias("first_of_them")
    mine = select(picked.c.seq).where(picked.c.head.in_(select(first.c.seq)))
    return (
        update(outbox)
        .where(outbox.c.seq.in_(mine))
        .values(
            attempts=outbox.c.attempts + 1,
            lease_until=bindparam("until", type_=Time),
            claimed_by=bindparam("who"),
        )
        .returning(*outbox.c, *_condition)
    )


_lateral = _due.lateral("due")
CLAIM = Fleeting(
    _claim(
        select(_lateral.c.seq, _begin.c.seq.label("head"))
        .select_from(_begin.join(_lateral, true()))
        .cte("batches")
    ),
    # SQLite knows no LATERAL; it looks the rows up by their numbers, which it collects for each destination.
    sqlite=_claim(
        select(_listed.c.seq, _begin.c.seq.label("head"))
        .select_from(_begin.join(_listed, _listed.c.seq.in_(_due)))
        .cte("batches")
    ),
)
