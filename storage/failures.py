"""What the drivers' errors mean to those who use storage."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from domain.errors import DatabaseAway, Stale

# PostgreSQL: unique violation, serialization failure (also `gendan_insist`), deadlock, lock timeout.
FIRST_WAS_ANOTHER = ("23505", "40001", "40P01", "55P03")
# Connection exceptions, too many connections, out of disk or memory, shut down, no such database, no schema in it.
AWAY = ("08", "53", "57P", "58", "3D000", "42P01")
SQLITE_FIRST_WAS_ANOTHER = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_CONSTRAINT_UNIQUE",
    "SQLITE_CONSTRAINT_PRIMARYKEY",
)
SQLITE_AWAY = (
    "SQLITE_CANTOPEN",
    "SQLITE_IOERR",
    "SQLITE_FULL",
    "SQLITE_READONLY",
    "SQLITE_NOTADB",
    "SQLITE_CORRUPT",
)
NO_SCHEMA = "no such table"


@contextmanager
def understood() -> Iterator[None]:
    """Raise `Stale` or `DatabaseAway` for what the driver raises; what is neither is a bug and goes on as it is."""
    try:
        yield
    except (OSError, asyncpg.InterfaceError) as error:
        raise DatabaseAway(type(error).__name__) from error
    except asyncpg.PostgresError as error:
        code = error.sqlstate or ""
        if code.startswith(FIRST_WAS_ANOTHER):
            raise Stale(code) from error
        if code.startswith(AWAY):
            raise DatabaseAway(code) from error
        raise
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorname", "")
        if code.startswith(SQLITE_FIRST_WAS_ANOTHER):
            raise Stale(code) from error
        if code.startswith(SQLITE_AWAY) or str(error).startswith(NO_SCHEMA):
            raise DatabaseAway(code) from error
        raise
