"""What reports count, written with the events it comes from (`domain.deeds`).

Rows only come in the order of time and are never changed, so that a range of time lies together on disk: an index
on the time alone finds a day's rows in a few pages, and costs the order path next to nothing.
"""

from sqlalchemy import Boolean, Column, Index, Integer, PrimaryKeyConstraint, Table, Text

from storage.tables.base import metadata
from storage.types import Money, Number, Time

deeds = Table(
    "deeds",
    metadata,
    Column("order_number", Number, nullable=False),
    # Of the event in the order's chain.
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("actor", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("salesperson", Text, nullable=False),
    Column("amount", Money),
    Column("seconds", Integer),
    Column("score", Integer),
    Column("wrong", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    PrimaryKeyConstraint("order_number", "seq", "kind"),
    Index("ix_deeds_at", "at"),
)

# The steps that orders have left.
passages = Table(
    "passages",
    metadata,
    Column("order_number", Number, nullable=False),
    Column("entry", Integer, nullable=False),
    # Of the event that ended it.
    Column("seq", Integer, nullable=False),
    Column("step", Text, nullable=False),
    Column("entered_at", Time, nullable=False),
    Column("begun_at", Time),
    Column("left_at", Time, nullable=False),
    Column("due_at", Time),
    Column("owner", Text, nullable=False),
    Column("customer", Text, nullable=False),
    Column("salesperson", Text, nullable=False),
    PrimaryKeyConstraint("order_number", "entry"),
    Index("ix_passages_left", "left_at"),
)
