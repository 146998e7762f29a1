"""Who is who on the platforms beside the table of staff, and where people want to be told."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _moment(name: str) -> sa.Column[object]:
    return sa.Column(name, Moment, nullable=False)


def upgrade() -> None:
    """Make the tables; the previous release knows people by the table of staff alone, and does not look at them."""
    op.create_table(
        "bindings",
        *_text("platform", "account", "written", "person"),
        _moment("at"),
        *_text("actor", "source"),
        sa.PrimaryKeyConstraint("platform", "account", name=op.f("pk_bindings")),
        sa.UniqueConstraint("platform", "person", name=op.f("uq_bindings_platform")),
    )
    op.create_table(
        "binding_codes",
        *_text("person", "platform", "salt", "digest"),
        _moment("at"),
        _moment("expires_at"),
        sa.Column("wrong", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_binding_codes")),
    )
    op.create_table(
        "binding_requests",
        sa.Column("id", Number, nullable=False),
        *_text("platform", "account", "written", "claimed"),
        _moment("at"),
        *_text("source"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_binding_requests")),
        sa.UniqueConstraint("platform", "account", name=op.f("uq_binding_requests_platform")),
    )
    op.create_table(
        "binding_tries",
        *_text("platform", "account"),
        _moment("since"),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("platform", "account", name=op.f("pk_binding_tries")),
    )
    op.create_table(
        "preferences",
        *_text("person", "door"),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_preferences")),
    )
