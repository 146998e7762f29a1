"""Importing a table of master data: its rows replace or join those of the rules in force, all or nothing."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from bot.company.load import Loaded, load_files
from bot.company.problems import Findings, Problem
from bot.company.rows import Columns, Row, rows_of
from bot.company.sheets import Sheet, csv_text, read_sheet
from bot.company.tables import COLUMNS

KEYS: Mapping[str, tuple[str, ...]] = {
    "customers": ("code",),
    "products": ("sku",),
    "staff": ("user_id",),
    "prices": ("sku", "level", "customer"),
}
"""What makes a row of each table itself."""


@dataclass(frozen=True)
class Merged:
    """What an import would make of the rules. `texts` and `rules` are for use only where there are no `errors`."""

    texts: Mapping[str, str]
    loaded: Loaded | None = None
    problems: tuple[Problem, ...] = ()
    added: int = 0
    changed: int = 0
    same: int = 0

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The mistakes that keep all of it out."""
        return tuple(problem for problem in self.problems if not problem.warning)


@dataclass
class _Table:
    """A table while rows come in: cells by column, by key."""

    columns: list[str]
    rows: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)

    def text(self) -> str:
        return csv_text(
            self.columns, [[row.get(name, "") for name in self.columns] for row in self.rows.values()]
        )


def merge(texts: Mapping[str, str], kind: str, name: str, data: bytes, version: int = 0) -> Merged:
    """The rules `texts` with the rows of the file `name` merged in by their code.

    Columns that the file does not have stay as they are. Every bad row is told with its line in the file.
    """
    file = f"{kind}.csv"
    findings = Findings()
    before = _current(file, texts.get(file, ""), KEYS[kind])
    table = _Table(list(before.columns), dict(before.rows))
    come = _join(table, _incoming(name, data, KEYS[kind], COLUMNS[file], findings), KEYS[kind])
    merged = {**texts, file: table.text()}
    loaded = load_files(merged, version)
    lines = {place: come[key] for place, key in enumerate(table.rows, start=2) if key in come}
    known = [key for key in come if key in before.rows]
    changed = sum(1 for key in known if _said(table.rows[key]) != _said(before.rows[key]))
    return Merged(
        merged,
        loaded,
        _told(findings, loaded, file, name, lines),
        added=len(come) - len(known),
        changed=changed,
        same=len(known) - changed,
    )


def export(texts: Mapping[str, str], kind: str) -> Sheet:
    """The table as it stands in the rules."""
    file = f"{kind}.csv"
    table = _current(file, texts.get(file, ""), KEYS[kind])
    columns = table.columns or list(COLUMNS[file].all)
    return Sheet(tuple(columns), [[row.get(name, "") for name in columns] for row in table.rows.values()])


def _join(
    table: _Table, rows: Iterable[tuple[Row, dict[str, str]]], key_of: Sequence[str]
) -> dict[tuple[str, ...], int]:
    """Put the rows into the table; returns where in its file each key came from."""
    come: dict[tuple[str, ...], int] = {}
    for row, cells in rows:
        key = _key(cells, key_of)
        if key in come:
            row.error("row_twice", code=" ".join(filter(None, key)), line=come[key])
        come.setdefault(key, row.line)
        table.columns += [column for column in cells if column not in table.columns]
        table.rows[key] = {**table.rows.get(key, {}), **cells}
    return come


def _told(
    findings: Findings, loaded: Loaded, file: str, name: str, lines: Mapping[int, int]
) -> tuple[Problem, ...]:
    """The problems by their line in the file that came; what it breaks elsewhere stands under `rules/`.

    Warnings about what was there before are left out.
    """
    told = {(problem.line, problem.text("en")): problem for problem in findings.all()}
    elsewhere: list[Problem] = []
    for problem in loaded.problems:
        line = lines.get(problem.line) if problem.file == file else None
        if line is not None:
            here = replace(problem, file=name, line=line)
            told[line, here.text("en")] = here
        elif not problem.warning:
            elsewhere.append(replace(problem, file=f"rules/{problem.file}"))
    return (*sorted(told.values(), key=lambda problem: problem.line), *elsewhere)


def _current(file: str, text: str, key: Sequence[str]) -> _Table:
    """The table of the rules in force, which was checked when it became the rule."""
    records = csv.reader(io.StringIO(text, newline=""))
    table = _Table([name.strip().lower() for name in next(records, [])])
    for record in records:
        cells = {
            name: " ".join(cell.split()) for name, cell in zip(table.columns, record, strict=False) if name
        }
        if any(cells.values()):
            table.rows[_key(cells, key)] = cells
    table.columns = [name for name in table.columns if name]
    return table


def _incoming(
    name: str, data: bytes, key: Sequence[str], columns: Columns, findings: Findings
) -> Iterator[tuple[Row, dict[str, str]]]:
    # Only the key must be there: a file with two columns changes one thing of each row.
    allowed = Columns(tuple(key[:1]), tuple(column for column in columns.all if column not in key[:1]))
    for row in rows_of(name, read_sheet(name, data, findings), allowed, findings):
        yield row, {column: row.text(column) for column in row.columns if column in columns.all}


def _key(cells: Mapping[str, str], key: Iterable[str]) -> tuple[str, ...]:
    said = [cells.get(column, "") for column in key]
    return tuple(value.lower() for value in said) if "user_id" in key else tuple(said)


def _said(cells: Mapping[str, str]) -> Mapping[str, str]:
    return {column: value for column, value in cells.items() if value}
