"""What the drivers' errors mean to those who use storage."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg

from domain.errors import DatabaseAway, NoSchema, Stale

# PostgreSQL: unique violation, serialization failure (also `gendan_insist`), deadlock, lock timeout.
FIRST_WAS_ANOTHER = ("23505", "40001", "40P01", "55P03")
# Connection exceptions, not let in, too many connections, out of disk or memory, shut down, no such database.
AWAY = ("08", "28", "53", "57P", "58", "3D000")
UNDEFINED_TABLE = "42P01"
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
NO_SUCH_TABLE = "no such table"


@contextmanager
def understood() -> Iterator[None]:
    """Raise `Stale` or `DatabaseAway` for what the driver raises; what is neither is a bug and goes on as it is."""
    try:
        yield
    except (OSError, asyncpg.InterfaceError) as error:
        raise DatabaseAway(getattr(error, "strerror", None) or str(error) or type(error).__name__) from error
    except asyncpg.PostgresError as error:
        code = error.sqlstate or ""
        if code.startswith(FIRST_WAS_ANOTHER):
            raise Stale(code) from error
        if code == UNDEFINED_TABLE:
            raise NoSchema(code) from error
        if code.startswith(AWAY):
            raise DatabaseAway(str(error)) from error
        raise
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorname", "")
        if code.startswith(SQLITE_FIRST_WAS_ANOTHER):
            raise Stale(code) from error
        if str(error).startswith(NO_SUCH_TABLE):
            raise NoSchema(code) from error
        if code.startswith(SQLITE_AWAY):
            raise DatabaseAway(str(error)) from error
        raise
