"""Tables in text (.csv, or columns between tabs) as pages."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from bot.company.texts import NotText, text_of
from bot.spreadsheets.limits import FARTHEST_COLUMN, LONGEST_CELL
from bot.spreadsheets.marks import letters
from bot.spreadsheets.words import clean
from domain.pages import FORMULA, LONG, Page, PageRow, Unreadable

_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BETWEEN = (",", "\t", ";")
_LOOKED_AT = 20
_LITERAL = re.compile(r'="([^"]*)"')
"""How programs keep the zeros in front of a code."""


def csv_pages(data: bytes) -> list[Page]:
    """The one page of a table in text, or raise `Unreadable`."""
    text = _decoded(data)
    if not text.strip():
        raise Unreadable("empty")
    rows = (_row(number, cells) for number, cells in enumerate(_records(text), start=1))
    return [Page("", tuple(row for row in rows if row))]


def _decoded(data: bytes) -> str:
    if data.startswith(_MARKS):
        return data.decode("utf-16", "replace")
    try:
        return text_of(data)
    except NotText as error:
        raise Unreadable("encoding") from error


def _records(text: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_between(text), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        raise Unreadable("broken") from error


def _between(text: str) -> str:
    """What stands between the cells: whatever the first lines have most of."""
    lines = "\n".join(text.split("\n", _LOOKED_AT)[:_LOOKED_AT])
    return max(_BETWEEN, key=lines.count)


def _row(number: int, record: list[str]) -> PageRow | None:
    cells = [clean(_LITERAL.sub(r"\1", cell)) for cell in record]
    while cells and not cells[-1]:
        cells.pop()
    if not cells:
        return None
    if len(cells) > FARTHEST_COLUMN:
        bounds = {"rows": 0, "columns": FARTHEST_COLUMN}
        raise Unreadable("too-wide", page="", place=f"{letters(len(cells) - 1)}{number}", **bounds)
    flaws = {column: FORMULA for column, cell in enumerate(cells) if cell.startswith("=")}
    flaws |= {column: LONG for column, cell in enumerate(cells) if len(cell) > LONGEST_CELL}
    return PageRow(number, tuple("" if column in flaws else cell for column, cell in enumerate(cells)), flaws)
