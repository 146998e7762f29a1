"""Numbers and the units beside them become quantities."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from handlers.understanding.spans.items import Item, Quantity
from handlers.understanding.values.numerals import LOOSE, Number

HALF = Decimal("0.5")
_LOOSE_BEFORE = frozenset({"大概", "大约", "约", "差不多", "将近", "左右", "估计"})
_LOOSE_WITHIN = frozenset({"多", "几", "来", "余"})
_LOOSE_AFTER = frozenset({"左右", "上下", "来往"})
_ASKED = frozenset({"有", "还有", "还剩", "剩", "剩下", "还"})
_TO = frozenset({"到", "至", "-", "~"})
_GAPS = frozenset({" ", "\t"})
_TAKES = re.compile(r"换|改|去掉|取消|退|撤|删|加到|减")


def quantities(items: Sequence[Item], low: str) -> list[Item]:
    """The items with numbers and their units joined."""
    out: list[Item] = []
    walk = _Walk(items, low)
    while walk.at < len(items):
        begun = walk.at
        found = walk.half() or walk.counted()
        out.append(found or items[begun])
        walk.at = walk.at if found else begun + 1
    return out


@dataclass(slots=True)
class _Walk:
    items: Sequence[Item]
    low: str
    at: int = 0

    def _word(self, index: int) -> str:
        if not 0 <= index < len(self.items):
            return ""
        return self.low[self.items[index].start : self.items[index].end]

    def _tag(self, index: int) -> str:
        return self.items[index].tag if 0 <= index < len(self.items) else ""

    def _until(self, last: int, value: Quantity) -> Item:
        first, self.at = self.at, last + 1
        return Item("Q", self.items[first].start, self.items[last].end, value)

    def half(self) -> Item | None:
        """半箱, 几箱."""
        word = self._word(self.at)
        vague = word in {"几", "好几"} or LOOSE.fullmatch(word)
        if not (word == "半" or vague) or self._tag(self.at + 1) != "U":
            return None
        if word == "几" and (self._word(self.at - 1) in _ASKED or self._tag(self.at - 1) == "U"):
            return None
        values = (HALF,) if word == "半" else ()
        return self._until(self.at + 1, Quantity(values, self._word(self.at + 1)))

    def counted(self) -> Item | None:
        """A number and its unit; no values where it was said loosely (20来箱, 大概20箱)."""
        said = self.items[self.at].value
        if self._tag(self.at) != "N" or not isinstance(said, Number):
            return None
        if self._word(self.at + 1) in _LOOSE_WITHIN and self._tag(self.at + 2) == "U":
            return self._until(self.at + 2, Quantity((), self._word(self.at + 2)))
        values, last = self._ranged(said.values)
        unit = last + 2 if self._word(last + 1) in _GAPS and self._tag(last + 2) == "U" else last + 1
        if self._tag(unit) != "U" or self._takes(unit):
            return None
        return self._ended(values, unit)

    def _ranged(self, values: tuple[Decimal, ...]) -> tuple[tuple[Decimal, ...], int]:
        """10到15箱 may be either."""
        other = self.items[self.at + 2].value if self._tag(self.at + 2) == "N" else None
        if self._word(self.at + 1) in _TO and isinstance(other, Number) and self._tag(self.at + 3) == "U":
            return (*values, *other.values), self.at + 2
        return values, self.at

    def _takes(self, unit: int) -> bool:
        """把 after an order's number takes what follows, and counts nothing (17把雪碧换成橙汽)."""
        takes = self.at == 0 and self._word(unit) == "把" and self._tag(unit + 1) in {"P", "C"}
        return takes and bool(_TAKES.search(self.low))

    def _ended(self, values: tuple[Decimal, ...], unit: int) -> Item:
        last, name = unit, self._word(unit)
        if self._word(last + 1) == "半" and self._tag(last + 2) != "U" and len(values) == 1:
            values, last = (values[0] + HALF,), last + 1
        if self._word(last + 1) in _LOOSE_AFTER:
            return self._until(last + 1, Quantity((), name))
        before = self._word(self.at - 1)
        return self._until(last, Quantity(() if before in _LOOSE_BEFORE else values, name))
