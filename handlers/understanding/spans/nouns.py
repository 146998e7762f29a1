"""Stretches of a line that are names, or parts of names, of what the catalogue holds."""

import re
from collections.abc import Iterator, Mapping, Sequence

from handlers.understanding.spans.qualities import MEASURES
from handlers.understanding.spans.span import Span
from handlers.understanding.values.numerals import NUMERALS
from handlers.understanding.vocabulary.atoms import is_atom
from handlers.understanding.vocabulary.cells import SEPARATORS, UNKNOWN, Cells
from handlers.understanding.vocabulary.lexicon import Kind, Lexicon
from handlers.understanding.vocabulary.phrases import CONTAINED, EXACT, PREFIX, Phrases

_GAPS = frozenset(" ()-·")
_AMOUNT = re.compile(r"半|\d+(?:\.\d+)?|[一二两三四五六七八九十百千]+")
_FIGURES = frozenset("0123456789半一二两三四五六七八九十百千")
_COSTS = (1.7, 1.3, 0.9)
_SPLIT = 0.5
"""What it costs to end a name within a measure (2.5平|方)."""
_MEASURES = frozenset(MEASURES)
_PRODUCT = frozenset({"product"})
_NONE: frozenset[str] = frozenset()


class NounFinder:
    """Finds names with the help of a lexicon."""

    def __init__(self, lexicon: Lexicon, units: frozenset[str]) -> None:
        self._lines = lexicon.goods.lines
        self._options = lexicon.goods.by_option
        self._longest_line = max(map(len, self._lines), default=0)
        self._units = units
        self._amounts = units - (_MEASURES - lexicon.units)
        self._lengths = sorted({len(unit) for unit in units})
        self._kinds = lexicon.kinds
        self._beginnings = _beginnings(self._kinds)
        self._only = {name: frozenset({name}) for name in self._kinds}

    def find(self, low: str, cells: Cells) -> Iterator[Span]:
        """All of them in a line."""
        yield from self._names(low, cells)
        yield from self._product_lines(cells)
        yield from self._codes(cells)

    def unit_at(self, low: str, at: int) -> bool:
        """Whether a unit stands here."""
        return any(low[at : at + length] in self._units for length in self._lengths)

    def _names(self, low: str, cells: Cells) -> Iterator[Span]:
        """Words of names; what the catalogue writes without a gap may be said with one where it is a whole name."""
        places = [at for at, atom in enumerate(cells.atoms) if atom not in _GAPS]
        atoms = "".join([cells.atoms[at] for at in places])
        beginnings = self._beginnings
        for first, begin in enumerate(places):
            char = atoms[first]
            if char == UNKNOWN or char in SEPARATORS:
                continue
            reached: dict[int, list[str]] = {}
            for name, _ in beginnings.get(char, ()):
                reached.setdefault(first + 1, []).append(name)
            for name, phrases in beginnings.get(atoms[first : first + 2], ()):
                for last in phrases.reach(atoms, first):
                    reached.setdefault(last, []).append(name)
            for last, kinds in reached.items():
                end = places[last - 1] + 1
                span = self._name(low, cells, (begin, end), atoms[first:last], kinds)
                if span and (end - begin == last - first or span.exact):
                    yield span

    def _name(
        self, low: str, cells: Cells, place: tuple[int, int], word: str, kinds: Sequence[str]
    ) -> Span | None:
        begin, end = place
        start, stop = cells.starts[begin], cells.starts[end]
        last = cells.runs[end - 1]
        figure = last in NUMERALS or last.replace(".", "").isdigit()
        if len(word) == 1 and figure and last not in NUMERALS:
            return self._article(low, word, start, stop)
        if figure and self.unit_at(low, stop):
            return None
        if "product" in kinds and self._cuts_option(word):
            kinds = [name for name in kinds if name != "product"]
        steps = [self._kinds[name].names.phrases.step(word) for name in kinds]
        step = max(steps, default=-1)
        if step < 0 or (step < EXACT and self._is_no_name(low, word, start, stop, step)):
            return None
        counted = "product" not in kinds or low[start] in _FIGURES
        if step == CONTAINED and counted and self._behind_amount(low, start):
            return None
        exact = (
            frozenset(name for name, own in zip(kinds, steps, strict=True) if own == EXACT)
            if step == EXACT
            else _NONE
        )
        all_kinds = self._only[kinds[0]] if len(kinds) == 1 else frozenset(kinds)
        cost = _COSTS[step] + (_SPLIT if low[stop - 1 : stop + 1] in _MEASURES else 0)
        return Span("A", start, stop, cost, None, word, all_kinds, exact)

    def _cuts_option(self, word: str) -> bool:
        """红36 within 酒红 36, where 红 is an option of its own."""
        begins = next((word[:end] for end in range(len(word) - 1, 0, -1) if word[:end] in self._options), "")
        return bool(begins) and not self._kinds["product"].names.find(word).all <= self._options[begins]

    def _is_no_name(self, low: str, word: str, start: int, stop: int, step: int) -> bool:
        """Whether a part of a name is rather something else.

        A single character that is no run of letters; an amount (五件, though a name may begin so: 五件衣橱); behind
        a number a unit, within whatever name it may also stand (3提抽纸 in 一提抽纸).
        """
        if len(word) == 1 and not is_atom(word):
            return True
        if low[start] in _FIGURES:
            match = _AMOUNT.match(low, start, stop)
            if match and low[match.end() : stop] in self._amounts:
                return True
        if low[start].isdigit() and low[start - 1 : start] == ".":
            return True
        if step == PREFIX:
            return False
        before = low[start - 1 : start] if low[start - 1 : start] != " " else low[start - 2 : start - 1]
        return before in _FIGURES and self.unit_at(low, start)

    def _behind_amount(self, low: str, start: int) -> bool:
        """Whether an amount ends here: it counts goods, no customer (五件件衣橱), and may go on itself (六袋半菜油)."""
        return any(
            low[start - length : start] in self._units and low[start - length - 1] in _FIGURES
            for length in self._lengths
            if length < start
        )

    def _article(self, low: str, word: str, start: int, stop: int) -> Span | None:
        """An article number, where it is the whole name of a product and counts nothing."""
        named = self._kinds["product"].names.is_phrase(word)
        if stop - start < 3 or self.unit_at(low, stop) or not named:
            return None
        return Span("A", start, stop, 1.0, None, word, _PRODUCT, _PRODUCT)

    def _product_lines(self, cells: Cells) -> Iterator[Span]:
        for begin in range(len(cells.runs)):
            for end in range(begin + 2, min(begin + self._longest_line, len(cells.runs)) + 1):
                word = cells.atoms[begin:end]
                if word in self._lines:
                    yield Span("A", cells.starts[begin], cells.starts[end], 1.3, None, word, _PRODUCT)

    def _codes(self, cells: Cells) -> Iterator[Span]:
        """Entries called by their codes."""
        for begin, run in enumerate(cells.runs):
            for name in ("product", "customer") if len(run) > 2 and not run.isdigit() else ():
                entry = self._kinds[name].by_code.get(run)
                if entry is not None:
                    kinds = self._only[name]
                    start, end = cells.starts[begin], cells.starts[begin + 1]
                    yield Span("A", start, end, 1.0, None, run, kinds, kinds, frozenset({entry}))


def _beginnings(kinds: Mapping[str, Kind]) -> Mapping[str, Sequence[tuple[str, Phrases]]]:
    """Which kinds have names with these two characters side by side, or with this one as a word by itself."""
    found: dict[str, list[tuple[str, Phrases]]] = {}
    for name, kind in kinds.items():
        for key in kind.names.phrases.words():
            found.setdefault(key, []).append((name, kind.names.phrases))
    return found
