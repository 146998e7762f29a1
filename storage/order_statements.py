"""What is asked of the order book, built once."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CompoundSelect,
    Select,
    Subquery,
    TableValuedAlias,
    Text,
    bindparam,
    cast,
    func,
    literal,
    literal_column,
    null,
    select,
    text,
    union_all,
)

from storage.prepared import Among, Prepared
from storage.tables import OPEN, order_lines, order_numbers, orders, payments, shipments
from storage.types import Money, Quantity, Time

HABIT = 10
"""So many of a customer's latest orders say what it usually takes of a product."""

LINE_COLUMNS = (
    order_lines.c.no,
    order_lines.c.sku,
    order_lines.c.shipped,
    order_lines.c.signed,
    order_lines.c.returned,
    order_lines.c.rest.label("line_rest"),
)
OF_ORDER = order_lines.c.order_number == orders.c.number


def with_lines(chosen: Subquery) -> Select[Any]:
    """The chosen orders in all their columns, one row for each line."""
    of_order = order_lines.c.order_number == chosen.c.number
    return select(*chosen.c, *LINE_COLUMNS).join_from(chosen, order_lines, of_order)


NEXT_NUMBER = Prepared(
    select(order_numbers.next_value().label("number")),
    sqlite=select(
        (func.coalesce(func.max(orders.c.number), literal_column("0")) + literal_column("1")).label("number")
    ),
)

LOADS = Prepared(
    select(orders.c.owner, func.count().label("found"))
    .where(Among(orders.c.owner, "people"), text(OPEN))
    .group_by(orders.c.owner)
)

ONE_ORDER = Prepared(
    select(*orders.c, *LINE_COLUMNS)
    .join_from(orders, order_lines, OF_ORDER)
    .where(orders.c.number == bindparam("number"))
    .order_by(order_lines.c.no)
)

_chosen = (
    select(orders)
    .where(
        orders.c.kind == literal_column("'short'"),
        select(1)
        .where(
            OF_ORDER,
            Among(order_lines.c.sku, "skus"),
            order_lines.c.shipped + order_lines.c.reserved < order_lines.c.ordered,
        )
        .exists(),
    )
    .subquery()
)
WAITING_FOR = Prepared(
    with_lines(_chosen).order_by(_chosen.c.urgent.desc(), _chosen.c.number, order_lines.c.no)
)


def _entry_facts(wanted: TableValuedAlias) -> CompoundSelect[Any]:
    """Three answers in one: (what, number, key, money, qty)."""
    no_number, no_key = cast(null(), BigInteger), cast(null(), Text)
    no_money, no_qty = cast(null(), Money), cast(null(), Quantity)
    exposure = select(
        literal("exposure", Text).label("what"),
        no_number.label("number"),
        no_key.label("key"),
        func.coalesce(func.sum(orders.c.open_amount), 0, type_=Money).label("money"),
        no_qty.label("qty"),
    ).where(
        orders.c.customer == bindparam("customer"), text(OPEN), orders.c.kind != literal_column("'draft'")
    )
    recent = select(literal("recent", Text), orders.c.number, orders.c.fingerprint, no_money, no_qty).where(
        orders.c.customer == bindparam("customer"),
        orders.c.created_at >= bindparam("since", type_=Time),
        orders.c.kind != literal_column("'cancelled'"),
    )
    latest = (
        select(order_lines.c.ordered)
        .where(order_lines.c.customer == bindparam("customer"), order_lines.c.sku == wanted.c.value)
        .order_by(order_lines.c.order_number.desc())
        .limit(literal_column(str(HABIT)))
    ).correlate(wanted)
    counted, summed = latest.subquery(), latest.subquery()
    usual = select(
        literal("usual", Text),
        select(func.count()).select_from(counted).scalar_subquery(),
        wanted.c.value,
        no_money,
        select(func.sum(summed.c.ordered)).scalar_subquery(),
    ).select_from(wanted)
    return union_all(exposure, recent, usual)


ENTRY_FACTS = Prepared(
    # Not an array, though that is the usual way: PostgreSQL looks at how long each is, takes the statement for cheaper
    # than its kept plan says, and plans it anew for every order, which takes three times as long as running it.
    _entry_facts(
        func.json_array_elements_text(bindparam("skus", type_=JSON))
        .table_valued("value", name="wanted")
        .render_derived()
    ),
    sqlite=_entry_facts(func.json_each(bindparam("skus", type_=JSON)).table_valued("value", name="wanted")),
)

SHIPMENTS = Prepared(
    select(shipments).where(shipments.c.order_number == bindparam("number")).order_by(shipments.c.no)
)
PAYMENTS = Prepared(
    select(payments).where(payments.c.order_number == bindparam("number")).order_by(payments.c.id)
)
