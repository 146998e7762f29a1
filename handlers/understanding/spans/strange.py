"""Words in the shape of a size, a colour or a kind, told by how the catalogue names its goods."""

import re
from collections.abc import Iterable, Iterator

from handlers.understanding.spans.qualities import MEASURES
from handlers.understanding.spans.span import Span
from handlers.understanding.vocabulary.atoms import ATOM
from handlers.understanding.vocabulary.cells import UNKNOWN
from handlers.understanding.vocabulary.colours import colours
from handlers.understanding.vocabulary.lexicon import APART, Lexicon
from handlers.understanding.vocabulary.words import UNITS, WORDS

_PACKED = re.compile(r"(?<![\d一二两三四五六七八九十百千半几每各])[瓶罐听桶袋盒杯箱包](?=的)")
_WORN = re.compile(r"(?:加大|特大|[大中小均])码")
_PAIR = re.compile(r"(?<![\d./])\d{1,4}/\d{1,4}(?![\d./])")


class Strange:
    """Finds such words; what no product has must not be overheard."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._alphabet = lexicon.alphabet
        self._names = lexicon.products.names
        self._options = lexicon.goods.by_option
        described = "\n".join(lexicon.products.blobs)
        self._slashed = bool(re.search(f"{ATOM}/{ATOM}", described))
        self._measures = _measures(lexicon, described)

    def find(self, low: str) -> Iterator[Span]:
        """All such spans of a line."""
        yield from self._colours(low)
        yield from self._worn(low)
        yield from self._packed(low)
        yield from self._paired(low)
        yield from self._measured(low)

    def _paired(self, low: str) -> Iterator[Span]:
        """60/70 where the catalogue has such sizes: one that no product has is no quantity either."""
        for match in _PAIR.finditer(low) if self._slashed else ():
            yield Span("r", match.start(), match.end(), 2.0)

    def _measured(self, low: str) -> Iterator[Span]:
        """6平方 where the catalogue has such measures but not this one: a size that no product has."""
        for match in self._measures.finditer(low) if self._measures else ():
            number = self._alphabet.chars.get(match["number"], UNKNOWN)
            if not self._names.knows(number + match["measure"]):
                yield Span("r", match.start(), match.end(), 1.0)

    def _packed(self, low: str) -> Iterator[Span]:
        """桶的 is 桶装, where some product is named so and nothing counts it."""
        for match in _PACKED.finditer(low):
            word = match[0] + "装"
            if self._names.knows(word):
                kinds = frozenset({"product"})
                yield Span("A", match.start(), match.end(), 1.2, None, word, kinds)

    def _worn(self, low: str) -> Iterator[Span]:
        """均码, 大码 where the sizes are called otherwise."""
        for match in _WORN.finditer(low):
            if match[0] not in self._options:
                yield Span("r", match.start(), match.end(), 1.0)

    def _colours(self, low: str) -> Iterator[Span]:
        """Colours that no product has: never to be overheard."""
        for start, end in colours(low):
            yield Span("r", start, end, 2.0)


def _measures(lexicon: Lexicon, described: str) -> re.Pattern[str] | None:
    """Numbers with the measures by which products are named (平方, 寸, 页), but for those that count."""
    taken = {"号", *lexicon.units, *lexicon.goods.by_option}
    known = [one for one in MEASURES if one not in taken]
    used = set(re.findall(f"{ATOM}({_any_of(known)})", described)) if known else set()
    runs = lexicon.alphabet.runs
    last = re.findall(rf"({ATOM})([\u4e00-\u9fff])(?![^{APART}\n])", described)
    used |= {measure for atom, measure in last if runs[atom].isdigit()} - taken - UNITS - WORDS
    if not used:
        return None
    return re.compile(rf"(?<![\d.])(?P<number>\d+(?:\.\d+)?)(?P<measure>{_any_of(used)})")


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))
