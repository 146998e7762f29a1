"""Cards: which stand in chats and can still be changed."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

Moment = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "live_cards",
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("buttons", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("order_number", Number, nullable=True),
        sa.Column("entry", sa.Integer(), nullable=True),
        sa.Column("asker", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "message", name=op.f("pk_live_cards")),
    )
    numbered = sa.text("order_number IS NOT NULL")
    op.create_index(
        "ix_live_cards_order",
        "live_cards",
        ["order_number"],
        postgresql_where=numbered,
        sqlite_where=numbered,
    )
    op.create_index("ix_live_cards_at", "live_cards", ["at"])
