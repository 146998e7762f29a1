"""From what a row says to a line: which product, in which unit, at which price, and what must be asked."""

import re
from dataclasses import replace
from datetime import date

from handlers.understanding.lines.measuring import Asked, Measure
from handlers.understanding.normalise.text import fold, read_text
from handlers.understanding.readings.creating import OrderReader
from handlers.understanding.readings.sheets.measures import Measures, contradict, measures
from handlers.understanding.readings.sheets.wishes import Wish
from handlers.understanding.spans.items import Item, Line
from handlers.understanding.spans.scan import Scanner
from handlers.understanding.values.money import Money
from handlers.understanding.values.numerals import Number
from handlers.understanding.vocabulary.lexicon import Lexicon
from handlers.understanding.vocabulary.mentions import Fragment, Named
from handlers.understanding.vocabulary.words import OTHERS

_ANY_DAY = date(2000, 1, 1)
_NOBODY: frozenset[int] = frozenset()
_DENIES = frozenset("不 不要 不是 不用 别 没 没有 未 无 非".split())
_SERIAL = re.compile(r"^\d{1,3}\s*[、.)]\s*(?=\D)")
_LONGEST = 100
"""A longer description names no product."""


class Matcher:
    """Finds the products of rows; what was found for the same words before is remembered."""

    def __init__(self, lexicon: Lexicon, scanner: Scanner, orders: OrderReader) -> None:
        self._products = lexicon.products
        self._lexicon = lexicon
        self._scanner = scanner
        self._orders = orders
        self._measure = Measure(lexicon)
        self._found: dict[str, Named] = {}
        self._measured: dict[int, Measures] = {}

    def forget(self) -> None:
        """Let go of what was remembered: words of tables come without end."""
        self._found.clear()
        self._measured.clear()

    def lines(self, wish: Wish) -> list[Asked]:
        """The lines of a row: one for each unit it counts in."""
        said = self._meant(wish)
        unknown = wish.words if wish.goods or wish.code else ""
        made = [self._measure.asked(said.entries, unknown, count) for count in wish.counts]
        return [replace(self._marked(asked, wish), said=said) for asked in made]

    def _marked(self, asked: Asked, wish: Wish) -> Asked:
        line = replace(asked.line, gift=wish.gift)
        if wish.price and wish.price.value is not None:
            money = Money(0, 0, wish.price.value, wish.price.unit)
            line = replace(line, price=self._measure.price(asked, money))
        return replace(asked, line=line)

    def _meant(self, wish: Wish) -> Named:
        """The products that a row may mean: all it says of them must fit."""
        coded = self._products.by_code.get(wish.code)
        if not wish.goods:
            named = self._named(wish.code)
            return named if coded is None else replace(named, entries=frozenset({coded}))
        named = self._named(wish.goods)
        if wish.spec and len(named.entries) != 1:
            both = self._named(f"{wish.goods} {wish.spec}")
            named = both if both.entries else named
        entries = named.entries
        if wish.code and coded is None and len(entries) > 1:
            entries = self._named(f"{wish.goods} {wish.code}").entries & entries or entries
        if coded is not None and entries:
            # A code and a name that are not of one thing: nobody but the sender knows which is meant.
            entries = frozenset({coded}) if coded in entries else entries | {coded}
        return replace(named, entries=self._as_measured(entries, wish.spec), words=wish.words)

    def _as_measured(self, entries: frozenset[int], spec: str) -> frozenset[int]:
        """Those of the entries that no measure in a description speaks against."""
        wanted = measures(spec)
        if not wanted:
            return entries
        return frozenset(entry for entry in entries if not contradict(wanted, self._measures(entry)))

    def _measures(self, entry: int) -> Measures:
        known = self._measured.get(entry)
        if known is None:
            product = self._lexicon.product(entry)
            words = " ".join(fold(words) for words in (product.name, *product.aliases, product.spec))
            known = self._measured[entry] = measures(words)
        return known

    def _named(self, words: str) -> Named:
        if words not in self._found:
            self._found[words] = self._fitting(_SERIAL.sub("", words))
        return self._found[words]

    def _fitting(self, words: str) -> Named:
        """The products that words name; where a word among them says something else, none."""
        if not words or len(words) > _LONGEST:
            return Named("product", _NOBODY, (), words)
        spelled = self._scanner.spelled(words)
        whole = self._products.names.find(spelled).exact if spelled else _NOBODY
        if whole:
            return Named("product", whole, (Fragment("name", spelled, 0, len(words)),), words, exact=True)
        line = self._scanner.line(read_text(words), _ANY_DAY)
        found: Named = self._orders.goods(line, words)
        strange = any(one.kind == "unknown" for one in found.fragments)
        if strange or any(self._strange(line, item) for item in line.items):
            return replace(found, entries=_NOBODY)
        return found

    def _strange(self, line: Line, item: Item) -> bool:
        """Whether something in a description is neither goods nor empty of meaning (退, 赠, a customer, 999)."""
        if isinstance(item.value, Number):
            size = Fragment("size", line.low(item), item.start, item.end)
            return not self._scanner.products.having(size)
        return item.tag in "CSW" or (item.tag == "w" and line.low(item) in OTHERS | _DENIES)
