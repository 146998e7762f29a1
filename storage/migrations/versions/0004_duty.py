"""Who is away: absences, kept when they are over."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Make the table; the previous release does not look at it."""
    op.create_table(
        "absences",
        sa.Column("id", Number, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("deputy", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("ended_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_absences"),
    )
    current = sa.text("ended_at IS NULL")
    op.create_index(
        "ix_absences_last", "absences", ["last_day"], postgresql_where=current, sqlite_where=current
    )
