"""Whether a bare number is a size of the goods or a quantity of them."""

from collections.abc import Sequence
from itertools import takewhile

from handlers.understanding.lines.listing import AND, EACH, SIZE_WORDS, Run, Runs
from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.spans.items import Item, Line
from handlers.understanding.values.numerals import Number
from handlers.understanding.vocabulary.mentions import Fragment, Fragments, Named

_TAKES_BACK = ("不要", "不用", "别要", "去掉", "取消", "删", "改", "换")
_TO = frozenset({"到", "至", "-", "~"})
_BETWEEN = SIZE_WORDS | AND


class FigureReader:
    """Reads bare numbers after goods; keeps in mind what has been said of the goods so far."""

    def __init__(self, line: Line, items: Sequence[Item], products: ProductFinder) -> None:
        self._line = line
        self._items = items
        self._products = products
        self._runs = Runs(line, items, products)
        self._said: Fragments = ()
        self._pending = False
        self._sized_by_number = False
        self._quantity_first = False
        self._counted = False

    def named(self, named: Named) -> None:
        """Goods were named: a noun starts afresh, a qualifier adds to it."""
        own = self._products.decomposed(named.fragments)
        if any(not self._products.qualifies(one) for one in own) or not self._said:
            self._said = own
        else:
            decided = frozenset(kind for one in own for kind in self._products.classes(one)) - {"name"}
            self._said = (*(one for one in self._said if not self._products.classes(one) & decided), *own)
        self._pending, self._sized_by_number, self._counted = True, False, False

    def counted(self) -> None:
        """A quantity was said; one more of the same goods changes nothing."""
        self._quantity_first = not self._pending and (self._quantity_first or not self._counted)
        self._pending, self._sized_by_number, self._counted = False, False, True

    def is_size(self, index: int) -> bool:
        """Whether the number at this place is a size."""
        size = self.size(index)
        if self._before_noun(index, size):
            return True
        if not self._said:
            return self._strange(index)
        if not self._fits(size):
            return self._strange(index)
        if self._word(index + 1) in SIZE_WORDS or self._listed(index):
            sized = True
        elif self._sized_by_number:
            sized = False
        elif self._counted_next(index):
            sized = True
        else:
            sized = self._pending and (self._narrows(size) or self._quantity_first)
        if sized:
            self._take(size)
        return sized

    def size(self, index: int) -> Fragment:
        """The number as a size; numerals stand for digits before 码 and 号 only."""
        item = self._items[index]
        word = self._line.low(item)
        if self._word(index + 1) in {"码", "号"} and isinstance(item.value, Number):
            word = f"{item.value.value:f}"
        size = Fragment("size", word, item.start, item.end)
        tail = self._runs.at(index).tail if item.tag == "N" else None
        return (self._products.measured(size, tail) if tail else None) or size

    def fits(self, index: int) -> bool:
        """Whether the goods said last come in a size of this number."""
        return bool(self._said) and self._fits(self.size(index))

    def _before_noun(self, index: int, size: Fragment) -> bool:
        """25的弯头30个: the size stands before the goods."""
        at = index + 2 if self._word(index + 1) == "的" else index + 1
        noun = self._items[at] if at < len(self._items) else None
        if noun is None or noun.tag not in "Pr" or self._items[at - 1].end != noun.start:
            return False
        before = next((item for item in reversed(self._items[:index]) if item.tag != "s"), None)
        counts = self._counted_next(at) or self._each_next(at) or (before and before.tag == "Q")
        if at == index + 1 and not counts:
            return False
        fragments = noun.named.fragments or (Fragment("name", self._line.low(noun), noun.start, noun.end),)
        if at == index + 1 and self._products.sized_before(noun.named, fragments):
            return True
        return bool(self._products.having(size)) and bool(self._products.fit((*fragments, size)))

    def _take(self, size: Fragment) -> None:
        kept = tuple(
            one for one in self._said if not self._products.classes(one) & self._products.classes(size)
        )
        self._said = (*kept, size)
        self._pending = self._sized_by_number = True

    def _fits(self, size: Fragment) -> bool:
        decided = self._products.classes(size)
        kept = [one for one in self._said if not self._products.classes(one) & decided]
        known = [one for one in kept if one.kind != "unknown"]
        return bool(known and self._products.having(size)) and bool(self._products.fit((*known, size)))

    def _narrows(self, size: Fragment) -> bool:
        before, after = self._products.fit(self._said), self._products.fit((*self._said, size))
        return bool(after) and after < before

    def _strange(self, index: int) -> bool:
        """A number between goods and their quantity is a size, though they do not come in it."""
        last = next((item for item in reversed(self._items[:index]) if item.tag != "s"), None)
        following = next((item for item in self._items[index + 1 :] if item.tag != "s"), None)
        here = self._items[index]
        if not (self._pending and last and last.tag in "Pr" and following and following.tag == "Q"):
            return False
        return last.end == here.start or here.end != following.start

    def _word(self, index: int) -> str:
        return self._line.low(self._items[index]) if index < len(self._items) else ""

    def _spreads(self, index: int) -> bool:
        """Whether a list or range of sizes goes on to 各."""
        for item in self._items[index + 1 :]:
            words = self._line.low(item)
            if item.tag in "Ns" or words in _TO or words in _BETWEEN:
                continue
            return words.startswith(EACH)
        return False

    def _one_of(self, index: int) -> bool:
        """Whether a number is one of a list of sizes: 28、29、30码, 28 29 30 4条, 28、29 深蓝各4条."""
        run = self._runs.at(index)
        words = run.numbers(self._line, self._items)
        if len(set(words)) < len(words) or not all(self._fits(self.size(at)) for at in run.places):
            return False
        if len(words) < 2:
            return self._late(run)
        ordered = run.marked or sorted(words, key=float) == words
        if run.tail:
            in_full = self._line.text.low[run.tail.start].isdigit()
            return run.marked or (in_full and (ordered or self._late(run) or self._closed(run)))
        return self._closed(run) or self._late(run) or (ordered and self._counts(run))

    def _closed(self, run: Run) -> bool:
        """Whether a word for sizes ends the run, or 各 behind what else tells the goods apart."""
        if self._word(run.end) in {"码", "号"}:
            return True
        for item in self._items[run.end :]:
            qualifies = item.tag == "P" and all(map(self._products.qualifies, item.named.fragments))
            if item.tag not in "sN" and self._line.low(item) not in _BETWEEN and not qualifies:
                return self._line.low(item).startswith(EACH)
        return False

    def _late(self, run: Run) -> bool:
        """Whether the run says last which sizes an 各 was of (黑色各2双 36 37)."""
        said = [at for at, item in enumerate(self._items[: run.places[0]]) if item.tag != "s"]
        counted = bool(said) and self._items[said[-1]].tag in "QN" and self._runs.follows_each(said[-1])
        after = next((item for item in self._items[run.end :] if self._line.low(item) != " "), None)
        return counted and not (after and after.tag in "QN")

    def _counts(self, run: Run) -> bool:
        """Whether a quantity follows the run."""
        after = next((item for item in self._items[run.end :] if item.tag != "s"), None)
        return after is not None and after.tag == "Q"

    def _listed(self, index: int) -> bool:
        """Whether a number is one of several sizes (26 27 28 2 2 3, 26 27各2), or what is taken back (41不要了)."""
        if self._spreads(index) or self._one_of(index) or self._word(index + 1).startswith(_TAKES_BACK):
            return True
        first, last = index, index
        while first and self._items[first - 1].tag in "Ns":
            first -= 1
        while last + 1 < len(self._items) and self._items[last + 1].tag in "Ns":
            last += 1
        run = [at for at in range(first, last + 1) if self._items[at].tag == "N"]
        sizes = list(takewhile(lambda at: self._fits(self.size(at)), run))
        return len(sizes) > 1 and len(run) == 2 * len(sizes) and index in sizes

    def _each_next(self, index: int) -> bool:
        """Whether 各 follows before anything is counted (36帆布鞋白、黑各2双)."""
        for item in self._items[index + 1 :]:
            if item.tag in "QNMC" or self._line.low(item) == "\n":
                return False
            if self._line.low(item).startswith(EACH):
                return True
        return False

    def _counted_next(self, index: int) -> bool:
        """Whether another number follows before other goods; what only qualifies these is none."""
        for item in self._items[index + 1 :]:
            if item.tag in "QN":
                return True
            if item.tag == "P" and self._adds(item.named):
                continue
            if item.tag in "PrC" or self._line.low(item) == "\n":
                return False
        return False

    def _adds(self, named: Named) -> bool:
        """Whether words only say more of the goods, nothing that was said of them already."""
        said = frozenset(kind for one in self._said for kind in self._products.classes(one))
        own = self._products.decomposed(named.fragments)
        return all(self._products.qualifies(one) and not self._products.classes(one) & said for one in own)
