"""The first schema: orders, stock, events, timers, outbox, inbox, conversations, rules."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

# Exact on both engines: SQLite keeps whole numbers of the smallest part, and microseconds since 1970.
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Quantity = sa.Numeric(20, 6).with_variant(sa.BigInteger(), "sqlite")
Money = sa.Numeric(20, 2).with_variant(sa.BigInteger(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
Document = sa.JSON(none_as_null=True)

# Fails a statement whose guarded rows were not all written; one statement needs no second look that way.
INSIST = """
CREATE FUNCTION gendan_insist(met boolean) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    IF met THEN
        RETURN true;
    END IF;
    RAISE EXCEPTION 'somebody else wrote first' USING ERRCODE = 'serialization_failure';
END
$$
"""


def upgrade() -> None:
    """Make every table."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(sa.schema.CreateSequence(sa.Sequence("order_numbers")))
        op.execute(INSIST)
    _orders()
    _stock()
    _story()
    _messages()
    _scheduler()


def _orders() -> None:
    """The order book."""
    op.create_table(
        "orders",
        sa.Column("number", Number, autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("customer_type", sa.Text(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.Column("salesperson", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("maker", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("step_since", Moment, nullable=False),
        sa.Column("step_due", Moment, nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("amount", Money, nullable=False),
        sa.Column("paid", Money, nullable=False),
        sa.Column("open_amount", Money, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("head_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.Text(), nullable=False),
        sa.Column("rest", Document, nullable=False),
        sa.CheckConstraint("number > 0", name=op.f("ck_orders_number")),
        sa.CheckConstraint("version > 0", name=op.f("ck_orders_version")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_orders")),
    )
    op.create_index(
        "ix_orders_board",
        "orders",
        ["step", "step_due", "amount"],
        unique=False,
        postgresql_where=sa.text("kind NOT IN ('done', 'cancelled')"),
        sqlite_where=sa.text("kind NOT IN ('done', 'cancelled')"),
    )
    op.create_index("ix_orders_created", "orders", ["created_at", "number", "amount"], unique=False)
    op.create_index("ix_orders_customer", "orders", ["customer", "created_at", "number"], unique=False)
    op.create_index(
        "ix_orders_owner",
        "orders",
        ["owner", "created_at"],
        unique=False,
        postgresql_where=sa.text("kind NOT IN ('done', 'cancelled')"),
        sqlite_where=sa.text("kind NOT IN ('done', 'cancelled')"),
    )
    op.create_index("ix_orders_salesperson", "orders", ["salesperson", "created_at", "number"], unique=False)
    op.create_index(
        "ix_orders_short",
        "orders",
        ["number"],
        unique=False,
        postgresql_where=sa.text("kind = 'short'"),
        sqlite_where=sa.text("kind = 'short'"),
    )
    op.create_index(
        "ix_orders_unpaid",
        "orders",
        ["customer", "open_amount"],
        unique=False,
        postgresql_where=sa.text("open_amount > 0"),
        sqlite_where=sa.text("open_amount > 0"),
    )
    op.create_table(
        "order_lines",
        sa.Column("order_number", Number, nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("ordered", Quantity, nullable=False),
        sa.Column("reserved", Quantity, nullable=False),
        sa.Column("shipped", Quantity, nullable=False),
        sa.Column("signed", Quantity, nullable=False),
        sa.Column("returned", Quantity, nullable=False),
        sa.Column("amount", Money, nullable=False),
        sa.Column("rest", Document, nullable=False),
        sa.CheckConstraint("ordered > 0", name=op.f("ck_order_lines_ordered")),
        sa.CheckConstraint("reserved >= 0", name=op.f("ck_order_lines_reserved")),
        sa.CheckConstraint("returned >= 0 AND returned <= shipped", name=op.f("ck_order_lines_returned")),
        sa.CheckConstraint(
            "shipped >= 0 AND shipped + reserved <= ordered", name=op.f("ck_order_lines_shipped")
        ),
        sa.CheckConstraint("signed >= 0 AND signed <= shipped", name=op.f("ck_order_lines_signed")),
        sa.ForeignKeyConstraint(
            ["order_number"], ["orders.number"], name=op.f("fk_order_lines_order_number")
        ),
        sa.PrimaryKeyConstraint("order_number", "no", name=op.f("pk_order_lines")),
    )
    op.create_index("ix_order_lines_sku", "order_lines", ["sku", "order_number"], unique=False)
    op.create_index("ix_order_lines_usual", "order_lines", ["customer", "sku", "order_number"], unique=False)
    op.create_table(
        "shipments",
        sa.Column("order_number", Number, nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("tracking", sa.Text(), nullable=False),
        sa.Column("lines", Document, nullable=False),
        sa.ForeignKeyConstraint(["order_number"], ["orders.number"], name=op.f("fk_shipments_order_number")),
        sa.PrimaryKeyConstraint("order_number", "no", name=op.f("pk_shipments")),
    )
    op.create_table(
        "payments",
        sa.Column("id", Number, nullable=False),
        sa.Column("order_number", Number, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("amount", Money, nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["order_number"], ["orders.number"], name=op.f("fk_payments_order_number")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
    )
    op.create_index("ix_payments_at", "payments", ["at", "amount"], unique=False)
    op.create_index("ix_payments_order", "payments", ["order_number", "id"], unique=False)


def _stock() -> None:
    """Levels and their ledger."""
    op.create_table(
        "stock",
        sa.Column("warehouse", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("on_hand", Quantity, nullable=False),
        sa.Column("reserved", Quantity, nullable=False),
        sa.CheckConstraint("reserved >= 0 AND reserved <= on_hand", name=op.f("ck_stock_reserved")),
        sa.PrimaryKeyConstraint("sku", "warehouse", name=op.f("pk_stock")),
    )
    op.create_table(
        "stock_moves",
        sa.Column("id", Number, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("warehouse", sa.Text(), nullable=False),
        sa.Column("sku", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("on_hand", Quantity, nullable=False),
        sa.Column("reserved", Quantity, nullable=False),
        sa.Column("order_number", Number, nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_moves")),
    )
    op.create_index("ix_stock_moves_order", "stock_moves", ["order_number"], unique=False)
    op.create_index("ix_stock_moves_sku", "stock_moves", ["sku", "warehouse", "id"], unique=False)


def _story() -> None:
    """The chains of events."""
    op.create_table(
        "events",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("data", Document, nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_events")),
    )
    op.create_index("ix_events_actor", "events", ["actor", "at"], unique=False)
    op.create_index("ix_events_at", "events", ["at", "kind", "stream"], unique=False)
    op.create_index("ix_events_source", "events", ["source"], unique=False)
    op.create_table(
        "streams",
        sa.Column("stream", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("stream", name=op.f("pk_streams")),
    )


def _messages() -> None:
    """What people said, were told, and decided."""
    op.create_table(
        "inbox",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("app", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("reply", Document, nullable=False),
        sa.PrimaryKeyConstraint("platform", "app", "key", name=op.f("pk_inbox")),
    )
    op.create_index("ix_inbox_at", "inbox", ["at"], unique=False)
    op.create_table(
        "conversations",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", Document, nullable=False),
        sa.Column("expires_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("person", "place", name=op.f("pk_conversations")),
    )
    op.create_index("ix_conversations_expires", "conversations", ["expires_at"], unique=False)
    op.create_table(
        "todos",
        sa.Column("id", Number, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("closed_at", Moment, nullable=True),
        sa.Column("closed_by", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_todos")),
    )
    op.create_index(
        "ix_todos_open",
        "todos",
        ["id"],
        unique=False,
        postgresql_where=sa.text("closed_at IS NULL"),
        sqlite_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "rules",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("files", Document, nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_rules")),
    )
    op.create_table(
        "feed",
        sa.Column("seq", Number, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("mentions", Document, nullable=False),
        sa.Column("buttons", Document, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_feed")),
        sa.UniqueConstraint("key", name=op.f("uq_feed_key")),
    )


def _scheduler() -> None:
    """What falls due, and what is owed."""
    op.create_table(
        "timers",
        sa.Column("order_number", Number, nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("rung", sa.Integer(), nullable=False),
        sa.Column("repeat", sa.Integer(), nullable=False),
        sa.Column("due", Moment, nullable=False),
        sa.Column("lease_until", Moment, nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("order_number", "entry", "rung", "repeat", name=op.f("pk_timers")),
    )
    op.create_index(
        "ix_timers_due",
        "timers",
        ["due"],
        unique=False,
        postgresql_where=sa.text("NOT done"),
        sqlite_where=sa.text("NOT done"),
    )
    op.create_table(
        "outbox",
        sa.Column("seq", Number, nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("lane", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("order_number", Number, nullable=True),
        sa.Column("mentions", Document, nullable=False),
        sa.Column("facts", Document, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", Moment, nullable=True),
        sa.Column("claimed_by", sa.Text(), nullable=False),
        sa.Column("sent_at", Moment, nullable=True),
        sa.Column("dead_at", Moment, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_outbox")),
        sa.UniqueConstraint("id", name=op.f("uq_outbox_id")),
    )
    op.create_index(
        "ix_outbox_dead",
        "outbox",
        ["dead_at"],
        unique=False,
        postgresql_where=sa.text("dead_at IS NOT NULL"),
        sqlite_where=sa.text("dead_at IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_owed",
        "outbox",
        ["way", "address", "lane", "seq"],
        unique=False,
        postgresql_where=sa.text("sent_at IS NULL AND dead_at IS NULL"),
        sqlite_where=sa.text("sent_at IS NULL AND dead_at IS NULL"),
    )
    op.create_index(
        "ix_outbox_sent",
        "outbox",
        ["sent_at"],
        unique=False,
        postgresql_where=sa.text("sent_at IS NOT NULL"),
        sqlite_where=sa.text("sent_at IS NOT NULL"),
    )
    op.create_index(
        "ix_outbox_tried",
        "outbox",
        ["way", "address"],
        unique=False,
        postgresql_where=sa.text("sent_at IS NULL AND dead_at IS NULL AND attempts > 0"),
        sqlite_where=sa.text("sent_at IS NULL AND dead_at IS NULL AND attempts > 0"),
    )
