"""Every stretch of a line that may mean something by itself, before deciding which of them do."""

import re
from collections.abc import Iterator
from datetime import date

from handlers.understanding.spans.qualities import MEASURES
from handlers.understanding.spans.span import Span
from handlers.understanding.spans.strange import Strange
from handlers.understanding.spans.unlikely import UnlikelyDays
from handlers.understanding.values.asides import asides
from handlers.understanding.values.clock import clocks
from handlers.understanding.values.days import days
from handlers.understanding.values.money import MoneyReader
from handlers.understanding.values.numerals import NUMERALS, numbers
from handlers.understanding.values.refs import orders_said
from handlers.understanding.vocabulary.atoms import is_atom
from handlers.understanding.vocabulary.cells import UNKNOWN, CellReader, Cells
from handlers.understanding.vocabulary.lexicon import Lexicon
from handlers.understanding.vocabulary.words import UNITS, WORDS

_SEPARATORS = frozenset(" \t\n,.;:、。!?~-_/|()[]{}<>\"'…·+&=")
_COUNTING = frozenset("0123456789一二两三四五六七八九十百千万零半几多来余每各整个哪少 \t\n/|x:,、")
_SPLIT = 0.5  # what it costs to end a name within a measure (2.5平|方)
_LONGEST_WORD = max(len(word) for word in WORDS)


