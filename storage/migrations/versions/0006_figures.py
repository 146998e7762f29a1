"""What reports count: deeds and passages, and the indexes that answer the board and the lists by due time."""

import sqlalchemy as sa
from alembic import op

from storage.migrations.recount import recount

revision = "0006"
down_revision = "0005"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Money = sa.Numeric(20, 2).with_variant(sa.BigInteger(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")

OPEN = sa.text("kind NOT IN ('done', 'cancelled')")


def upgrade() -> None:
    """Make the tables, count what happened so far, and put wider indexes in the place of three."""
    _deeds()
    _passages()
    recount(op.get_bind())
    op.create_index("ix_deeds_at", "deeds", ["at"])
    op.create_index("ix_passages_left", "passages", ["left_at"])
    op.drop_index("ix_orders_created", "orders")
    op.create_index("ix_orders_created", "orders", ["created_at", "number", "amount", "step"])
    op.drop_index("ix_orders_board", "orders")
    op.drop_index("ix_orders_owner", "orders")
    _of_open(
        "ix_orders_board",
        "step",
        "owner",
        "step_due",
        "step_since",
        "amount",
        "open_amount",
        "salesperson",
        "customer",
    )
    _of_open("ix_orders_owner", "owner", "step_due", "number")
    _of_open("ix_orders_late", "step_due", "number")


def _of_open(name: str, *columns: str) -> None:
    op.create_index(name, "orders", list(columns), postgresql_where=OPEN, sqlite_where=OPEN)


def _deeds() -> None:
    op.create_table(
        "deeds",
        sa.Column("order_number", Number, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("salesperson", sa.Text(), nullable=False),
        sa.Column("amount", Money, nullable=True),
        sa.Column("seconds", sa.Integer(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("wrong", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("order_number", "seq", "kind", name=op.f("pk_deeds")),
    )


def _passages() -> None:
    op.create_table(
        "passages",
        sa.Column("order_number", Number, nullable=False),
        sa.Column("entry", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("entered_at", Moment, nullable=False),
        sa.Column("begun_at", Moment, nullable=True),
        sa.Column("left_at", Moment, nullable=False),
        sa.Column("due_at", Moment, nullable=True),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("customer", sa.Text(), nullable=False),
        sa.Column("salesperson", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("order_number", "entry", name=op.f("pk_passages")),
    )
