"""The cells of a pasted table: how rows are cut, and what is counted in one."""

import re
from collections.abc import Sequence
from decimal import Decimal

from handlers.understanding.values.numerals import number

_LONGEST = 60


def counted_in(cell: str) -> str:
    """The unit that a head counts in (箱数); 件数 says none."""
    match = re.fullmatch(r"(箱|件|个|台|双|套)数", cell)
    return match[1] if match and match[1] != "件" else ""


def quantity(cell: str) -> tuple[Decimal | None, str]:
    """The number in a cell and the unit behind it."""
    match = re.fullmatch(r"([\d.,]+|[一二两三四五六七八九十百千]+)\s*([^\d\s]*)", cell)
    return (number(match[1]), match[2]) if match else (None, "")


def cells(line: str, *, tabbed: bool) -> list[str]:
    """The cells of a row: between tabs or bars, else between wide gaps, else between spaces."""
    if tabbed or "\t" in line:
        found = line.split("\t")
    elif "|" in line:
        found = line.strip().strip("|").split("|")
    elif re.search(r"\S {2,}\S", line):
        found = re.split(r" {2,}", line.strip())
    else:
        found = re.split(r"[ ,]", line.strip()) if len(line) < _LONGEST else [line]
    return [cell.strip() for cell in found]


def free(cells: Sequence[str]) -> str:
    """The cells as a line of text."""
    return " ".join(cell for cell in cells if cell)
