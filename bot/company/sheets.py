"""Tables as files: read into numbered records, and written so that no program runs what a cell says."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import PurePath

from bot.company.problems import Findings
from bot.company.rows import Record, records_in
from bot.company.texts import decoded
from bot.company.xlsx import read_xlsx

Cell = str | int | Decimal
_FORMULA = re.compile(r"[=+\-@\uff1d\uff0b\uff0d\uff20\t\r]")
# What no workbook may hold; whoever typed it does not see it.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_GUARDED = re.compile(r"'[=+\-@\uff1d\uff0b\uff0d\uff20]")
_CSV, _XLSX = ".csv", ".xlsx"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be written: column names and rows."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


class UnknownFormat(Exception):
    """Neither .csv nor .xlsx."""


def read_sheet(name: str, data: bytes, findings: Findings) -> Iterator[Record]:
    """The records of a file with their line or row number; what cannot be read is noted."""
    suffix = PurePath(name).suffix.lower()
    if suffix == _XLSX:
        records = iter(read_xlsx(name, data, findings))
    elif suffix == _CSV:
        records = records_in(name, decoded(name, data, findings), findings)
    else:
        findings.error(name, 0, "file_kind")
        return iter(())
    return ((line, [_unguarded(cell) for cell in record]) for line, record in records)


def write_sheet(name: str, sheet: Sheet) -> bytes:
    """The file's bytes, in the format its name says, or raise `UnknownFormat`."""
    suffix = PurePath(name).suffix.lower()
    if suffix == _CSV:
        # With a mark, because Excel reads a CSV without one as GB18030.
        return csv_text(sheet.columns, [[str(_guarded(cell)) for cell in row] for row in sheet.rows]).encode(
            "utf-8-sig"
        )
    if suffix == _XLSX:
        return _to_xlsx(sheet)
    raise UnknownFormat(name)


def csv_text(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A CSV text, one line a row."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _to_xlsx(sheet: Sheet) -> bytes:
    from openpyxl import Workbook  # noqa: PLC0415 - heavy, and only an export needs it

    book = Workbook(write_only=True)
    page = book.create_sheet("gendan")
    page.append(list(sheet.columns))
    for row in sheet.rows:
        page.append([_guarded(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _guarded(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    shown = _UNWRITABLE.sub("", cell)
    return f"'{shown}" if _FORMULA.match(shown) else shown


def _unguarded(cell: str) -> str:
    return cell[1:] if _GUARDED.match(cell) else cell
