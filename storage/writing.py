"""How rows are written: each kind as one statement over a set of rows, given as a JSON list.

The same text runs on both engines, for one row or for many. On PostgreSQL all kinds that a transaction writes become
the parts of one statement (`storage.postgres`), on SQLite they run one after the other in one go (`storage.sqlite`).
"""
# ruff: noqa: S608 - every name in these statements is from our own tables, every value is a parameter

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from sqlalchemy import Dialect, Table

from storage.prepared import POSTGRES, SQLITE
from storage.text import encoded
from storage.types import Document, Exact, Moment

# What the engines say differently.
WORDS = {
    "{lock held}": {"postgresql": "FOR UPDATE OF held", "sqlite": ""},
    "{among}": {"postgresql": "= ANY (ARRAY(", "sqlite": "IN ("},
    "{end}": {"postgresql": "))", "sqlite": ")"},
}


def _said(statement: str, dialect: Dialect) -> str:
    for word, said in WORDS.items():
        statement = statement.replace(word, said[dialect.name])
    return statement


@dataclass(frozen=True, eq=False)
class Write:
    """One kind of write. `statement` reads its rows from `{rows}` and ends in RETURNING.

    `insists`: every given row must be written, else somebody else was first. `contended`: the rows are everybody's,
    so whoever writes them makes others wait.
    """

    table: Table
    columns: tuple[str, ...]
    statement: str
    insists: bool = False
    contended: bool = False

    def on_postgres(self, *, single: bool) -> str:
        """With `{n}` for the number of the parameter.

        PostgreSQL thinks of a list from JSON as a hundred rows, for which it would rather read a whole table than
        look them up; so it is told where there is but a `single` one.
        """
        source = f"json_populate_recordset(NULL::{self.table.name}, ${{n}}::json)"
        rows = f"(SELECT * FROM {source} LIMIT 1)" if single else source
        return _said(self.statement.replace("{rows}", rows), POSTGRES)

    @cached_property
    def on_sqlite(self) -> str:
        """With one parameter."""
        picked = ", ".join(f"""value {self._arrow(name)} '$.{name}' AS "{name}\"""" for name in self.columns)
        return _said(self.statement.replace("{rows}", f"(SELECT {picked} FROM json_each(?1))"), SQLITE)

    def gather(self, rows: list[Mapping[str, Any]], row: Mapping[str, Any]) -> None:
        """Add a row to those of the same transaction."""
        rows.append(row)

    def _arrow(self, column: str) -> str:
        """Documents stay JSON, everything else becomes a value."""
        return "->" if self.table.c[column].type is Document else "->>"

    def encode(self, rows: Iterable[Mapping[str, Any]], dialect: Dialect) -> str:
        """The rows as the JSON parameter."""
        exact = self._exact[dialect.name].items()
        return encoded([{**row, **{name: sent(row[name]) for name, sent in exact}} for row in rows])

    @cached_property
    def _exact(self) -> dict[str, dict[str, Callable[[Any], Any]]]:
        """By engine, how to write the columns whose values JSON does not know."""
        kinds = {name: self.table.c[name].type for name in self.columns}
        return {
            dialect.name: {
                name: partial(kind.process_bind_param, dialect=dialect)
                for name, kind in kinds.items()
                if isinstance(kind, Exact | Moment)
            }
            for dialect in (POSTGRES, SQLITE)
        }


class Sum(Write):
    """Differences: those of the same row are added up, since one statement changes a row only once."""

    def gather(self, rows: list[Mapping[str, Any]], row: Mapping[str, Any]) -> None:
        """Add a difference to what was gathered for its row."""
        keys = [column.name for column in self.table.primary_key]
        for at, known in enumerate(rows):
            if all(known[key] == row[key] for key in keys):
                rows[at] = {name: row[name] if name in keys else known[name] + row[name] for name in row}
                return
        rows.append(row)


class Latest(Write):
    """States: of the same row only the last one is written."""

    def gather(self, rows: list[Mapping[str, Any]], row: Mapping[str, Any]) -> None:
        """Put a state in the place of an earlier one."""
        keys = [column.name for column in self.table.primary_key]
        rows[:] = [known for known in rows if any(known[key] != row[key] for key in keys)]
        rows.append(row)


def insert(table: Table, columns: Sequence[str] = (), conflict: str = "", kind: type[Write] = Write) -> Write:
    """New rows, or what `conflict` says where there are such."""
    names = tuple(columns) or tuple(column.name for column in table.c)
    new = listed(names)
    # SQLite needs the WHERE to tell ON CONFLICT from a join's ON.
    return kind(
        table,
        names,
        f"INSERT INTO {table.name} ({new}) SELECT {new} FROM {{rows}} AS new WHERE true{conflict} RETURNING 1",
    )


def all_but(table: Table, *left_out: str) -> tuple[str, ...]:
    """The names of its other columns."""
    return tuple(column.name for column in table.c if column.name not in left_out)


def listed(names: Iterable[str]) -> str:
    """As the columns of a statement."""
    return ", ".join(f'"{name}"' for name in names)


def assigned(names: Iterable[str], source: str) -> str:
    """Each set to what `source` has."""
    return ", ".join(f'"{name}" = {source}."{name}"' for name in names)
