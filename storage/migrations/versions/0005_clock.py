"""The clock: what is done once in so long, and timers that could not be handled."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0001"

Moment = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Make the runs; the release before it writes timers without the new columns."""
    op.create_table(
        "runs",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("begun_at", Moment, nullable=False),
        sa.Column("lease_until", Moment, nullable=True),
        sa.Column("done_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("name", "slot", name=op.f("pk_runs")),
    )
    op.add_column("timers", sa.Column("fell_due", Moment, nullable=True))
    op.add_column("timers", sa.Column("attempts", sa.Integer(), server_default="0", nullable=False))
    op.add_column("timers", sa.Column("error", sa.Text(), nullable=True))
    op.create_index(
        "ix_timers_troubled",
        "timers",
        ["fell_due"],
        unique=False,
        postgresql_where=sa.text("NOT done AND error IS NOT NULL"),
        sqlite_where=sa.text("NOT done AND error IS NOT NULL"),
    )
