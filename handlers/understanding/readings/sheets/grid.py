"""A table as rows of cells, in the sender's spelling and in ours, wherever it came from."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from domain.pages import Page
from handlers.understanding.normalise.text import Text, fold

_LONGEST_CELL = 60
_RULER = re.compile(r"[:\-=+ ]{3,}")


@dataclass(frozen=True)
class GridRow:
    """One row; `flaws`, `merged` and `hidden` as `domain.pages.PageRow` has them.

    `ruled`: its cells are told apart by more than spaces.
    """

    number: int
    raw: tuple[str, ...]
    flaws: Mapping[int, str] = field(default_factory=dict)
    merged: frozenset[int] = frozenset()
    hidden: bool = False
    ruled: bool = True

    @cached_property
    def low(self) -> tuple[str, ...]:
        """The cells in our spelling."""
        return tuple(fold(cell).strip() for cell in self.raw)

    @property
    def filled(self) -> int:
        """How many cells have something in them."""
        return sum(1 for at, cell in enumerate(self.low) if cell or at in self.flaws)

    @property
    def words(self) -> str:
        """All of it on one line."""
        return " ".join(cell for cell in self.raw if cell)


def of_text(text: Text) -> list[GridRow]:
    """The lines of a message as rows; a line drawn under a head is none."""
    rows = [_row(number, line) for number, line in enumerate(text.raw.split("\n"), 1)]
    return [
        row for row in rows if not (row.filled and all(_RULER.fullmatch(cell) for cell in row.raw if cell))
    ]


def of_page(page: Page) -> list[GridRow]:
    """The rows of a page."""
    return [GridRow(row.number, row.cells, row.flaws, row.merged, row.hidden) for row in page.rows]


def _row(number: int, line: str) -> GridRow:
    """A line with its cells: between tabs or bars, else between wide gaps, else between spaces."""
    ruled = True
    if "\t" in line:
        cells = line.split("\t")
    elif "|" in line or "｜" in line:
        cells = re.split(r"[|｜]", line.strip().strip("|｜"))
    else:
        ruled, cells = False, _spaced(line)
    return GridRow(number, tuple(cell.strip() for cell in cells), ruled=ruled)


def _spaced(line: str) -> list[str]:
    if re.search(r"\S {2,}\S", line):
        return re.split(r" {2,}", line.strip())
    return re.split(r"[ ,，]", line.strip()) if len(line) < _LONGEST_CELL else [line]
