"""What falls due, and who must still be told."""

from sqlalchemy import Boolean, Column, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from storage.tables.base import metadata, only
from storage.types import Document, Number, Time

PENDING_TIMER = "NOT done"

TROUBLED_TIMER = f"{PENDING_TIMER} AND error IS NOT NULL"
"""Those that could not be handled and were put off; none, while all is well."""

timers = Table(
    "timers",
    metadata,
    Column("order_number", Number, nullable=False),
    Column("entry", Integer, nullable=False),
    Column("rung", Integer, nullable=False),
    Column("repeat", Integer, nullable=False),
    Column("due", Time, nullable=False),
    Column("lease_until", Time),
    Column("done", Boolean, nullable=False),
    # When it fell due, where that is not `due`: handling it was put off.
    Column("fell_due", Time),
    Column("attempts", Integer, nullable=False, server_default="0"),
    # What the last attempt met.
    Column("error", Text),
    PrimaryKeyConstraint("order_number", "entry", "rung", "repeat"),
    only("ix_timers_due", "due", where=PENDING_TIMER),
    only("ix_timers_troubled", "fell_due", where=TROUBLED_TIMER),
)

# What is done once in so long, by whichever process: the audit of a night, a day's report.
runs = Table(
    "runs",
    metadata,
    Column("name", Text, nullable=False),
    Column("slot", Text, nullable=False),
    Column("begun_at", Time, nullable=False),
    Column("lease_until", Time),
    Column("done_at", Time),
    PrimaryKeyConstraint("name", "slot"),
)

OWED = "sent_at IS NULL AND dead_at IS NULL"

TRIED = f"{OWED} AND attempts > 0"
"""Under way or put off: few, and the only ones that make a destination wait."""

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Number, primary_key=True),
    Column("id", Text, nullable=False),
    Column("way", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("destination", Text, nullable=False),
    # 0 urgent, 1 normal, 2 digest.
    Column("lane", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("order_number", Number),
    Column("mentions", Document, nullable=False),
    Column("facts", Document, nullable=False),
    Column("source", Text, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("due_at", Time, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("lease_until", Time),
    Column("claimed_by", Text, nullable=False),
    Column("sent_at", Time),
    Column("dead_at", Time),
    Column("error", Text, nullable=False),
    UniqueConstraint("id"),
    only("ix_outbox_owed", "way", "address", "lane", "seq", where=OWED),
    only("ix_outbox_tried", "way", "address", where=TRIED),
    only("ix_outbox_sent", "sent_at", where="sent_at IS NOT NULL"),
    only("ix_outbox_dead", "dead_at", where="dead_at IS NOT NULL"),
)
