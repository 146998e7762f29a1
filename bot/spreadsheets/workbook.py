"""Workbooks (.xlsx, .xls) as pages."""

import io
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetMetadata
from python_calamine import SheetTypeEnum as SheetType
from python_calamine import SheetVisibleEnum as Visible

from bot.spreadsheets.limits import FARTHEST_COLUMN, FARTHEST_ROW, LONGEST_CELL
from bot.spreadsheets.marks import Marks, letters
from bot.spreadsheets.package import sheets_of
from bot.spreadsheets.words import words
from domain.pages import LONG, Page, PageRow, Unreadable

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def xlsx_pages(data: bytes) -> list[Page]:
    """The pages of an .xlsx file, or raise `Unreadable`."""
    sheets = sheets_of(data)
    with _sound(data):
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        kinds = {about.name: about.typ for about in book.sheets_metadata}
        return [
            Page(sheet.name, unread=sheet.marks.filled_rows)
            if sheet.hidden
            else _page(sheet.name, book.get_sheet_by_name(sheet.name), sheet.marks)
            for sheet in sheets
            if kinds.get(sheet.name) == SheetType.WorkSheet
        ]


def xls_pages(data: bytes) -> list[Page]:
    """The pages of an .xls file, or raise `Unreadable`; which rows and columns are hidden there is not known."""
    with _sound(data):
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [about for about in book.sheets_metadata if about.typ == SheetType.WorkSheet]
        return [_xls_page(about, book.get_sheet_by_name(about.name)) for about in sheets]


def _xls_page(about: SheetMetadata, sheet: CalamineSheet) -> Page:
    if about.visible != Visible.Visible:
        return Page(about.name, unread=sum(1 for row in sheet.iter_rows() if any(row)))
    row, column = sheet.end or (0, 0)
    if row >= FARTHEST_ROW or column >= FARTHEST_COLUMN:
        bounds = {"rows": FARTHEST_ROW, "columns": FARTHEST_COLUMN}
        raise Unreadable("too-wide", page=about.name, place=f"{letters(column)}{row + 1}", **bounds)
    return _page(about.name, sheet, None)


@contextmanager
def _sound(data: bytes) -> Iterator[None]:
    """Raise `Unreadable` for what the library cannot read."""
    try:
        yield
    except PasswordError as error:
        raise Unreadable("password") from error
    except (CalamineError, OSError, ValueError) as error:
        raise Unreadable("password" if _ENCRYPTED in data else "broken") from error


def _page(name: str, sheet: CalamineSheet, marks: Marks | None) -> Page:
    reading = _Reading(marks or Marks(), _merged(sheet))
    values = sheet.to_python(skip_empty_area=False)
    # Below the last value there may still be formulas without one.
    missing = max(reading.marks.flaws, default=0) - len(values)
    rows = [reading.row(number, cells) for number, cells in enumerate([*values, *[()] * missing], start=1)]
    hidden = tuple(letters(column) for column in sorted(reading.left_out))
    return Page(name, tuple(row for row in rows if row), hidden_columns=hidden, blind=marks is None)


@dataclass(slots=True)
class _Reading:
    """Walks down a sheet. `merged` says for a row in which columns one cell stands for several rows, and which is its first."""

    marks: Marks
    merged: Mapping[int, Mapping[int, bool]]
    left_out: set[int] = field(default_factory=set)
    carried: dict[int, str] = field(default_factory=dict)

    def row(self, number: int, values: Sequence[object]) -> PageRow | None:
        """The row, or None where nothing stands in it."""
        cells = [self._shown(column, words(value)) for column, value in enumerate(values)]
        flaws = {at: why for at, why in self.marks.flaws.get(number, {}).items() if not self.marks.hides(at)}
        merged = self.merged.get(number, {})
        self.carried.update(
            {column: cells[column] for column, first in merged.items() if first and column < len(cells)}
        )
        if not any(cells) and not flaws:
            return None
        cells += [""] * (max((*flaws, *merged), default=0) + 1 - len(cells))
        for column in merged:
            cells[column] = self.carried.get(column, "")
        flaws |= {column: LONG for column, cell in enumerate(cells) if len(cell) > LONGEST_CELL}
        kept = ["" if column in flaws else cell for column, cell in enumerate(cells)]
        last = max((column for column, cell in enumerate(kept) if cell or column in flaws), default=0)
        hidden = number in self.marks.hidden_rows
        return PageRow(number, tuple(kept[: last + 1]), flaws, frozenset(merged), hidden)

    def _shown(self, column: int, said: str) -> str:
        if said and self.marks.hides(column):
            self.left_out.add(column)
            return ""
        return said


def _merged(sheet: CalamineSheet) -> Mapping[int, Mapping[int, bool]]:
    """By row, the columns in which one cell stands for several rows, and whether it is the first of them."""
    found: dict[int, dict[int, bool]] = {}
    for (first, column), (last, _) in sheet.merged_cell_ranges or ():
        if last > first and column < FARTHEST_COLUMN:
            for row in range(first, min(last, FARTHEST_ROW) + 1):
                found.setdefault(row + 1, {})[column] = row == first
    return found
