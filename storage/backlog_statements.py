"""How the open orders stand, and when orders were entered: asked from one index each."""

from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Select,
    bindparam,
    case,
    cast,
    extract,
    func,
    literal_column,
    select,
    text,
    type_coerce,
)

from storage.figures_statements import SCOPES, within
from storage.prepared import Prepared
from storage.tables import OPEN, orders
from storage.types import Money, Time

SLICE = 900
"""Seconds; every zone on earth is some quarters of an hour away from UTC."""

_now = bindparam("now", type_=Time)


@lru_cache(maxsize=len(SCOPES))
def backlog(scope: str) -> Prepared:
    """The open orders by step and owner; the index alone answers it."""
    own = orders.c
    late = case((own.step_due < _now, literal_column("1")), else_=literal_column("0"))
    owed = case((own.open_amount > literal_column("0"), own.open_amount), else_=literal_column("0"))
    return Prepared(
        select(
            own.step,
            own.owner,
            func.count().label("orders"),
            type_coerce(func.sum(own.amount), Money).label("amount"),
            cast(func.sum(late), BigInteger).label("overdue"),
            type_coerce(func.min(own.step_since), Time).label("oldest"),
            type_coerce(func.sum(owed), Money).label("owed"),
        )
        .where(text(OPEN), *within(orders, scope, own.owner, own.salesperson))
        .group_by(own.step, own.owner)
        .order_by(own.step, own.owner)
    )


@lru_cache(maxsize=len(SCOPES))
def slices(scope: str) -> Prepared:
    """The orders entered by quarters of an hour (since 1970): quarter, number, money."""
    own = orders.c
    bounds = (
        own.created_at >= bindparam("start", type_=Time), own.created_at < bindparam("end", type_=Time)
    )  # fmt: skip

    def answer(quarter: Any) -> Select[Any]:
        return (
            select(
                quarter.label("quarter"),
                func.count().label("number"),
                type_coerce(func.sum(own.amount), Money).label("money"),
            )
            .where(*bounds, *within(orders, scope))
            .group_by(quarter)
            .order_by(quarter)
        )

    on_postgres = cast(func.floor(extract("epoch", own.created_at) / literal_column(str(SLICE))), BigInteger)
    on_sqlite = type_coerce(own.created_at, BigInteger).op("/")(literal_column(f"{SLICE}000000"))
    return Prepared(answer(on_postgres), sqlite=answer(type_coerce(on_sqlite, BigInteger)))
