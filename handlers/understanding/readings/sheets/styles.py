"""What a table is of that itself says only colours and sizes: the goods in the nearest free line above."""

from collections.abc import Sequence
from datetime import date

from handlers.understanding.normalise.text import read_text
from handlers.understanding.readings.sheets.around import facts_of
from handlers.understanding.readings.sheets.grid import GridRow
from handlers.understanding.spans.scan import Scanner

_ANY_DAY = date(2000, 1, 1)
_LONGEST = 100
"""A longer line is no title."""


class StyleReader:
    """Finds goods in lines around a table."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner

    def nearest(self, rows: Sequence[GridRow]) -> str | None:
        """The goods in the last of these rows that names any, in our spelling; None where none does.

        Empty where that row names several, or counts them: what is meant for the table then, nobody can say.
        """
        for words in reversed(facts_of(row for row in rows if not row.hidden).free):
            named = self._named(words) if len(words) <= _LONGEST else None
            if named is not None:
                return named
        return None

    def _named(self, words: str) -> str | None:
        line = self._scanner.line(read_text(words), _ANY_DAY)
        goods = [item for item in line.items if item.tag == "P"]
        if not goods:
            return None
        counted = any(item.tag == "Q" for item in line.items)
        return line.low(goods[0]) if len(goods) == 1 and not counted else ""
