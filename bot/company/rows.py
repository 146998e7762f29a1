"""A CSV text as rows that know their line and read their own cells, noting what is wrong."""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.company.numbers import number_in, places_of
from bot.company.problems import Findings, nearest

Record = tuple[int, Sequence[str]]
"""The cells of a row with the line on which it begins."""

MOST_ROWS = 200_000
LONGEST_CELL = 1_000
_CODE = re.compile(r"[^\s,;\uff0c\uff1b\"'<>|\\/\x00-\x1f\x7f]{1,64}")
# Control characters, and marks that hide in names or turn their direction.
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]")
_WIDE_SEMICOLON = "\uff1b"
_YES = frozenset({"true", "yes", "y", "1", "是", "在职"})
_NO = frozenset({"false", "no", "n", "0", "否", "离职"})


@dataclass(frozen=True, slots=True)
class Columns:
    """What a table's first line must and may name."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Every column, required ones first."""
        return self.required + self.optional


class Row:
    """One record. Every reader gives a usable value and notes a problem where the cell has none."""

    __slots__ = ("_cells", "_findings", "file", "line")

    def __init__(self, file: str, line: int, cells: Mapping[str, str], findings: Findings) -> None:
        self.file = file
        self.line = line
        self._cells = cells
        self._findings = findings

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that this row has a cell for."""
        return tuple(name for name in self._cells if name)

    def error(self, code: str, /, **facts: object) -> None:
        """Note a mistake in this row."""
        self._findings.error(self.file, self.line, code, **facts)

    def warn(self, code: str, /, **facts: object) -> None:
        """Note something to look at in this row."""
        self._findings.warn(self.file, self.line, code, **facts)

    def text(self, column: str, *, needed: bool = False) -> str:
        """The cell's words, on one line."""
        value = self._cells.get(column, "")
        if needed and not value:
            self.error("cell_missing", column=column)
        return value

    def code(self, column: str, *, needed: bool = True) -> str:
        """The cell as a code: short, without spaces, separators or quotes."""
        value = self.text(column, needed=needed)
        if value and not _CODE.fullmatch(value):
            self.error("code_malformed", column=column, value=value)
        return value

    def names(self, column: str) -> tuple[str, ...]:
        """The cell as a list separated by `;`, each once."""
        return tuple(dict.fromkeys(split_names(self._cells.get(column, ""))))

    def number(
        self, column: str, *, default: str = "0", needed: bool = False, places: int = 4, least: int | None = 0
    ) -> Decimal:
        """The cell as an exact number."""
        value = self.text(column, needed=needed)
        if not value:
            return Decimal(default)
        number = number_in(value)
        if number is None:
            self.error("number_malformed", column=column, value=value)
        elif least is not None and number < least:
            self.error("number_below", column=column, value=value, least=least)
        elif places_of(number) > places:
            self.error("number_places", column=column, value=value, places=places)
        else:
            return number
        return Decimal(default)

    def whole(self, column: str) -> int:
        """The cell as a whole number, 0 where it is empty."""
        return int(self.number(column, places=0))

    def flag(self, column: str, *, default: bool) -> bool:
        """The cell as yes or no."""
        value = self._cells.get(column, "").lower()
        if value and value not in _YES | _NO:
            self.error("flag_malformed", column=column, value=value)
        return value in _YES if value in _YES | _NO else default


@dataclass(frozen=True, slots=True)
class Rows(Mapping[str, Row]):
    """Where the things of a table stand, to note what is wrong with them; their cells were read before."""

    file: str
    lines: Mapping[str, int]
    findings: Findings

    def __getitem__(self, key: str) -> Row:
        return Row(self.file, self.lines[key], {}, self.findings)

    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    def __len__(self) -> int:
        return len(self.lines)


def split_names(value: str) -> list[str]:
    """What stands between the semicolons, spaces trimmed, empties dropped."""
    return [part for each in value.replace(_WIDE_SEMICOLON, ";").split(";") if (part := each.strip())]


def rows_in(file: str, text: str, columns: Columns, findings: Findings) -> Iterator[Row]:
    """The records of a CSV text; what cannot be a record is noted and left out."""
    yield from rows_of(file, records_in(file, text, findings), columns, findings)


def rows_of(file: str, records: Iterator[Record], columns: Columns, findings: Findings) -> Iterator[Row]:
    """Rows from numbered records, of which the first names the columns."""
    line, first = next(records, (1, ()))
    if not first and findings.inside(file):
        return
    head = [name.strip().lower() for name in first]
    if not _head_fits(file, line, head, columns, findings):
        return
    width = len(head)
    for count, (line, record) in enumerate(records):
        if count >= MOST_ROWS:
            findings.error(file, line, "too_many_rows", most=MOST_ROWS)
            return
        if not any(record):
            continue
        if len(record) > width and any(record[width:]):
            findings.error(file, line, "too_many_cells", cells=len(record), columns=width)
            continue
        yield Row(file, line, _cells(file, line, head, record, findings), findings)


def _cells(
    file: str, line: int, head: Sequence[str], record: Sequence[str], findings: Findings
) -> Mapping[str, str]:
    cells = dict(zip(head, map(str.strip, record), strict=False))
    # Nearly every row is clean, which one look at all of it shows.
    whole = "".join(record)
    if whole.isprintable() and len(whole) <= LONGEST_CELL:
        return cells
    for name, cell in cells.items():
        if not cell.isprintable() or len(cell) > LONGEST_CELL:
            cells[name] = tidy = " ".join(_HIDDEN.sub(" ", cell[:LONGEST_CELL]).split())
            if len(cell) > LONGEST_CELL:
                findings.error(file, line, "cell_too_long", column=name, most=LONGEST_CELL)
            elif _HIDDEN.search(" ".join(cell.split())):
                findings.error(file, line, "cell_unprintable", column=name, value=tidy)
    return cells


def _head_fits(file: str, line: int, head: Sequence[str], columns: Columns, findings: Findings) -> bool:
    named = [name for name in head if name]
    for name in dict.fromkeys(named):
        if name not in columns.all:
            findings.error(file, line, "column_unknown", column=name, nearest=_hint(name, columns))
        if named.count(name) > 1:
            findings.error(file, line, "column_twice", column=name)
    absent = [name for name in columns.required if name not in named]
    if absent:
        findings.error(file, line, "columns_missing", columns=", ".join(absent))
    return not absent


def _hint(name: str, columns: Columns) -> str:
    return nearest(name, columns.all) or ", ".join(columns.all)


def records_in(file: str, text: str, findings: Findings) -> Iterator[Record]:
    """The records of a CSV text with the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            record = next(reader)
        except StopIteration:
            return
        except csv.Error:
            findings.error(file, line, "csv_broken")
            return
        yield line, record
