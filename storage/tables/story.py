"""Everything done, in chains."""

from sqlalchemy import Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from storage.tables.base import metadata
from storage.types import Document, Time

events = Table(
    "events",
    metadata,
    Column("stream", Text, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("actor", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("data", Document, nullable=False),
    Column("hash", Text, nullable=False),
    PrimaryKeyConstraint("stream", "seq"),
    Index("ix_events_actor", "actor", "at"),
    Index("ix_events_at", "at", "kind", "stream"),
    Index("ix_events_source", "source"),
)

# Where a chain ends that belongs to no order; an order keeps its own head.
streams = Table(
    "streams",
    metadata,
    Column("stream", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("hash", Text, nullable=False),
)
