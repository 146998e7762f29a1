"""What doors keep for themselves: who holds a connection, what has arrived, where people spoke, who is who."""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from storage.tables.base import metadata
from storage.types import Document, Number, Time

# One row for each thing that one process at a time does; it is never deleted, so that `fence` only grows.
leases = Table(
    "leases",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("fence", Number, nullable=False),
    Column("until", Time, nullable=False),
)

# What no platform sends again; gone as soon as it is answered.
intake = Table(
    "intake",
    metadata,
    Column("platform", Text, nullable=False),
    Column("app", Text, nullable=False),
    Column("key", Text, nullable=False),
    Column("document", Document, nullable=False),
    Column("at", Time, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", Time, nullable=False),
    PrimaryKeyConstraint("platform", "app", "key"),
)

chats = Table(
    "chats",
    metadata,
    Column("platform", Text, nullable=False),
    Column("app", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("peer", Text, nullable=False),
    Column("single", Boolean, nullable=False),
    # When somebody spoke there for the first time.
    Column("at", Time, nullable=False),
    PrimaryKeyConstraint("platform", "app", "name"),
)

aliases = Table(
    "aliases",
    metadata,
    Column("platform", Text, nullable=False),
    Column("app", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("user_id", Text, nullable=False),
    Column("at", Time, nullable=False),
    PrimaryKeyConstraint("platform", "app", "shown"),
    Index("ix_aliases_at", "at"),
)
