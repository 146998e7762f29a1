"""Who is who on the platforms beside the table of staff, and who wants to be."""

from sqlalchemy import Column, Integer, PrimaryKeyConstraint, Table, Text, UniqueConstraint

from storage.tables.base import metadata
from storage.types import Number, Time

bindings = Table(
    "bindings",
    metadata,
    Column("platform", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("written", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Time, nullable=False),
    # Who let it be so, and through which message.
    Column("actor", Text, nullable=False),
    Column("source", Text, nullable=False),
    # An id belongs to one person, and a person has one id on a platform: two at once meet here.
    PrimaryKeyConstraint("platform", "account"),
    UniqueConstraint("platform", "person"),
)

binding_codes = Table(
    "binding_codes",
    metadata,
    Column("person", Text, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("salt", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    # How many wrong codes were typed while it was live, whoever did.
    Column("wrong", Integer, nullable=False),
)

binding_requests = Table(
    "binding_requests",
    metadata,
    Column("id", Number, primary_key=True),
    Column("platform", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("written", Text, nullable=False),
    Column("claimed", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("source", Text, nullable=False),
    UniqueConstraint("platform", "account"),
)

binding_tries = Table(
    "binding_tries",
    metadata,
    Column("platform", Text, nullable=False),
    Column("account", Text, nullable=False),
    # When the first of these tries was.
    Column("since", Time, nullable=False),
    Column("tries", Integer, nullable=False),
    PrimaryKeyConstraint("platform", "account"),
)

preferences = Table(
    "preferences",
    metadata,
    Column("person", Text, primary_key=True),
    Column("door", Text, nullable=False),
)
