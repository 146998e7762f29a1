"""Every stretch of a line that may mean something by itself, before deciding which of them do."""

import re
from collections.abc import Iterator
from datetime import date

from handlers.understanding.spans.nouns import NounFinder
from handlers.understanding.spans.span import Span
from handlers.understanding.spans.strange import Strange
from handlers.understanding.spans.unlikely import UnlikelyDays
from handlers.understanding.values.asides import asides
from handlers.understanding.values.clock import clocks
from handlers.understanding.values.days import days
from handlers.understanding.values.money import Money, MoneyReader
from handlers.understanding.values.numerals import numbers
from handlers.understanding.values.refs import orders_said
from handlers.understanding.vocabulary.cells import SEPARATORS, CellReader, Cells
from handlers.understanding.vocabulary.lexicon import Lexicon
from handlers.understanding.vocabulary.words import UNITS, WORDS

_COUNTING = frozenset("0123456789一二两三四五六七八九十百千万零半几多来余每各整个哪少 \t\n/|x:,、")
_FIGURES = frozenset("0123456789一二两三四五六七八九十百千万")
_TIMES = re.compile(r" ?(?:\d|[一二两三四五六七八九十百半])")
_LONGEST_WORD = max(len(word) for word in WORDS)


class SpanFinder:
    """Finds spans in lines with the help of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.units = lexicon.units | (UNITS - lexicon.goods.by_option.keys())
        self._strange = Strange(lexicon)
        self._longest_unit = max(len(unit) for unit in self.units)
        self._nouns = NounFinder(lexicon, self.units)
        self._unlikely = UnlikelyDays(lexicon, self._nouns.unit_at)
        self._cells = CellReader(lexicon.alphabet, lexicon.goods.by_size, lexicon.units)
        self._money = MoneyReader(self.units)
        self._longest_option = max(map(len, lexicon.goods.by_option), default=0)

    def _is_size(self, run: str) -> bool:
        """Whether some product is told apart by this run of letters and digits."""
        return run in self._lexicon.goods.by_size

    def cells(self, low: str) -> Cells:
        """The line as atoms."""
        return self._cells.read(low)

    def find(self, low: str, cells: Cells, today: date) -> list[Span]:
        """All spans of a line."""
        found = list(self._general(low, today))
        found += self._words(low)
        found += self._nouns.find(low, cells)
        found += self._sizes(cells)
        found += self._gaps(low)
        found += self._strange.find(low)
        edges = set(cells.starts)
        return [span for span in _uncut(found) if span.start in edges and span.end in edges]

    def _general(self, low: str, today: date) -> Iterator[Span]:
        for one in numbers(low):
            yield Span("N", one.start, one.end, 1.5, one)
        for day in days(low, today):
            if not self._unlikely.holds(low, day):
                yield Span("D", day.start, day.end, 1.2, day)
        for clock in clocks(low):
            tag = "T" if clock.period else "K" if clock.at else "L"
            yield Span(tag, clock.start, clock.end, 1.2 if tag == "T" else 1.4, clock)
        for money in self._money.find(low):
            if money.led or not self._is_article(money):
                yield Span("M", money.start, money.end, 1.3, money)
        for start, end in asides(low):
            if not (low[start] in self._lexicon.goods.by_option and low[start + 1].isascii()):
                yield Span("w", start, end, 1.15)
        for order in orders_said(low):
            yield Span("O", order.start, order.end, 1.1, order)

    def _is_article(self, money: Money) -> bool:
        """Whether the number of a sum is rather what some product is called (1件 6633 浅蓝, 8801一手)."""
        number = f"{money.value:f}"
        char = self._lexicon.alphabet.chars.get(number) if len(number) > 2 else None
        return char in self._lexicon.goods.articles

    def _may_count(self, low: str, at: int) -> bool:
        """Whether a unit may stand here: behind a number or a gap, not within a word."""
        return at == 0 or low[at - 1] in _COUNTING

    def _words(self, low: str) -> Iterator[Span]:
        for start in range(len(low)):
            for length in range(1, min(_LONGEST_WORD, len(low) - start) + 1):
                word = low[start : start + length]
                if (word in WORDS or self._contact(word)) and not self._loose(low, start, word):
                    yield Span("w", start, start + length, 1.5 if length == 1 else 1.2)
                if length <= self._longest_unit and word in self.units and self._may_count(low, start):
                    yield Span("U", start, start + length, 1.4)

    def _loose(self, low: str, start: int, word: str) -> bool:
        """Whether 来个 is rather the end of a loose amount (20来个)."""
        return word[0] == "来" and word[1:] in self.units and low[start - 1 : start] in _FIGURES

    def _contact(self, word: str) -> bool:
        """Whether somebody of a customer is called so, whom no customer is named after."""
        return word in self._lexicon.contacts and not self._lexicon.customers.names.begins(word)

    def _sizes(self, cells: Cells) -> Iterator[Span]:
        options = self._lexicon.goods.by_option
        for begin, run in enumerate(cells.runs):
            letters = run[0].isascii() and run[0].isalnum()
            torn = begin > 0 and cells.runs[begin - 1] == "."
            if letters and not torn and self._is_size(run) and not run.replace(".", "").isdigit():
                yield Span("Z", cells.starts[begin], cells.starts[begin + 1], 1.1, None, run)
        for begin in range(len(cells.runs)):
            for end in range(begin + 1, min(begin + self._longest_option, len(cells.runs)) + 1):
                word = cells.atoms[begin:end]
                if word in options and not (end - begin == 1 and cells.runs[begin].isdigit()):
                    yield Span(
                        "Z", cells.starts[begin], cells.starts[end], 0.7, None, word, frozenset({"option"})
                    )

    def _gaps(self, low: str) -> Iterator[Span]:
        for at, char in enumerate(low):
            if char in SEPARATORS or (char == "x" and _TIMES.match(low, at + 1)):
                yield Span("s", at, at + 1, 0.5)


def _uncut(found: list[Span]) -> Iterator[Span]:
    """Without orders and sums of money that begin or end within a whole name (1 一提抽纸, M8×30 304 一个)."""
    names = [(span.start, span.end) for span in found if span.exact]
    for span in found:
        cuts = span.tag in "OM" and any(
            first < span.start < last < span.end or span.start < first < span.end < last
            for first, last in names
        )
        if not cuts:
            yield span
