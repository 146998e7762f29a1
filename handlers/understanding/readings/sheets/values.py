"""What a cell says: how many, for how much."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from handlers.understanding.normalise.text import read_text
from handlers.understanding.spans.items import Line, Quantity
from handlers.understanding.spans.scan import Scanner
from handlers.understanding.values.numerals import number
from handlers.understanding.vocabulary.words import UNITS

NOTHING = frozenset(
    {"", "-", "--", "---", "/", "\\", "无", "x", "没有", "不要", "none", "null", "nan", "n/a"}
)
"""Cells in which nothing is asked for."""

_ANY_DAY = date(2000, 1, 1)
_THOUSANDS = re.compile(r"(?<![\d,.])\d{1,3}(?:,\d{3})+(?![\d,])")
_PLAIN = re.compile(r"(?P<n>[\d.]+|[零〇一二两三四五六七八九十百千万]+)\s*(?P<unit>[^\d\s()+\-*/.,]*)")
_NEGATIVE = re.compile(r"[-(]\s*\d[\d.]*\s*\)?\s*\S*")
_PRICE = re.compile(
    r"(?:rmb|cny|[¥￥])?\s*(?P<n>\d+(?:\.\d+)?)\s*(?:元|块钱?)?\s*(?:[/每]\s*(?P<unit>[^\d\s/]+))?"
)
_JOINS = frozenset({" ", "零", "加", "又", "和", "另", "整", "外", "外加", "散"})
_LONGEST = 24


@dataclass(frozen=True, slots=True)
class Count:
    """How many: `parts` are several for 2箱3瓶, and none where nobody can say. `negative` and `zero` are no order."""

    parts: tuple[Quantity, ...] = ()
    negative: bool = False
    zero: bool = False


@dataclass(frozen=True, slots=True)
class Price:
    """Yuan, for one of `unit` where that is said; no value where it cannot be read."""

    value: Decimal | None
    unit: str = ""


class Values:
    """Reads cells in our spelling."""

    def __init__(self, scanner: Scanner) -> None:
        self._scanner = scanner

    def count(self, cell: str) -> Count:
        """How many a cell says, which is not empty."""
        bare = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), cell).strip()
        plain = _PLAIN.fullmatch(bare)
        value = number(plain["n"]) if plain else None
        if plain and value is not None:
            return Count((Quantity((value,), plain["unit"]),), zero=value == 0)
        if _NEGATIVE.fullmatch(bare):
            return Count(negative=True)
        return Count(self._spoken(bare)) if len(bare) <= _LONGEST else Count()

    def is_count(self, cell: str) -> bool:
        """Whether a cell says how many in a way that no title does (11月订货单)."""
        parts = self.count(cell).parts
        return bool(parts) and all(not part.unit or part.unit in UNITS for part in parts)

    def _spoken(self, cell: str) -> tuple[Quantity, ...]:
        """2箱3瓶, 半箱, 二三十提: read as it would be in a line; all of it must be quantities."""
        line: Line = self._scanner.line(read_text(cell), _ANY_DAY)
        said = [item for item in line.items if line.low(item) not in _JOINS]
        parts = tuple(item.value for item in said if isinstance(item.value, Quantity))
        return parts if len(parts) == len(said) and all(part.values for part in parts) else ()


def price_in(cell: str) -> Price:
    """What a price cell says."""
    bare = _THOUSANDS.sub(lambda match: match[0].replace(",", ""), cell).strip()
    match = _PRICE.fullmatch(bare)
    return Price(Decimal(match["n"]), match["unit"] or "") if match else Price(None)
