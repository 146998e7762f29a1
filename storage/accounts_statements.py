"""What is asked for reconciling, built once."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    ColumnElement,
    Select,
    and_,
    bindparam,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
    union,
)
from sqlalchemy.dialects.postgresql import ARRAY

from storage.order_statements import with_lines
from storage.prepared import Among, Prepared
from storage.tables import deeds, order_lines, orders, payments, shipments, stock_moves
from storage.types import Money, Quantity, Time

_start, _end = bindparam("start", type_=Time), bindparam("end", type_=Time)


def _named(column: ColumnElement[str], *values: str) -> ColumnElement[bool]:
    return column.in_([literal_column(f"'{value}'") for value in values])


ORDERED = Prepared(
    select(
        func.count().label("number"),
        type_coerce(func.coalesce(func.sum(orders.c.amount), 0, type_=Money), Money).label("money"),
    ).where(orders.c.created_at >= _start, orders.c.created_at < _end)
)

# Payments are asked as well: one that nobody did here is what reconciling is for.
_moved = union(
    select(deeds.c.order_number.label("number")).where(
        deeds.c.at >= _start,
        deeds.c.at < _end,
        _named(deeds.c.kind, "shipped", "signed", "paid", "refunded", "returned", "cancelled"),
    ),
    select(payments.c.order_number).where(payments.c.at >= _start, payments.c.at < _end),
).subquery()
TOUCHED = Prepared(select(_moved.c.number).order_by(_moved.c.number))

_nothing: ColumnElement[int] = literal_column("0")
SUSPECTS = Prepared(
    select(orders.c.number)
    .where(
        orders.c.created_at >= _start,
        orders.c.created_at < _end,
        or_(
            orders.c.open_amount < _nothing,
            and_(orders.c.paid != _nothing, _named(orders.c.kind, "cancelled")),
            and_(
                orders.c.paid > _nothing,
                ~_named(orders.c.kind, "shipped", "signed", "done", "cancelled"),
            ),
            and_(
                orders.c.open_amount > _nothing,
                _named(orders.c.kind, "picking", "short", "hold", "shipped", "signed"),
                Among(orders.c.customer, "cash"),
            ),
        ),
    )
    .order_by(orders.c.number)
)


def _of_these(ask: Callable[[Select[Any]], Select[Any]]) -> Prepared:
    """About the orders whose numbers are given, however many."""
    here = func.unnest(bindparam("numbers", type_=ARRAY(BigInteger)))
    there = func.json_each(bindparam("numbers", type_=JSON))
    asked = (
        here.table_valued("value", name="wanted").render_derived(),
        there.table_valued("value", name="wanted"),
    )
    on_postgres, on_sqlite = (ask(select(wanted.c.value)) for wanted in asked)
    return Prepared(on_postgres, sqlite=on_sqlite)


def _orders(wanted: Select[Any]) -> Select[Any]:
    chosen = select(orders).where(orders.c.number.in_(wanted)).subquery()
    return with_lines(chosen).order_by(chosen.c.number, order_lines.c.no)


ORDERS = _of_these(_orders)
SHIPMENTS = _of_these(
    lambda wanted: (
        select(shipments)
        .where(shipments.c.order_number.in_(wanted))
        .order_by(shipments.c.order_number, shipments.c.no)
    )
)
PAYMENTS = _of_these(
    lambda wanted: (
        select(payments)
        .where(payments.c.order_number.in_(wanted))
        .order_by(payments.c.order_number, payments.c.id)
    )
)
LEDGER = _of_these(
    lambda wanted: (
        select(
            stock_moves.c.order_number,
            stock_moves.c.sku,
            stock_moves.c.kind,
            type_coerce(func.sum(stock_moves.c.on_hand), Quantity).label("qty"),
        )
        .where(stock_moves.c.order_number.in_(wanted))
        .group_by(stock_moves.c.order_number, stock_moves.c.sku, stock_moves.c.kind)
        .order_by(stock_moves.c.order_number)
    )
)
