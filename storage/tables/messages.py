"""What people said and were told, what they must look at, and what they decided."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from storage.tables.base import metadata, only
from storage.types import Document, Number, Time

inbox = Table(
    "inbox",
    metadata,
    Column("platform", Text, nullable=False),
    Column("app", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("reply", Document, nullable=False),
    PrimaryKeyConstraint("platform", "app", "key"),
    Index("ix_inbox_at", "at"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("person", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("document", Document, nullable=False),
    Column("expires_at", Time),
    PrimaryKeyConstraint("person", "place"),
    Index("ix_conversations_expires", "expires_at"),
)

todos = Table(
    "todos",
    metadata,
    Column("id", Number, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("text", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("closed_at", Time),
    Column("closed_by", Text),
    only("ix_todos_open", "id", where="closed_at IS NULL"),
)

rules = Table(
    "rules",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Time, nullable=False),
    Column("actor", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("files", Document, nullable=False),
)

feed = Table(
    "feed",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("key", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("destination", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("mentions", Document, nullable=False),
    Column("buttons", Document, nullable=False),
    Column("order_number", Number),
    Column("entry", Integer),
    Column("replaces", Number),
    # None where the release before this wrote it.
    Column("charts", Document),
    UniqueConstraint("key"),
    only("ix_feed_order", "destination", "order_number", "seq", where="order_number IS NOT NULL"),
)

live_cards = Table(
    "live_cards",
    metadata,
    Column("platform", Text, nullable=False),
    # The platform's own id.
    Column("message", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("buttons", Document, nullable=False),
    Column("order_number", Number),
    Column("entry", Integer),
    Column("asker", Text, nullable=False),
    PrimaryKeyConstraint("platform", "message"),
    only("ix_live_cards_order", "order_number", where="order_number IS NOT NULL"),
    Index("ix_live_cards_at", "at"),
)
