"""A list before the noun that its parts share: M8、M10螺母, 50、75、110的排水管."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from handlers.understanding.lines.listing import AND, EACH, GAPS, SIZE_WORDS
from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.spans.items import Item, Line
from handlers.understanding.vocabulary.mentions import Fragment, Fragments, Named


def shared(line: Line, items: Sequence[Item], products: ProductFinder) -> list[Item]:
    """The items with the noun moved to the first part of such a list."""
    out = list(items)
    at = 0
    while at < len(out):
        found = _Heads(line, out, products).before(at)
        if found:
            begin, made = found
            out[begin : at + 1] = made
            at = begin + len(made) - 1
        at += 1
    return out


@dataclass(frozen=True, slots=True)
class _Part:
    item: Item
    said: Fragments
    at: int


@dataclass(frozen=True, slots=True)
class _Heads:
    line: Line
    items: Sequence[Item]
    products: ProductFinder

    def before(self, at: int) -> tuple[int, list[Item]] | None:
        """Where a list that ends in the noun at this place begins, and the items in its stead."""
        parts = self._parts(self.items[at])
        if all(map(self.products.qualifies, parts)):
            return None
        last = self._last(at, parts)
        if last is None:
            return None
        kinds = self.products.classes(last.said[0])
        base = tuple(one for one in parts if not self.products.classes(one) & kinds)
        listed = [last]
        marks = AND | GAPS | {","} if self._spreads(at) else AND
        while (earlier := self._earlier(listed[0].at, last.said[0], marks)) and self._fits(
            base, kinds, earlier.said
        ):
            listed.insert(0, earlier)
        words = [one.word for part in listed for one in part.said]
        if len(listed) < 2 or len(set(words)) < len(words) or self._continues(listed[0].at, kinds):
            return None
        return listed[0].at, self._shared(listed, base)

    def _continues(self, begin: int, kinds: frozenset[str]) -> bool:
        """Whether the list says more of goods before it (雪碧50、75排水管)."""
        before = next((one for one in reversed(self.items[:begin]) if self.line.low(one) not in GAPS), None)
        if before is None or before.tag != "P":
            return False
        # 39、40码 28/29的羽绒服: a size before sizes ended a list of its own.
        ended = frozenset(key for one in self._parts(before) for key in self.products.classes(one))
        return not ended or not ended <= kinds

    def _parts(self, item: Item) -> Fragments:
        return self.products.decomposed(item.named.fragments) if item.tag == "P" else ()

    def _last(self, at: int, parts: Fragments) -> _Part | None:
        """What the list ends with: a number right before the noun, or what the noun begins with."""
        before = at - 1
        while before >= 0 and self.line.low(self.items[before]) in SIZE_WORDS:
            before -= 1
        number = self.items[before] if before >= 0 else None
        if number and number.tag == "N" and self._glued(before, at):
            size = self._size(number)
            fits = self.products.having(size) and self.products.fit((*parts, size))
            return _Part(number, (size,), before) if fits else None
        return _Part(self.items[at], parts[:1], at) if self.products.qualifies(parts[0]) else None

    def _glued(self, first: int, last: int) -> bool:
        return all(one.end == two.start for one, two in pairwise(self.items[first : last + 1]))

    def _spreads(self, at: int) -> bool:
        """Whether 各 follows the noun, before anything is counted."""
        for item in self.items[at + 1 :]:
            if self.line.low(item).startswith(EACH):
                return True
            if item.tag in "QMC" or self.line.low(item) == "\n":
                return False
        return False

    def _earlier(self, begin: int, like: Fragment, marks: frozenset[str]) -> _Part | None:
        """The part of the list that ends before this place, behind its mark."""
        at = begin - 1
        marked = False
        while at >= 0 and self.line.low(self.items[at]) in GAPS | marks | SIZE_WORDS:
            marked = marked or self.line.low(self.items[at]) in marks
            at -= 1
        item = self.items[at] if at >= 0 and marked else None
        if item is None or item.tag not in "NP":
            return None
        return _Part(item, (self._size(item, like),) if item.tag == "N" else self._parts(item), at)

    def _fits(self, base: Fragments, kinds: frozenset[str], own: Fragments) -> bool:
        alike = bool(own) and all(self.products.classes(one) == kinds for one in own)
        return alike and all(map(self.products.having, own)) and bool(self.products.fit((*base, *own)))

    def _size(self, item: Item, like: Fragment | None = None) -> Fragment:
        size = Fragment("size", self.line.low(item), item.start, item.end)
        return (self.products.measured(size, like) if like else None) or size

    def _shared(self, listed: Sequence[_Part], base: Fragments) -> list[Item]:
        made = []
        further = tuple(one for one in base if self.products.qualifies(one))
        nouns = tuple(one for one in base if one not in further)
        alone = bool(self.products.fit(nouns))
        for index, part in enumerate(listed):
            # What else is said stands behind the last, as where it is listed, too; with each where the noun needs it.
            rest = further if part is listed[-1] or not alone else ()
            said = (*part.said, *(nouns if not index else ()), *rest)
            words = self.line.raw(part.item.start, part.item.end)
            named = Named("product", self.products.fit(said), said, words)
            made.append(Item("P", part.item.start, part.item.end, named))
        return made
