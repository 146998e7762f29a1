"""What people's words mean: what choices taught, and what was asked about."""

from sqlalchemy import Column, Index, Integer, Table, Text, UniqueConstraint

from storage.tables.base import metadata, only
from storage.types import Document, Number, Time

LEARNED = "learned_at IS NOT NULL"
NOT_LEARNED = "learned_at IS NULL"

lessons = Table(
    "lessons",
    metadata,
    Column("id", Number, primary_key=True),
    Column("version", Integer, nullable=False),
    # `customer:C001` or `person:lina`.
    Column("scope", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("word", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("code", Text, nullable=False),
    # Choices in a row; 0 when taken back.
    Column("times", Integer, nullable=False),
    # What there was to choose from: the last time, and both of the last two times.
    Column("offered", Document, nullable=False),
    Column("shared", Document, nullable=False),
    # The latest message that had the word, who chose then, and when.
    Column("message", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("learned_at", Time),
    Column("taken_back_by", Text, nullable=False),
    # Two that teach the same word at once meet here.
    UniqueConstraint("scope", "kind", "word"),
    only("ix_lessons_learned", "learned_at", "id", where=LEARNED),
    only("ix_lessons_passing", "at", where=NOT_LEARNED),
)

# Questions with their outcome, written when that is known; until then they wait in the conversation.
misreadings = Table(
    "misreadings",
    metadata,
    Column("id", Number, primary_key=True),
    Column("at", Time, nullable=False),
    Column("person", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("word", Text, nullable=False),
    Column("candidates", Document, nullable=False),
    Column("customer", Text, nullable=False),
    Column("customer_name", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("meant", Text, nullable=False),
    Column("meant_name", Text, nullable=False),
    Column("meant_text", Text, nullable=False),
    Column("meant_at", Time, nullable=False),
    Column("meant_source", Text, nullable=False),
    Index("ix_misreadings_at", "at", "id"),
)
