"""Ranges of sizes: 28到30, M-XL."""

from handlers.understanding.lines.pieces import Piece
from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.vocabulary.lexicon import Lexicon
from handlers.understanding.vocabulary.mentions import Fragment, Fragments, Named


class Ranges:
    """Writes ranges out."""

    def __init__(self, lexicon: Lexicon, products: ProductFinder) -> None:
        self._lexicon = lexicon
        self._products = products

    def written_out(self, pieces: list[Piece]) -> list[Piece]:
        """28到30: the sizes between, in the order of the catalogue."""
        out: list[Piece] = []
        at = 0
        while at < len(pieces):
            between = pieces[at + 1] if at + 2 < len(pieces) else None
            if between and between.kind == "to" and pieces[at].named and pieces[at + 2].named:
                made = self._between(pieces[at], pieces[at + 2])
                if made:
                    out += made
                    at += 3
                    continue
            out.append(pieces[at])
            at += 1
        return [piece for piece in out if piece.kind != "to"]

    def _between(self, first: Piece, last: Piece) -> list[Piece]:
        assert first.named  # noqa: S101 - checked by the caller
        assert last.named  # noqa: S101
        start, end = (
            self._products.decomposed(first.named.fragments),
            self._products.decomposed(last.named.fragments),
        )
        if (
            len(end) != 1
            or not start
            or not self._products.classes(end[0]) & self._products.classes(start[-1])
        ):
            return []
        base = start[:-1]
        values = self._values(base, self._products.classes(end[0]))
        words = [self._value(start[-1]), self._value(end[0])]
        if any(word not in values for word in words):
            return [self._unknown(first, last)]
        chosen = values[values.index(words[0]) : values.index(words[1]) + 1]
        sizes = [self._sized(value, first, last) for value in chosen]
        said = [(*base, sizes[0]), *((size,) for size in sizes[1:])]
        return [self._of(fragments, first.start, last.end) for fragments in said]

    def _of(self, fragments: Fragments, start: int, end: int) -> Piece:
        words = self._products.spelled(fragments)
        return Piece("P", start, end, named=Named("product", self._products.fit(fragments), fragments, words))

    def _value(self, fragment: Fragment) -> str:
        """A value without the word for its kind (30码)."""
        word = (
            fragment.word[:-1] if len(fragment.word) > 1 and fragment.word[-1] in "码号色" else fragment.word
        )
        return self._spell(word)

    def _sized(self, value: str, first: Piece, last: Piece) -> Fragment:
        return Fragment("size" if value.isdigit() else "option", value, first.start, last.end)

    def _unknown(self, first: Piece, last: Piece) -> Piece:
        words = f"{first.named.words}到{last.named.words}" if first.named and last.named else ""
        return Piece("P", first.start, last.end, named=Named("product", frozenset(), (), words))

    def _values(self, base: Fragments, keys: frozenset[str]) -> list[str]:
        """The values of an option in the order of the catalogue, for products that fit `base`."""
        entries = sorted(self._products.fit(base)) if base else range(len(self._lexicon.goods.at))
        options = self._lexicon.goods.options
        found = [options[entry][key] for entry in entries for key in keys if key in options[entry]]
        return list(dict.fromkeys(self._spell(value) for value in found))

    def _spell(self, value: str) -> str:
        spelled = self._lexicon.alphabet.spell(value)
        return spelled if spelled.isdigit() else value
