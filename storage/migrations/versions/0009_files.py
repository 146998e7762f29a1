"""Files that people send, kept until they are read."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

Moment = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def upgrade() -> None:
    """Make the table; the previous release takes no files."""
    op.create_table(
        "files",
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("reply_to", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=True),
        sa.Column("due", Moment, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("again", sa.Boolean(), nullable=False),
        sa.Column("read_at", Moment, nullable=True),
        sa.Column("digest", sa.Text(), nullable=True),
        sa.Column("outcome", sa.JSON(none_as_null=True), nullable=True),
        sa.PrimaryKeyConstraint("source", name="pk_files"),
    )
    to_read = sa.text("due IS NOT NULL")
    op.create_index("ix_files_at", "files", ["at"])
    op.create_index("ix_files_content", "files", ["person", "digest", "read_at"])
    op.create_index("ix_files_due", "files", ["due"], postgresql_where=to_read, sqlite_where=to_read)
    op.create_index("ix_files_waiting", "files", ["person"], postgresql_where=to_read, sqlite_where=to_read)
