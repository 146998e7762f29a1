"""Statements that are built and compiled once, and run on the bare driver.

SQLAlchemy Core says what is asked and how values travel; its execution is left out, because for the short statements
of a message it costs more than the database's own work (docs/adr/0007).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from sqlalchemy import JSON, ClauseElement, ColumnElement, Dialect, Text, any_, bindparam, func, select, true
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.dialects.postgresql.asyncpg import dialect as postgres_dialect
from sqlalchemy.dialects.sqlite.aiosqlite import dialect as sqlite_dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import ReturningUpdate
from sqlalchemy.types import NULLTYPE

Row = Mapping[str, Any]
Process = Callable[[Any], Any]

POSTGRES: Dialect = postgres_dialect()  # type: ignore[no-untyped-call]
SQLITE: Dialect = sqlite_dialect()

# What asyncpg calls NUMERIC; SQLAlchemy asks for it before it reads decimals, other types do not look at it.
NUMERIC_OID = 1700


class Among(ColumnElement[Any]):
    """`column` is one of the texts in the list given as parameter `name`, however long that is."""

    inherit_cache = False
    type = NULLTYPE  # as a Boolean it would be compared with 1, past any index

    def __init__(self, column: ColumnElement[str], name: str) -> None:
        self.column = column
        self.name = name


@compiles(Among, "postgresql")
def _among_on_postgres(element: Among, compiler: SQLCompiler, **kwargs: Any) -> str:
    values = bindparam(element.name, type_=ARRAY(Text))
    return str(compiler.process(element.column == any_(values), **kwargs))


@compiles(Among, "sqlite")
def _among_on_sqlite(element: Among, compiler: SQLCompiler, **kwargs: Any) -> str:
    values = func.json_each(bindparam(element.name, type_=JSON)).table_valued("value")
    return str(compiler.process(element.column.in_(select(values.c.value)), **kwargs))


@dataclass(frozen=True, slots=True)
class Compiled:
    """A statement as one driver takes it."""

    sql: str
    defaults: Mapping[str, object]
    arguments: tuple[tuple[str, Process | None], ...]
    columns: tuple[tuple[str, Process | None], ...]

    def bind(self, values: Mapping[str, object]) -> list[Any]:
        """The driver's arguments."""
        given = {**self.defaults, **values}
        return [process(given[name]) if process else given[name] for name, process in self.arguments]

    def read(self, rows: Iterable[Iterable[Any]]) -> list[Row]:
        """The driver's rows, each value as it was written."""
        columns = self.columns
        return [
            {
                name: process(value) if process else value
                for (name, process), value in zip(columns, row, strict=True)
            }
            for row in rows
        ]


class Prepared:
    """One Core statement for both engines, or one for each where they must differ."""

    lasting = True
    """What it writes survives a crash of the machine."""

    def __init__(self, statement: ClauseElement, *, sqlite: ClauseElement | None = None) -> None:
        self._statement = statement
        self._sqlite = statement if sqlite is None else sqlite

    @cached_property
    def postgres(self) -> Compiled:
        """For asyncpg."""
        return _compile(self._statement, POSTGRES)

    @cached_property
    def sqlite(self) -> Compiled:
        """For sqlite3."""
        return _compile(self._sqlite, SQLITE)


class Fleeting(Prepared):
    """A write that may be lost when the machine crashes, since doing it again does no harm; it waits for no disk."""

    lasting = False

    def __init__(
        self, statement: ReturningUpdate[Any], *, sqlite: ReturningUpdate[Any] | None = None
    ) -> None:
        # Within the statement, so that it costs no round trip; it holds until this transaction ends.
        no_wait = func.set_config("synchronous_commit", "off", true()).label("no_wait")
        super().__init__(statement.returning(no_wait), sqlite=statement if sqlite is None else sqlite)


def _compile(statement: ClauseElement, dialect: Dialect) -> Compiled:
    compiled = cast("SQLCompiler", statement.compile(dialect=dialect))
    arguments = tuple(
        (name, compiled.binds[name].type.dialect_impl(dialect).bind_processor(dialect))
        for name in compiled.positiontup or ()
    )
    columns = getattr(statement, "exported_columns", None) or ()
    return Compiled(
        compiled.string,
        {name: parameter.value for name, parameter in compiled.binds.items() if not parameter.required},
        arguments,
        tuple(
            (column.key, column.type.dialect_impl(dialect).result_processor(dialect, NUMERIC_OID))
            for column in columns
        ),
    )
