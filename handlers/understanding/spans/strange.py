"""Words in the shape of a size, a colour or a kind, told by how the catalogue names its goods."""

import re
from collections.abc import Iterator

from handlers.understanding.spans.qualities import MEASURES
from handlers.understanding.spans.span import Span
from handlers.understanding.vocabulary.atoms import is_atom
from handlers.understanding.vocabulary.cells import UNKNOWN
from handlers.understanding.vocabulary.colours import COLOUR
from handlers.understanding.vocabulary.lexicon import Lexicon

_PACKED = re.compile(r"(?<![\d一二两三四五六七八九十百千半几每各])[瓶罐听桶袋盒杯箱包](?=的)")
_WORN = re.compile(r"(?:加大|特大|[大中小均])码")
_PAIR = re.compile(r"(?<![\d./])\d{1,4}/\d{1,4}(?![\d./])")


class Strange:
    """Finds such words; what no product has must not be overheard."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._alphabet = lexicon.alphabet
        self._names = lexicon.products.names
        self._options = lexicon.goods.by_option
        self._slashed = any(
            is_atom(before) and is_atom(after)
            for blob in lexicon.products.blobs
            for before, mark, after in zip(blob, blob[1:], blob[2:], strict=False)
            if mark == "/"
        )
        self._measures = _measures(lexicon)

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
        for match in COLOUR.finditer(low):
            yield Span("r", match.start(), match.end(), 2.0)


def _measures(lexicon: Lexicon) -> re.Pattern[str] | None:
    """Numbers with the measures by which products are named (平方, 寸), but for those that count."""
    taken = {"号", *lexicon.units, *lexicon.goods.by_option}
    known = [one for one in MEASURES if one not in taken]
    used = {one for blob in lexicon.products.blobs for one in known if _follows_number(blob, one)}
    if not used:
        return None
    return re.compile(
        rf"(?<![\d.])(?P<number>\d+(?:\.\d+)?)(?P<measure>{'|'.join(sorted(used, key=len, reverse=True))})"
    )


def _follows_number(blob: str, measure: str) -> bool:
    at = blob.find(measure, 1)
    return at > 0 and is_atom(blob[at - 1])
