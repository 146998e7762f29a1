"""The order book.

Indexes keep every question as quick with a hundred thousand orders as with a thousand.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Sequence,
    Table,
    Text,
)

from storage.tables.base import metadata, only
from storage.types import Document, Money, Number, Quantity, Time

# PostgreSQL only: a process on SQLite counts on from the newest order.
order_numbers = Sequence("order_numbers", metadata=metadata)

OPEN = "kind NOT IN ('done', 'cancelled')"
"""Orders somebody still has to do with."""

UNPAID = "open_amount > 0"
"""Orders for which money is to come."""

orders = Table(
    "orders",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("step", Text, nullable=False),
    # Of the step, by the rules in force when it was written.
    Column("kind", Text, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("customer", Text, nullable=False),
    Column("customer_type", Text, nullable=False),
    Column("region", Text, nullable=False),
    Column("salesperson", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("maker", Text, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("step_since", Time, nullable=False),
    Column("step_due", Time),
    Column("due", Date),
    Column("urgent", Boolean, nullable=False),
    Column("amount", Money, nullable=False),
    Column("paid", Money, nullable=False),
    Column("open_amount", Money, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("head_seq", Integer, nullable=False),
    Column("head_hash", Text, nullable=False),
    Column("rest", Document, nullable=False),
    CheckConstraint("number > 0", name="number"),
    CheckConstraint("version > 0", name="version"),
    Index("ix_orders_created", "created_at", "number", "amount", "step"),
    Index("ix_orders_customer", "customer", "created_at", "number"),
    Index("ix_orders_salesperson", "salesperson", "created_at", "number"),
    # All that the board, the receivables and the load of each person need: the table itself is not looked at.
    only(
        "ix_orders_board",
        "step",
        "owner",
        "step_due",
        "step_since",
        "amount",
        "open_amount",
        "salesperson",
        "customer",
        where=OPEN,
    ),
    only("ix_orders_owner", "owner", "step_due", "number", where=OPEN),
    only("ix_orders_late", "step_due", "number", where=OPEN),
    only("ix_orders_unpaid", "customer", "open_amount", where=UNPAID),
    only("ix_orders_short", "number", where="kind = 'short'"),
)

order_lines = Table(
    "order_lines",
    metadata,
    Column("order_number", Number, ForeignKey("orders.number"), nullable=False),
    Column("no", Integer, nullable=False),
    Column("customer", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("ordered", Quantity, nullable=False),
    Column("reserved", Quantity, nullable=False),
    Column("shipped", Quantity, nullable=False),
    Column("signed", Quantity, nullable=False),
    Column("returned", Quantity, nullable=False),
    Column("amount", Money, nullable=False),
    Column("rest", Document, nullable=False),
    PrimaryKeyConstraint("order_number", "no"),
    CheckConstraint("ordered > 0", name="ordered"),
    CheckConstraint("reserved >= 0", name="reserved"),
    CheckConstraint("shipped >= 0 AND shipped + reserved <= ordered", name="shipped"),
    CheckConstraint("signed >= 0 AND signed <= shipped", name="signed"),
    CheckConstraint("returned >= 0 AND returned <= shipped", name="returned"),
    Index("ix_order_lines_sku", "sku", "order_number"),
    Index("ix_order_lines_usual", "customer", "sku", "order_number"),
)

shipments = Table(
    "shipments",
    metadata,
    Column("order_number", Number, ForeignKey("orders.number"), nullable=False),
    Column("no", Integer, nullable=False),
    Column("at", Time, nullable=False),
    Column("actor", Text, nullable=False),
    Column("carrier", Text, nullable=False),
    Column("tracking", Text, nullable=False),
    Column("lines", Document, nullable=False),
    PrimaryKeyConstraint("order_number", "no"),
)

payments = Table(
    "payments",
    metadata,
    Column("id", Number, primary_key=True),
    Column("order_number", Number, ForeignKey("orders.number"), nullable=False),
    Column("at", Time, nullable=False),
    Column("actor", Text, nullable=False),
    Column("amount", Money, nullable=False),
    Column("method", Text, nullable=False),
    Index("ix_payments_order", "order_number", "id"),
    Index("ix_payments_at", "at", "amount"),
)
