"""Who is away."""

from sqlalchemy import Column, Date, Table, Text

from storage.tables.base import metadata, only
from storage.types import Number, Time

NOT_ENDED = "ended_at IS NULL"
"""Absences that nobody ended early."""

absences = Table(
    "absences",
    metadata,
    Column("id", Number, primary_key=True),
    Column("person", Text, nullable=False),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
    Column("deputy", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("source", Text, nullable=False),
    Column("ended_at", Time),
    only("ix_absences_last", "last_day", where=NOT_ENDED),
)
