"""Sizes listed side by side: 28、29、30码, DN20、25、32, 28 29 30."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.spans.items import Item, Line
from handlers.understanding.vocabulary.mentions import Fragment

SIZE_WORDS = frozenset({"的", "码", "号", "装", "款", "规格"})
AND = frozenset({"、", "/", "和", "跟", "与", "及", "以及", "还有"})
EACH = ("各", "每", "都", "分别", "均", "全")
GAPS = frozenset({" ", "\t"})
_MARKS = AND | {",", *SIZE_WORDS}


@dataclass(frozen=True, slots=True)
class Run:
    """Bare numbers side by side, by their places among the items, and the sizes right before and behind them.

    `lead` ends the goods before (深蓝28、29), `tail` is a size said in full (29、30码); `marked` where a mark stands
    between all of them; `end` is the place behind the last.
    """

    places: tuple[int, ...]
    end: int
    marked: bool
    lead: Fragment | None = None
    tail: Fragment | None = None

    def numbers(self, line: Line, items: Sequence[Item]) -> list[str]:
        """What is listed, without what says its kind."""
        words = [line.low(items[at]) for at in self.places]
        lead, tail = (
            re.findall(r"\d+(?:\.\d+)?", line.text.low[one.start : one.end])[-1:] if one else []
            for one in (self.lead, self.tail)
        )
        return [*lead, *words, *tail]


class Runs:
    """Finds the runs among the items of a line."""

    def __init__(self, line: Line, items: Sequence[Item], products: ProductFinder) -> None:
        self._line = line
        self._items = items
        self._products = products

    def at(self, index: int) -> Run:
        """The run that a number is in."""
        places = [index]
        while (before := self._beside(places[0], -1)) is not None and self._items[before].tag == "N":
            places.insert(0, before)
        while (after := self._beside(places[-1], 1)) is not None and self._items[after].tag == "N":
            places.append(after)
        kinds = self._products.classes(Fragment("size", self._line.low(self._items[index]), 0, 0))
        lead = self._size(before, -1) if before is not None else None
        lead = lead if lead and self._products.classes(lead) == kinds else None
        tail = self._size(after, 1) if after is not None else None
        first = before if before is not None and lead else places[0]
        last = after if after is not None and tail else places[-1]
        if lead and not self._line.text.low[lead.end - 1].isdigit() and not self._marked((first, places[0])):
            # 31码28: what stands right behind a size in full is its quantity.
            return Run((index,), index + 1, marked=False)
        stops = [*([first] if lead else []), *places, *([last] if tail else [])]
        return Run(tuple(places), last + 1, all(map(self._marked, pairwise(stops))), lead, tail)

    def _beside(self, index: int, step: int) -> int | None:
        """The number or goods beside a place, with nothing but marks between."""
        at = index + step
        while 0 <= at < len(self._items) and self._line.low(self._items[at]) in GAPS | _MARKS:
            at += step
        beside = 0 <= at < len(self._items) and self._items[at].tag in "NP"
        return at if beside and not (step < 0 and self.follows_each(at)) else None

    def follows_each(self, at: int) -> bool:
        """Whether 各 stands right before this place: then it counts."""
        before = next((item for item in reversed(self._items[:at]) if item.tag != "s"), None)
        return before is not None and self._line.low(before).startswith(EACH)

    def _marked(self, places: tuple[int, int]) -> bool:
        between = self._items[places[0] + 1 : places[1]]
        return any(self._line.low(item) in AND | {","} for item in between)

    def _size(self, at: int, step: int) -> Fragment | None:
        """The size that goods end with, or the size that all of a mention is."""
        item = self._items[at]
        parts = self._products.decomposed(item.named.fragments) if item.tag == "P" else ()
        if not parts or (step > 0 and len(parts) > 1):
            return None
        said = parts[-1]
        return said if re.search(r"\d", self._products.spelled((said,))) else None
