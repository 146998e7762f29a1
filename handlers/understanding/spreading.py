"""One quantity for each of several products: 各, 每色, 每码, and ranges of sizes."""

from collections.abc import Iterator, Sequence
from itertools import product as combinations

from handlers.understanding.goods import Fragment, Fragments, ProductFinder
from handlers.understanding.items import Named
from handlers.understanding.lexicon import Lexicon
from handlers.understanding.pieces import Piece, each_axis


class Spreader:
    """Replaces a matrix said in short by one piece for each of its products."""

    def __init__(self, lexicon: Lexicon, products: ProductFinder) -> None:
        self._lexicon = lexicon
        self._products = products

    def spread(self, pieces: Sequence[Piece]) -> list[Piece]:
        """The pieces with every matrix written out."""
        out = self._ranges(list(pieces))
        for index in range(len(out) - 2, -1, -1):
            if out[index].kind == "each" and out[index + 1].kind == "Q":
                begin = index
                while begin and out[begin - 1].kind == "P":
                    begin -= 1
                made = self._matrix(out[begin:index], each_axis(out[index]), self._noun_before(out[:begin]))
                if made:
                    out[begin:index] = made
        return out

    def _noun_before(self, pieces: Sequence[Piece]) -> Fragments:
        last = next((piece.named for piece in reversed(pieces) if piece.named), None)
        decomposed = self._products.decomposed(last.fragments) if last else ()
        return tuple(one for one in decomposed if not self._products.qualifies(one))

    def _ranges(self, pieces: list[Piece]) -> list[Piece]:
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
        words = [start[-1].word, end[0].word]
        if any(word not in values for word in words):
            return []
        chosen = values[values.index(words[0]) : values.index(words[1]) + 1]
        return [
            self._piece((*base, Fragment(end[0].kind, value, first.start, last.end)), first.start, last.end)
            for value in chosen
        ]

    def _values(self, base: Fragments, keys: frozenset[str]) -> list[str]:
        """The values of an option in the order of the catalogue, for products that fit `base`."""
        entries = sorted(self._products.fit(base)) if base else range(len(self._lexicon.product_at))
        options = self._lexicon.goods.options
        found = [options[entry][key] for entry in entries for key in keys if key in options[entry]]
        return list(dict.fromkeys(self._spell(value) for value in found))

    def _spell(self, value: str) -> str:
        spelled = self._lexicon.alphabet.spell(value)
        return spelled if spelled.isdigit() else value

    def _piece(self, fragments: Fragments, start: int, end: int) -> Piece:
        words = "".join(self._lexicon.alphabet.spell(one.word) for one in fragments)
        return Piece("P", start, end, named=Named("product", self._products.fit(fragments), fragments, words))

    def _matrix(self, group: Sequence[Piece], axis: str, noun: Fragments) -> list[Piece]:
        """Every product of colours by sizes; nothing where there is no matrix."""
        said = [
            one for piece in group if piece.named for one in self._products.decomposed(piece.named.fragments)
        ]
        if any(one.kind == "unknown" for one in said):
            return []
        base = tuple(one for one in said if self._products.classes(one) == frozenset({"name"})) or noun
        if len({one.word for one in base}) != len(base) or not self._products.fit(base):
            return []
        axes = self._axes(base, said, axis)
        if axes is None or all(len(values) < 2 for values in axes):
            return []
        start = group[0].start if group else 0
        end = group[-1].end if group else 0
        return [self._piece((*base, *chosen), start, end) for chosen in combinations(*axes)]

    def _axes(self, base: Fragments, said: Sequence[Fragment], axis: str) -> list[list[Fragment]] | None:
        """For each option its values: those said, else all where 各 goes over them."""
        keys = self._keys(base)
        axes = []
        listed = [[one for one in said if key in self._products.classes(one)] for key in keys]
        several = any(len(values) > 1 for values in listed)
        for key, values in zip(keys, listed, strict=True):
            if values:
                axes.append(list({one.word: one for one in values}.values()))
            elif axis or not several:
                kept = tuple(one for one in said if key not in self._products.classes(one))
                alone = kept if not several else base
                axes.append(
                    [Fragment("option", value, 0, 0) for value in self._option_values(alone or base, key)]
                )
            else:
                return None
        return axes if keys else None

    def _keys(self, base: Fragments) -> list[str]:
        options = self._lexicon.goods.options
        return list(
            dict.fromkeys(key for entry in sorted(self._products.fit(base)) for key in options[entry])
        )

    def _option_values(self, base: Fragments, key: str) -> Iterator[str]:
        options = self._lexicon.goods.options
        entries = sorted(self._products.fit(base))
        yield from dict.fromkeys(options[entry][key] for entry in entries if key in options[entry])
