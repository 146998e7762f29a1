"""The schema, with the constraints that decide races.

Indexes keep every question of the order book as quick with a hundred thousand orders as with a thousand.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    PrimaryKeyConstraint,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.types import Document, Money, Number, Quantity, Time

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
    }
)

# PostgreSQL only: SQLite has one writer at a time, who counts on from the newest order.
order_numbers = Sequence("order_numbers", metadata=metadata)

OPEN = "kind NOT IN ('done', 'cancelled')"
"""Orders somebody still has to do with."""

UNPAID = "open_amount > 0"
"""Orders for which money is to come."""


def _index(name: str, *columns: str, where: str) -> Index:
    """An index of the rows that matter, which stay few while the table grows."""
    return Index(name, *columns, postgresql_where=text(where), sqlite_where=text(where))


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
    Index("ix_orders_created", "created_at", "number", "amount"),
    Index("ix_orders_customer", "customer", "created_at", "number"),
    Index("ix_orders_salesperson", "salesperson", "created_at", "number"),
    _index("ix_orders_board", "step", "step_due", "amount", where=OPEN),
    _index("ix_orders_owner", "owner", "created_at", where=OPEN),
    _index("ix_orders_unpaid", "customer", "open_amount", where=UNPAID),
    _index("ix_orders_short", "number", where="kind = 'short'"),
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

stock = Table(
    "stock",
    metadata,
    Column("warehouse", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("on_hand", Quantity, nullable=False),
    Column("reserved", Quantity, nullable=False),
    PrimaryKeyConstraint("sku", "warehouse"),
    CheckConstraint("reserved >= 0 AND reserved <= on_hand", name="reserved"),
)

stock_moves = Table(
    "stock_moves",
    metadata,
    Column("id", Number, primary_key=True),
    Column("at", Time, nullable=False),
    Column("warehouse", Text, nullable=False),
    Column("sku", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("on_hand", Quantity, nullable=False),
    Column("reserved", Quantity, nullable=False),
    Column("order_number", Number),
    Column("source", Text, nullable=False),
    Index("ix_stock_moves_order", "order_number"),
    Index("ix_stock_moves_sku", "sku", "warehouse", "id"),
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

events = Table(
    "events",
    metadata,
    Column("stream", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("actor", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("data", Document, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("stream", "seq"),
    Index("ix_events_actor", "actor", "at"),
    Index("ix_events_at", "at", "kind", "stream"),
    Index("ix_events_source", "source"),
)

# Where a chain ends that belongs to no order; an order keeps its own head.
streams = Table(
    "streams",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)

PENDING_TIMER = "NOT done"

timers = Table(
    "timers",
    metadata,
    Column("order_number", Number, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("rung", Integer, nullable=False),
    Column("repeat", Integer, nullable=False),
    Column("due", Time, nullable=False),
    Column("lease_until", Time),
    Column("done", Boolean, nullable=False),
    PrimaryKeyConstraint("order_number", "entry", "rung", "repeat"),
    _index("ix_timers_due", "due", where=PENDING_TIMER),
)

OWED = "sent_at IS NULL AND dead_at IS NULL"

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("id", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("destination", Text, nullable=False),
    # 0 urgent, 1 normal, 2 digest.
    Column("lane", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("order_number", Number),
    Column("mentions", Document, nullable=False),
    Column("facts", Document, nullable=False),
    Column("source", Text, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("due_at", Time, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", Time),
    Column("claimed_by", Text, nullable=False),
    Column("sent_at", Time),
    Column("dead_at", Time),
    Column("error", Text, nullable=False),
    UniqueConstraint("id"),
    _index("ix_outbox_owed", "way", "address", "lane", "seq", where=OWED),
    _index("ix_outbox_sent", "sent_at", where="sent_at IS NOT NULL"),
    _index("ix_outbox_dead", "dead_at", where="dead_at IS NOT NULL"),
)

inbox = Table(
    "inbox",
    metadata,
    Column("platform", Text, nullable=False),
    Column("app", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("reply", Document, nullable=False),
    PrimaryKeyConstraint("platform", "app", "key"),
    Index("ix_inbox_at", "at"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("person", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", Document, nullable=False),
    Column("expires_at", Time),
    PrimaryKeyConstraint("person", "place"),
    Index("ix_conversations_expires", "expires_at"),
)

todos = Table(
    "todos",
    metadata,
    Column("id", Number, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("text", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("closed_at", Time),
    Column("closed_by", Text),
    _index("ix_todos_open", "id", where="closed_at IS NULL"),
)

rules = Table(
    "rules",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Time, nullable=False),
    Column("actor", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("files", Document, nullable=False),
)

feed = Table(
    "feed",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("key", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("destination", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("mentions", Document, nullable=False),
    Column("buttons", Document, nullable=False),
    UniqueConstraint("key"),
)