class SpanFinder:
    """Finds spans in lines with the help of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.units = lexicon.units | (UNITS - lexicon.goods.by_option.keys())
        self._strange = Strange(lexicon)
        self._unlikely = UnlikelyDays(lexicon, self._unit_at)
        self._longest_unit = max(len(unit) for unit in self.units)
        self._cells = CellReader(lexicon.alphabet, self.is_size, lexicon.units)
        self._money = MoneyReader(self.units)
        self._kinds = lexicon.kinds

    def is_size(self, run: str) -> bool:
        """Whether some product is told apart by this run of letters and digits."""
        return run in self._lexicon.goods.by_size

    def cells(self, low: str) -> Cells:
        """The line as atoms."""
        return self._cells.read(low)

    def find(self, low: str, cells: Cells, today: date) -> list[Span]:
        """All spans of a line."""
        found = list(self._general(low, today))
        found += self._words(low)
        found += self._names(low, cells)
        found += self._sizes(cells)
        found += self._lines(cells)
        found += self._codes(cells)
        found += self._gaps(low)
        found += self._strange.find(low)
        edges = set(cells.starts)
        return [span for span in found if span.start in edges and span.end in edges]

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
            if not self._is_article(low, money.start):
                yield Span("M", money.start, money.end, 1.3, money)
        for start, end in asides(low):
            if not (low[start] in self._lexicon.goods.by_option and low[start + 1].isascii()):
                yield Span("w", start, end, 1.15)
        for order in orders_said(low):
            yield Span("O", order.start, order.end, 1.1, order)

    def _is_article(self, low: str, start: int) -> bool:
        """Whether a style number stands here (8801一手 is no price)."""
        digits = re.match(r"\d+", low[start:])
        char = self._lexicon.alphabet.chars.get(digits[0]) if digits else None
        return char in self._lexicon.goods.articles

    def _may_count(self, low: str, at: int) -> bool:
        """Whether a unit may stand here: behind a number or a gap, not within a word."""
        return at == 0 or low[at - 1] in _COUNTING

    def _words(self, low: str) -> Iterator[Span]:
        for start in range(len(low)):
            for length in range(1, min(_LONGEST_WORD, len(low) - start) + 1):
                word = low[start : start + length]
                if word in WORDS or self._contact(word):
                    yield Span("w", start, start + length, 1.5 if length == 1 else 1.2)
                if length <= self._longest_unit and word in self.units and self._may_count(low, start):
                    yield Span("U", start, start + length, 1.4)

    def _contact(self, word: str) -> bool:
        """Whether somebody of a customer is called so, whom no customer is named after."""
        return word in self._lexicon.contacts and not self._lexicon.customers.names.begins(word)

    def _names(self, low: str, cells: Cells) -> Iterator[Span]:
        for begin, atom in enumerate(cells.atoms):
            if atom == UNKNOWN or atom in _SEPARATORS:
                continue
            reached: dict[int, set[str]] = {}
            for name, kind in self._kinds.items():
                for end in kind.names.reach(cells.atoms, begin):
                    reached.setdefault(end, set()).add(name)
            for end, kinds in reached.items():
                span = self._name(low, cells, begin, end, kinds)
                if span:
                    yield span

    def _name(self, low: str, cells: Cells, begin: int, end: int, kinds: set[str]) -> Span | None:
        word = cells.atoms[begin:end]
        start, stop = cells.starts[begin], cells.starts[end]
        if end - begin == 1 and cells.runs[begin].replace(".", "").isdigit():
            return self._article(low, word, start, stop)
        if end - begin == 1 and not self._said_alone(word, kinds):
            return None
        last = cells.runs[end - 1]
        if (last in NUMERALS or last.replace(".", "").isdigit()) and self._unit_at(low, stop):
            return None
        if "product" in kinds and self._cuts_option(word):
            kinds = kinds - {"product"}
            if not kinds:
                return None
        exact = frozenset(kind for kind in kinds if self._kinds[kind].names.is_phrase(word))
        cost = 0.9 if exact else 1.3 if any(self._kinds[kind].names.begins(word) for kind in kinds) else 1.7
        cost += _SPLIT if low[stop - 1 : stop + 1] in MEASURES else 0
        return Span("A", start, stop, cost, None, word, frozenset(kinds), exact)

    def _cuts_option(self, word: str) -> bool:
        """红36 within 酒红 36, where 红 is an option of its own."""
        options = self._lexicon.goods.by_option
        begins = next((word[:end] for end in range(len(word) - 1, 0, -1) if word[:end] in options), "")
        return bool(begins) and not self._kinds["product"].names.find(word).all <= options[begins]

    def _article(self, low: str, word: str, start: int, stop: int) -> Span | None:
        """An article number, where it is the whole name of a product and counts nothing."""
        product = self._kinds["product"].names
        if stop - start < 3 or self._unit_at(low, stop) or not product.is_phrase(word):
            return None
        return Span("A", start, stop, 1.0, None, word, frozenset({"product"}), frozenset({"product"}))

    def _said_alone(self, word: str, kinds: set[str]) -> bool:
        """A single atom is a name only where it is letters, or a whole phrase."""
        return is_atom(word) or any(self._kinds[kind].names.is_phrase(word) for kind in kinds)

    def _unit_at(self, low: str, at: int) -> bool:
        return any(low[at : at + length] in self.units for length in range(1, self._longest_unit + 1))

    def _sizes(self, cells: Cells) -> Iterator[Span]:
        options = self._lexicon.goods.by_option
        for begin, run in enumerate(cells.runs):
            letters = run[0].isascii() and run[0].isalnum()
            if letters and self.is_size(run) and not run.replace(".", "").isdigit():
                yield Span("Z", cells.starts[begin], cells.starts[begin + 1], 1.1, None, run)
        longest = max(map(len, options), default=0)
        for begin in range(len(cells.runs)):
            for end in range(begin + 1, min(begin + longest, len(cells.runs)) + 1):
                word = cells.atoms[begin:end]
                if word in options and not (end - begin == 1 and cells.runs[begin].isdigit()):
                    yield Span(
                        "Z", cells.starts[begin], cells.starts[end], 0.7, None, word, frozenset({"option"})
                    )

    def _codes(self, cells: Cells) -> Iterator[Span]:
        """Entries called by their codes."""
        for begin, run in enumerate(cells.runs):
            for name in ("product", "customer"):
                entry = self._kinds[name].by_code.get(run) if len(run) > 2 and not run.isdigit() else None
                if entry is not None:
                    kinds = frozenset({name})
                    start, end = cells.starts[begin], cells.starts[begin + 1]
                    yield Span("A", start, end, 1.0, None, run, kinds, kinds, frozenset({entry}))

    def _lines(self, cells: Cells) -> Iterator[Span]:
        lines = self._lexicon.goods.lines
        longest = max(map(len, lines), default=0)
        for begin in range(len(cells.runs)):
            for end in range(begin + 2, min(begin + longest, len(cells.runs)) + 1):
                word = cells.atoms[begin:end]
                if word in lines:
                    yield Span(
                        "A", cells.starts[begin], cells.starts[end], 1.3, None, word, frozenset({"product"})
                    )

    def _gaps(self, low: str) -> Iterator[Span]:
        for at, char in enumerate(low):
            if char in _SEPARATORS or (char == "x" and low[at + 1 : at + 2].isdigit()):
                yield Span("s", at, at + 1, 0.5)
