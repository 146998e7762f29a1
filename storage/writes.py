"""What can be written: each kind of row as one statement over a set of rows, given as a JSON list.

The same text runs on both engines, for one row or for many. On PostgreSQL all kinds that a transaction writes become
the parts of one statement (`storage.postgres`), on SQLite they run one after the other in one go (`storage.sqlite`).
"""
# ruff: noqa: S608 - every name in these statements is from our own tables, every value is a parameter

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from sqlalchemy import Dialect, Table

from storage import tables
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

    `insists`: every given row must be written, else somebody else was first.
    """

    table: Table
    columns: tuple[str, ...]
    statement: str
    insists: bool = False

    @cached_property
    def on_postgres(self) -> str:
        """With `{n}` for the number of the parameter."""
        source = f"json_populate_recordset(NULL::{self.table.name}, ${{n}}::json)"
        return _said(self.statement.replace("{rows}", source), POSTGRES)

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


def _insert(
    table: Table, columns: Sequence[str] = (), conflict: str = "", kind: type[Write] = Write
) -> Write:
    names = tuple(columns) or tuple(column.name for column in table.c)
    listed = _listed(names)
    # SQLite needs the WHERE to tell ON CONFLICT from a join's ON.
    return kind(
        table,
        names,
        f"INSERT INTO {table.name} ({listed}) SELECT {listed} FROM {{rows}} AS new WHERE true{conflict} RETURNING 1",
    )


def _all_but(table: Table, *left_out: str) -> tuple[str, ...]:
    return tuple(column.name for column in table.c if column.name not in left_out)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _set(names: Iterable[str], source: str) -> str:
    return ", ".join(f'"{name}" = {source}."{name}"' for name in names)


NEW_ORDER = _insert(tables.orders)
ORDER = Write(
    tables.orders,
    tuple(column.name for column in tables.orders.c),
    f"UPDATE orders SET {_set(_all_but(tables.orders, 'number'), 'new')} FROM {{rows}} AS new "
    "WHERE orders.number = new.number AND orders.version = new.version - 1 RETURNING 1",
    insists=True,
)
LINE = _insert(
    tables.order_lines,
    conflict=" ON CONFLICT (order_number, no) DO UPDATE SET "
    + _set(_all_but(tables.order_lines, "order_number", "no"), "excluded"),
)
# Given are the lines that an order has; those it no longer has go. PostgreSQL takes the orders as an array: it thinks
# of a list from JSON as a hundred rows, and would rather read all lines of a book of ten thousand orders.
LINES_KEPT = Write(
    tables.order_lines,
    ("order_number", "no"),
    "DELETE FROM order_lines WHERE order_number {among}SELECT order_number FROM {rows} AS new{end} "
    "AND (order_number, no) NOT IN (SELECT order_number, no FROM {rows} AS new) RETURNING 1",
)
STOCK_ROW = _insert(tables.stock, conflict=" ON CONFLICT DO NOTHING")
# The rows are locked in one order first, so that two transactions never wait for each other in a circle.
STOCK = Sum(
    tables.stock,
    ("warehouse", "sku", "on_hand", "reserved"),
    "UPDATE stock SET on_hand = stock.on_hand + new.on_hand, reserved = stock.reserved + new.reserved "
    "FROM (SELECT new.* FROM {rows} AS new "
    "JOIN stock AS held ON held.sku = new.sku AND held.warehouse = new.warehouse "
    "ORDER BY held.sku, held.warehouse {lock held}) AS new "
    "WHERE stock.sku = new.sku AND stock.warehouse = new.warehouse "
    "AND stock.reserved + new.reserved BETWEEN 0 AND stock.on_hand + new.on_hand RETURNING 1",
    insists=True,
)
MOVE = _insert(tables.stock_moves, _all_but(tables.stock_moves, "id"))
EVENT = _insert(tables.events)
STREAM = _insert(
    tables.streams,
    conflict=" ON CONFLICT (stream) DO UPDATE SET " + _set(("seq", "hash"), "excluded"),
    kind=Latest,
)
SHIPMENT = _insert(tables.shipments)
PAYMENT = _insert(tables.payments, _all_but(tables.payments, "id"))
DEED = _insert(tables.deeds)
PASSAGE = _insert(tables.passages)
UNRATED = Write(
    tables.deeds,
    ("order_number",),
    "DELETE FROM deeds WHERE kind = 'rated' AND order_number IN (SELECT order_number FROM {rows} AS new) RETURNING 1",
)
DEEDS_BACK, PASSAGES_BACK = (
    Write(
        table,
        ("order_number", "seq"),
        f"DELETE FROM {table.name} WHERE EXISTS (SELECT 1 FROM {{rows}} AS new "
        f"WHERE new.order_number = {table.name}.order_number AND {table.name}.seq >= new.seq) RETURNING 1",
    )
    for table in (tables.deeds, tables.passages)
)
# A rung is set once; setting it again, whatever came between, must not make it ring again.
TIMER = _insert(
    tables.timers,
    _all_but(tables.timers, "fell_due", "attempts", "error"),
    conflict=" ON CONFLICT DO NOTHING",
)
# One that has rung meanwhile stays as it is; one that somebody was just given is his no longer.
MOVED_TIMER = Write(
    tables.timers,
    ("order_number", "entry", "rung", "repeat", "due"),
    "UPDATE timers SET due = new.due, lease_until = NULL, fell_due = NULL FROM {rows} AS new "
    "WHERE timers.order_number = new.order_number AND timers.entry = new.entry AND timers.rung = new.rung "
    f"AND timers.repeat = new.repeat AND {tables.PENDING_TIMER.replace('NOT ', 'NOT timers.')} RETURNING 1",
)
NOTICE = _insert(tables.outbox, _all_but(tables.outbox, "seq"))
ABSENCE = _insert(tables.absences, ("person", "first_day", "last_day", "deputy", "at", "source"))
# Ended twice is ended: whoever says it again changes nothing.
ENDED_ABSENCE = Write(
    tables.absences,
    ("id", "ended_at"),
    "UPDATE absences SET ended_at = new.ended_at FROM {rows} AS new "
    f"WHERE absences.id = new.id AND absences.{tables.NOT_ENDED} RETURNING 1",
)
TODO = _insert(tables.todos, _all_but(tables.todos, "id"))
NEW_CONVERSATION = _insert(tables.conversations, kind=Latest)
CONVERSATION = Latest(
    tables.conversations,
    tuple(column.name for column in tables.conversations.c),
    f"UPDATE conversations SET {_set(('version', 'document', 'expires_at'), 'new')} FROM {{rows}} AS new "
    "WHERE conversations.person = new.person AND conversations.place = new.place "
    "AND conversations.version = new.version - 1 RETURNING 1",
    insists=True,
)
INBOX = _insert(tables.inbox)
RULES = _insert(tables.rules)
# Counted on from the newest row, not drawn from a sequence: whoever reads on from a number must never find a smaller
# one later. Two at once meet in the primary key.
FEED = Write(
    tables.feed,
    _all_but(tables.feed, "seq"),
    f"INSERT INTO feed (seq, {_listed(_all_but(tables.feed, 'seq'))}) "
    f"SELECT (SELECT coalesce(max(seq), 0) + 1 FROM feed), {_listed(_all_but(tables.feed, 'seq'))} "
    "FROM {rows} AS new WHERE true ON CONFLICT (key) DO NOTHING RETURNING 1",
)

IN_ORDER = (
    INBOX, NEW_CONVERSATION, CONVERSATION, NEW_ORDER, ORDER, LINES_KEPT, LINE, STOCK_ROW, STOCK, MOVE,
    UNRATED, DEEDS_BACK, PASSAGES_BACK, DEED, PASSAGE, SHIPMENT, PAYMENT, EVENT, STREAM, MOVED_TIMER, TIMER, NOTICE,
    ABSENCE, ENDED_ABSENCE, TODO, RULES, FEED,
)  # fmt: skip
"""What decides races comes first; a row comes before those that point at it."""
