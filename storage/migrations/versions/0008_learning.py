"""What choices taught about words, and what was asked about."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
Moment = sa.DateTime(timezone=True).with_variant(sa.BigInteger(), "sqlite")
Document = sa.JSON(none_as_null=True)


def _text(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def upgrade() -> None:
    """Make the tables; the previous release asks on as it did and does not look at them."""
    op.create_table(
        "lessons",
        sa.Column("id", Number, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_text("scope", "kind", "word", "said", "code"),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("offered", Document, nullable=False),
        sa.Column("shared", Document, nullable=False),
        *_text("message", "actor"),
        sa.Column("at", Moment, nullable=False),
        sa.Column("learned_at", Moment, nullable=True),
        *_text("taken_back_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lessons")),
        sa.UniqueConstraint("scope", "kind", "word", name=op.f("uq_lessons_scope")),
    )
    _of_lessons("ix_lessons_learned", ["learned_at", "id"], "learned_at IS NOT NULL")
    _of_lessons("ix_lessons_passing", ["at"], "learned_at IS NULL")
    op.create_table(
        "misreadings",
        sa.Column("id", Number, nullable=False),
        sa.Column("at", Moment, nullable=False),
        *_text("person", "place", "source", "text", "kind", "word"),
        sa.Column("candidates", Document, nullable=False),
        *_text("customer", "customer_name", "outcome", "meant", "meant_name", "meant_text"),
        sa.Column("meant_at", Moment, nullable=False),
        *_text("meant_source"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_misreadings")),
    )
    op.create_index("ix_misreadings_at", "misreadings", ["at", "id"])


def _of_lessons(name: str, columns: list[str], where: str) -> None:
    only = sa.text(where)
    op.create_index(name, "lessons", columns, postgresql_where=only, sqlite_where=only)
