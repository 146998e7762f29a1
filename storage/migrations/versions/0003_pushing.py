"""How destinations stand, and what of the outbox goes together."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Add the table and the columns; the previous release leaves them empty."""
    op.create_table(
        "destinations",
        sa.Column("way", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("rests_until", Moment, nullable=True),
        sa.Column("quiet_until", Moment, nullable=True),
        sa.Column("muted_until", Moment, nullable=True),
        sa.Column("trouble", sa.Text(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("since", Moment, nullable=True),
        sa.Column("told_at", Moment, nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("way", "address", name=op.f("pk_destinations")),
    )
    op.add_column("outbox", sa.Column("parcel", sa.Text(), nullable=True))
    op.add_column("feed", sa.Column("order_number", Number, nullable=True))
    op.add_column("feed", sa.Column("entry", sa.Integer(), nullable=True))
    op.add_column("feed", sa.Column("replaces", Number, nullable=True))
    op.create_index(
        "ix_feed_order",
        "feed",
        ["destination", "order_number", "seq"],
        unique=False,
        postgresql_where=sa.text("order_number IS NOT NULL"),
        sqlite_where=sa.text("order_number IS NOT NULL"),
    )
