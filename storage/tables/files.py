"""Files that came with a message: their bytes until they are read, or wanted again where their sender is asked."""

from sqlalchemy import Boolean, Column, Index, Integer, LargeBinary, Table, Text

from storage.tables.base import metadata, only
from storage.types import Document, Time

TO_READ = "due IS NOT NULL"
"""Files that nobody has read yet."""

files = Table(
    "files",
    metadata,
    # The key of the message.
    Column("source", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("reply_to", Text, nullable=False),
    Column("data", LargeBinary),
    # From when somebody may be given it; a claim moves it on. None: read, or held until its sender says so.
    Column("due", Time),
    Column("attempts", Integer, nullable=False),
    Column("again", Boolean, nullable=False),
    Column("read_at", Time),
    # Of what stands in it.
    Column("digest", Text),
    Column("outcome", Document),
    Index("ix_files_at", "at"),
    Index("ix_files_content", "person", "digest", "read_at"),
    only("ix_files_due", "due", where=TO_READ),
    only("ix_files_waiting", "person", where=TO_READ),
)
