"""Who works: the processes, small for ever."""

from sqlalchemy import Column, Table, Text

from storage.tables.base import metadata
from storage.types import Time

processes = Table(
    "processes",
    metadata,
    Column("id", Text, primary_key=True),
    # Its last sign of life.
    Column("at", Time, nullable=False),
)
