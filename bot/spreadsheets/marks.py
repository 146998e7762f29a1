"""What a sheet's XML says beside the words: what is hidden, which formulas have no value, how far it goes.

The library that reads workbooks tells none of it, and lays a sheet out as a full grid before it can be asked how
large it is: one cell at XFD1048576 in a file of five kilobytes would fill the memory. So the XML is looked at first.
"""

import re
from dataclasses import dataclass, field
from typing import IO
from xml.sax.handler import ContentHandler  # only its interface: defusedxml parses
from xml.sax.xmlreader import AttributesImpl

from defusedxml import sax

from bot.spreadsheets.limits import FARTHEST_COLUMN, FARTHEST_ROW
from domain.pages import ERROR, FORMULA

_PLACE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_YES = frozenset({"1", "true"})


@dataclass(slots=True)
class Marks:
    """Rows count from 1, columns from 0. `far` is the first cell beyond what is read, empty where there is none."""

    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    flaws: dict[int, dict[int, str]] = field(default_factory=dict)
    filled_rows: int = 0
    far: str = ""

    def hides(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def marks_of(sheet: IO[bytes]) -> Marks:
    """The marks of a sheet's XML; one with a DTD, or that is no XML, raises (`ValueError`, `SAXException`)."""
    handler = _Sheet()
    sax.parse(sheet, handler, forbid_dtd=True)
    return handler.marks


def letters(column: int) -> str:
    """A, B, …, Z, AA: the column counted from 0."""
    name, left = "", column + 1
    while left:
        left, digit = divmod(left - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def column_of(name: str) -> int:
    """The column of its letters, counted from 0."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


class _Sheet(ContentHandler):
    """Walks over rows and cells; cells may leave out where they stand, then they follow the one before."""

    def __init__(self) -> None:
        super().__init__()
        self.marks = Marks()
        self._row = self._column = 0
        self._kind, self._formula, self._reads, self._filled, self._row_filled = (
            "",
            False,
            False,
            False,
            False,
        )

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802 - the interface's name
        """Note where we are."""
        tag = name.rpartition(":")[2]
        if tag == "c":
            self._begin_cell(attrs)
        elif tag == "row":
            self._begin_row(attrs)
        elif tag == "f":
            self._formula = True
        elif tag in {"v", "t"}:
            self._reads = True
        elif tag == "col" and attrs.get("hidden") in _YES:
            first, last = int(attrs.get("min", "1")) - 1, int(attrs.get("max", "1")) - 1
            self.marks.hidden_columns.append((first, last))

    def characters(self, content: str) -> None:
        """A value."""
        if self._reads and content:
            self._filled = True

    def endElement(self, name: str) -> None:  # noqa: N802 - the interface's name
        """Judge the cell or the row that ends here."""
        tag = name.rpartition(":")[2]
        if tag in {"v", "t"}:
            self._reads = False
        elif tag == "c":
            self._end_cell()
        elif tag == "row" and self._row_filled:
            self.marks.filled_rows += 1

    def _begin_row(self, attrs: AttributesImpl) -> None:
        said = attrs.get("r", "")
        self._row = int(said) if said.isdigit() and len(said) < 9 else self._row + 1
        self._column, self._row_filled = -1, False
        if attrs.get("hidden") in _YES:
            self.marks.hidden_rows.add(self._row)

    def _begin_cell(self, attrs: AttributesImpl) -> None:
        place = _PLACE.fullmatch(attrs.get("r", ""))
        self._column = column_of(place[1]) if place else self._column + 1
        self._kind, self._formula, self._filled = attrs.get("t", ""), False, False

    def _end_cell(self) -> None:
        flaw = ERROR if self._kind == "e" else ""
        if self._formula and not self._filled and self._kind != "str":
            flaw = FORMULA  # one that gives an empty text says so
        if flaw:
            self.marks.flaws.setdefault(self._row, {})[self._column] = flaw
        if self._filled or flaw:
            self._row_filled = True
            beyond = self._row > FARTHEST_ROW or self._column >= FARTHEST_COLUMN
            if beyond and not self.marks.far:
                self.marks.far = f"{letters(self._column)}{self._row}"
