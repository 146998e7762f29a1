"""What is asked for a report: for each kind of scope one statement a table, both periods in one walk."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    Table,
    Text,
    bindparam,
    case,
    cast,
    distinct,
    extract,
    func,
    literal_column,
    null,
    or_,
    select,
    type_coerce,
    union_all,
)

from storage.prepared import Among, Prepared
from storage.tables import deeds, orders, passages
from storage.types import Money, Time

SCOPES = ("all", "people", "customers")
Columns = Mapping[Table, tuple[ColumnElement[str], ...]]

# What makes a row somebody's: sold, done, or in their hands.
PERSONAL: Columns = {
    orders: (orders.c.salesperson,),
    deeds: (deeds.c.actor, deeds.c.salesperson),
    passages: (passages.c.owner, passages.c.salesperson),
}

_nothing, _no_money = cast(null(), BigInteger), cast(null(), Money)


def within(table: Table, scope: str, *columns: ColumnElement[str]) -> tuple[ColumnElement[Any], ...]:
    if scope == "customers":
        return (Among(table.c.customer, "customers"),)
    if scope == "people":
        return (or_(*(Among(column, "people") for column in columns or PERSONAL[table])),)
    return ()


def _halves(table: Table, at: ColumnElement[Any], scope: str, *columns: ColumnElement[Any]) -> CTE:
    """The rows of both periods, told apart by `half`: 1 is the period, 0 the one before."""
    selects = []
    for half, start, end in (("1", "start", "end"), ("0", "before_start", "before_end")):
        bounds = (at >= bindparam(start, type_=Time), at < bindparam(end, type_=Time))
        marked: Select[Any] = select(literal_column(half, Integer).label("half"), *columns)
        selects.append(marked.where(*bounds, *within(table, scope)))
    return union_all(*selects).cte("found")


def _row(what: str, half: Any, **values: Any) -> Select[Any]:
    shape = {
        "key": cast(null(), Text), "reason": cast(null(), Text), "number": _nothing, "other": _nothing, "third": _nothing, "money": _no_money,
    }  # fmt: skip
    named = {**shape, **values}
    return select(
        literal_column(f"'{what}'", Text).label("what"),
        half.label("half"),
        *(column.label(name) for name, column in named.items()),
    )


@lru_cache(maxsize=len(SCOPES))
def taken(scope: str) -> Prepared:
    """Orders entered: half, step, number, money."""
    found = _halves(orders, orders.c.created_at, scope, orders.c.step, orders.c.amount)
    return Prepared(
        select(
            found.c.half,
            found.c.step,
            func.count().label("number"),
            type_coerce(func.sum(found.c.amount), Money).label("money"),
        ).group_by(found.c.half, found.c.step)
    )


@lru_cache(maxsize=len(SCOPES))
def done(scope: str) -> Prepared:
    """What was done, and what follows from it: several answers told apart by `what`."""
    own = deeds.c
    found = _halves(
        deeds, own.at, scope, own.order_number, own.kind, own.amount, own.seconds, own.score, own.wrong, own.reason
    )  # fmt: skip
    here = found.c
    counted = _row(
        "deed",
        here.half,
        key=here.kind,
        reason=here.reason,
        number=func.count(),
        other=cast(func.coalesce(func.sum(here.score), literal_column("0")), BigInteger),
        money=type_coerce(func.coalesce(func.sum(here.amount), literal_column("0")), Money),
    ).group_by(here.half, here.kind, here.reason)
    delivered = _row(
        "checked",
        here.half,
        number=func.count(distinct(here.order_number)),
        other=func.count(distinct(case((here.wrong, here.order_number)))),
    ).where(or_(here.kind == literal_column("'signed'"), here.wrong))
    return Prepared(union_all(counted, delivered.group_by(here.half), _cycle(found)))


def _cycle(found: CTE) -> Select[Any]:
    """How many orders, the median and the ninth tenth of their seconds: the least that so many do not exceed."""
    rank = func.cume_dist().over(partition_by=found.c.half, order_by=found.c.seconds)
    ranked = (
        select(found.c.half, found.c.seconds, rank.label("rank"))
        .where(found.c.kind == literal_column("'out'"))
        .subquery("ranked")
    )
    least = [
        cast(func.min(case((ranked.c.rank >= literal_column(part), ranked.c.seconds))), BigInteger)
        for part in ("0.5", "0.9")
    ]
    return _row(
        "cycle", ranked.c.half, number=func.count(), other=least[0], third=least[1]
    ).group_by(ranked.c.half)  # fmt: skip


@lru_cache(maxsize=len(SCOPES))
def passed(scope: str) -> Prepared:
    """Steps left: half, step, owner, number, waited and whole (seconds), late."""
    own = passages.c
    found = _halves(
        passages, own.left_at, scope, own.step, own.owner, own.entered_at, own.begun_at, own.left_at, own.due_at
    )  # fmt: skip
    here = found.c
    began = func.coalesce(here.begun_at, here.left_at)
    late = case((here.left_at > here.due_at, literal_column("1")), else_=literal_column("0"))
    grouped = (here.half, here.step, here.owner)

    def answer(seconds: Any) -> Select[Any]:
        return select(
            *grouped,
            func.count().label("number"),
            seconds(began - here.entered_at).label("waited"),
            seconds(here.left_at - here.entered_at).label("whole"),
            cast(func.sum(late), BigInteger).label("late"),
        ).group_by(*grouped)

    return Prepared(answer(_seconds), sqlite=answer(_microseconds))


def _seconds(span: Any) -> ColumnElement[int]:
    # Summed as an interval and taken apart once for each group, not for each row.
    return cast(extract("epoch", func.sum(span)), BigInteger)


def _microseconds(span: Any) -> ColumnElement[int]:
    whole = func.sum(type_coerce(span, BigInteger))
    return type_coerce(whole.op("/")(literal_column("1000000")), BigInteger)
