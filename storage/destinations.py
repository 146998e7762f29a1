"""How destinations stand: resting, hushed, in trouble. Statements built once, and how a row reads."""
# ruff: noqa: S608 - every name in these statements is our own, every value is a parameter

from datetime import datetime

from sqlalchemy import Text, bindparam, func, literal_column, or_, select, text, update

from domain.outbox import Condition
from storage.prepared import Prepared, Row
from storage.tables import OWED, destinations, outbox
from storage.types import Time

_this = (destinations.c.way == bindparam("way"), destinations.c.address == bindparam("address"))
_at = bindparam("at", type_=Time)


def _kept(values: str, changed: str) -> Prepared:
    """The destination's row, made or changed."""
    statement = text(
        "INSERT INTO destinations (way, address, rests_until, quiet_until, muted_until, trouble, failures, since, error) "
        f"VALUES (:way, :address, {values}) ON CONFLICT (way, address) DO UPDATE SET {changed} RETURNING way"
    )
    moments = [bindparam(name, type_=Time) for name in ("until", "at") if f":{name}" in values]
    return Prepared(statement.bindparams(*moments).columns(way=Text))


REST = _kept(":until, NULL, NULL, '', 0, NULL, ''", "rests_until = excluded.rests_until")
HUSH = _kept("NULL, :until, NULL, '', 0, NULL, ''", "quiet_until = excluded.quiet_until")
MUTE = _kept("NULL, NULL, :until, '', 0, NULL, ''", "muted_until = excluded.muted_until")
TROUBLE = _kept(
    ":until, NULL, NULL, :kind, 1, :at, :error",
    "rests_until = excluded.rests_until, trouble = excluded.trouble, failures = destinations.failures + 1, "
    "since = coalesce(destinations.since, excluded.since), error = excluded.error",
)
RECOVERED = Prepared(
    update(destinations)
    .where(*_this)
    .values(trouble="", failures=0, since=None, told_at=None, error="")
    .returning(destinations.c.way)
)
TOLD = Prepared(update(destinations).where(*_this).values(told_at=_at).returning(destinations.c.way))
KNOWN = Prepared(
    select(literal_column("1").label("known"))
    .where(
        destinations.c.way == bindparam("way"),
        destinations.c.error == bindparam("error"),
        destinations.c.told_at.is_not(None),
    )
    .limit(literal_column("1"))
)
_now = bindparam("now", type_=Time)
_owed = (
    select(outbox.c.way, outbox.c.address, func.count().label("waiting"))
    .where(text(OWED))
    .group_by(outbox.c.way, outbox.c.address)
    .cte("owed")
)
_known = (
    select(destinations.c.way, destinations.c.address)
    .where(
        or_(
            destinations.c.trouble != "",
            destinations.c.rests_until > _now,
            destinations.c.quiet_until > _now,
            destinations.c.muted_until > _now,
        )
    )
    .union(select(_owed.c.way, _owed.c.address))
    .cte("known")
)
LISTED = Prepared(
    select(
        _known.c.way,
        _known.c.address,
        func.coalesce(_owed.c.waiting, literal_column("0")).label("waiting"),
        *(column for column in destinations.c if column.name not in {"way", "address", "error"}),
        destinations.c.error.label("trouble_is"),
    )
    .select_from(
        _known.outerjoin(
            _owed, (_owed.c.way == _known.c.way) & (_owed.c.address == _known.c.address)
        ).outerjoin(
            destinations,
            (destinations.c.way == _known.c.way) & (destinations.c.address == _known.c.address),
        )
    )
    .order_by(_known.c.way, _known.c.address)
)


def condition_of(row: Row) -> Condition:
    """How the destination of a row stands; nothing is known of one that was never in trouble."""
    held = [moment for moment in (row["quiet_until"], row["muted_until"]) if moment is not None]
    until: datetime | None = max(held, default=None)
    return Condition(
        rests_until=row["rests_until"],
        held_until=until,
        trouble=row["trouble"] or "",
        failures=row["failures"] or 0,
        since=row["since"],
        told_at=row["told_at"],
        error=row.get("trouble_is") or "",
    )
