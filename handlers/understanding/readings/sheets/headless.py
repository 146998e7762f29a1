"""Tables without a head: which column names goods and which counts them, where only one can."""

import re
from collections.abc import Sequence

from handlers.understanding.readings.sheets.grid import GridRow
from handlers.understanding.readings.sheets.headings import role_of
from handlers.understanding.readings.sheets.heads import Column, Head
from handlers.understanding.readings.sheets.values import NOTHING, Values
from handlers.understanding.vocabulary.words import UNITS

_LOOKED_AT = 200
_NEARLY_ALL = 0.8
_PRICES = re.compile("价|price", re.IGNORECASE)
_CUT = re.compile(r"\d+\.\d*[1-9]\d*")
"""4.50 is more likely a price than a quantity."""


def guessed(rows: Sequence[GridRow], values: Values, names: Sequence[str]) -> Head | None:
    """The head that a table would have, or None where its columns do not say so by themselves.

    `names` are those of page and file: what calls itself a list of prices counts nothing.
    """
    if any(_PRICES.search(words) for words in (*names, *(row.words for row in rows))):
        return None
    looked = [row for row in rows if row.filled > 1 and not row.hidden][:_LOOKED_AT]
    if any(sum(bool(role_of(cell)) for cell in row.low) > 1 for row in looked):
        return None  # it has a head, one that nobody understands
    width = max((len(row.low) for row in looked), default=0)
    columns = [[row.low[at] for row in looked if at < len(row.low) and row.low[at]] for at in range(width)]
    roles = [_role(cells, len(looked), values) for cells in columns]
    if roles and roles[0] == "quantity" and _counts_up(columns[0]):
        roles[0] = "ignored"
    if roles.count("goods") != 1 or roles.count("quantity") != 1 or roles.count("unit") > 1:
        return None
    unused = {at: "" for at, role in enumerate(roles) if not role and columns[at]}
    return Head(tuple(Column(role) for role in roles), unused=unused)


def _role(cells: Sequence[str], rows: int, values: Values) -> str:
    if not cells or len(cells) < rows * _NEARLY_ALL:
        return ""
    if all(cell in UNITS for cell in cells):
        return "unit"
    counts = sum(cell in NOTHING or bool(values.count(cell).parts) for cell in cells)
    if counts >= len(cells) * _NEARLY_ALL:
        return "" if any(_CUT.fullmatch(cell) for cell in cells) else "quantity"
    return "goods" if counts == 0 else ""


def _counts_up(cells: Sequence[str]) -> bool:
    """1, 2, 3, …: numbers of rows, not of goods."""
    return len(cells) > 1 and all(cell == str(number) for number, cell in enumerate(cells, 1))
