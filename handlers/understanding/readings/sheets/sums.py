"""Rows that add up others: no goods, but a check on them."""

from dataclasses import dataclass
from decimal import Decimal

from handlers.understanding.readings.sheets.grid import GridRow
from handlers.understanding.readings.sheets.headings import TOTAL
from handlers.understanding.readings.sheets.heads import Head
from handlers.understanding.readings.sheets.values import NOTHING, Values

_PART = "小"
_NOT_THERE = frozenset({"note", "unit", "price", "spec", "due", "address"})


@dataclass(frozen=True, slots=True)
class Sum:
    """A row whose sum is not what the rows above it come to."""

    row: int
    said: Decimal
    found: Decimal


class Sums:
    """Adds up the one column of quantities of a table; where there are several, or words in it, it knows nothing."""

    def __init__(self, head: Head, values: Values) -> None:
        columns = head.at("quantity")
        self._head = head
        self._column = columns[0] if len(columns) == 1 and not head.is_matrix else None
        self._values = values
        self._all: Decimal | None = Decimal(0)
        self._part: Decimal | None = Decimal(0)

    def is_sum(self, row: GridRow) -> bool:
        """Whether a row adds up others: it begins with a word for that, in a column that names something."""
        columns = self._head.columns
        said = ((at, cell) for at, cell in enumerate(row.low) if cell)
        named = (cell for at, cell in said if at >= len(columns) or columns[at].role not in _NOT_THERE)
        return any(TOTAL.fullmatch(cell) for cell in list(named)[:2])

    def add(self, row: GridRow) -> None:
        """Count a row of goods in."""
        value = self._value(row)
        self._all = None if value is None or self._all is None else self._all + value
        self._part = None if value is None or self._part is None else self._part + value

    def wrong(self, row: GridRow) -> Sum | None:
        """What a row with a sum says, where the rows above come to something else."""
        said = self._value(row)
        part = any(cell.startswith(_PART) for cell in row.low)
        found = self._part if part else self._all
        self._part = Decimal(0)
        if not said or found is None or found == said:
            return None
        return Sum(row.number, said, found)

    def _value(self, row: GridRow) -> Decimal | None:
        """The number in the column of quantities: 0 where there is none, None where it is no plain number."""
        if self._column is None:
            return None
        cell = row.low[self._column] if self._column < len(row.low) else ""
        if cell in NOTHING:
            return Decimal(0) if self._column not in row.flaws else None
        count = self._values.count(cell)
        values = count.parts[0].values if len(count.parts) == 1 else ()
        return values[0] if len(values) == 1 else None
