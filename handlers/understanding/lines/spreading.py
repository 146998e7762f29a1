"""One quantity for each of several products: 各, 每色, 每码, and ranges of sizes."""

from collections.abc import Iterator, Sequence
from itertools import product as combinations
from itertools import takewhile
from math import prod

from handlers.understanding.lines.distributing import each_last
from handlers.understanding.lines.pieces import Piece, each_axis
from handlers.understanding.lines.ranging import Ranges
from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.vocabulary.lexicon import Lexicon
from handlers.understanding.vocabulary.mentions import Fragment, Fragments, Named

_COUNTS = frozenset({"Q", "M", "each", "set", "plus", "minus", "to"})
_Axes = dict[str, list[Fragment]]


class Spreader:
    """Replaces a matrix said in short by one piece for each of its products."""

    def __init__(self, lexicon: Lexicon, products: ProductFinder) -> None:
        self._lexicon = lexicon
        self._products = products
        self._ranges = Ranges(lexicon, products)

    def spread(self, pieces: Sequence[Piece], most: int) -> list[Piece]:
        """The pieces with every matrix written out, as long as they are not more than `most`."""
        out: list[Piece] = []
        earlier: _Axes = {}
        written = list(each_last(self._early(self._ranges.written_out(list(pieces)))))
        room = most - len(written)
        for piece in written:
            end = len(out)
            while end and out[end - 1].kind == "each":
                end -= 1
            if piece.kind == "Q" and end < len(out):
                begin = end
                while begin and out[begin - 1].kind == "P":
                    begin -= 1
                axis = "".join(each_axis(one) for one in out[end:])
                earlier = earlier if self._carried(out[begin:end]) else {}
                made: list[Piece] = []
                blocks = self._blocks(out[begin:end])
                for block in blocks:
                    noun = self._noun_before([*out[:begin], *made])
                    # T恤、卫衣 黑M各2: nobody knows whether the 黑M is of both.
                    alone = len(blocks) > 1 and not axis and not self._classes(block)
                    made += (
                        not alone and self._matrix(block, axis, noun, earlier, room - len(made))
                    ) or block
                room -= len(made) - (end - begin)
                out[begin:end] = made
            out.append(piece)
        return out

    def _blocks(self, group: Sequence[Piece]) -> list[list[Piece]]:
        """黄色110、120 蓝色140各5: another style, or a colour said again after sizes, begins a matrix of its own."""
        blocks: list[list[Piece]] = [[]]
        heads: set[str] = set()
        others = named = False
        for piece in group:
            parts = self._products.decomposed(piece.named.fragments) if piece.named else ()
            keys = [key for one in parts for key in self._products.classes(one) - {"name"}]
            noun = any(not self._products.qualifies(one) for one in parts)
            if blocks[-1] and ((noun and named) or (others and keys and keys[0] in heads)):
                blocks.append([])
                heads, others, named = set(), False, False
            heads = heads or set(keys[:1])
            others = others or any(key not in heads for key in keys)
            named = named or noun
            blocks[-1].append(piece)
        if len(blocks) > 1 and not (others or named):
            blocks[-2:] = [[*blocks[-2], *blocks[-1]]]
        return blocks if blocks[0] else []

    def _early(self, pieces: list[Piece]) -> list[Piece]:
        """黑色帆布鞋各2双 36、37码: what is said behind of all alike, as if it stood before 各."""
        out = list(pieces)
        for at, piece in enumerate(pieces[:-2]):
            if piece.kind != "each" or pieces[at + 1].kind != "Q":
                continue
            end = at + 2
            while end < len(pieces) and pieces[end].named and self._qualifies(pieces[end]):
                end += 1
            before = list(takewhile(lambda one: one.named is not None, reversed(pieces[:at])))
            late = pieces[at + 2 : end]
            counted = end < len(pieces) and pieces[end].kind in _COUNTS
            decided = self._classes(late)
            if decided and "size" not in decided and not counted and not self._classes(before) & decided:
                out[at:end] = [*late, *pieces[at : at + 2]]
        return out

    def _qualifies(self, piece: Piece) -> bool:
        parts = self._products.decomposed(piece.named.fragments) if piece.named else ()
        return bool(parts) and all(map(self._products.qualifies, parts))

    def _classes(self, pieces: Sequence[Piece]) -> set[str]:
        """What is decided of these goods."""
        parts = [
            one for piece in pieces if piece.named for one in self._products.decomposed(piece.named.fragments)
        ]
        return {key for one in parts for key in self._products.classes(one) - {"name"}}

    def _carried(self, group: Sequence[Piece]) -> bool:
        """Whether goods are only told apart here, and named before (…各5件L各3件)."""
        said = [
            one for piece in group if piece.named for one in self._products.decomposed(piece.named.fragments)
        ]
        return bool(said) and all(map(self._products.qualifies, said))

    def _noun_before(self, pieces: Sequence[Piece]) -> Fragments:
        last = next((piece.named for piece in reversed(pieces) if piece.named), None)
        decomposed = self._products.decomposed(last.fragments) if last else ()
        return tuple(one for one in decomposed if not self._products.qualifies(one))

    def _piece(self, fragments: Fragments, start: int, end: int) -> Piece:
        words = "".join(self._lexicon.alphabet.spell(one.word) for one in fragments)
        return Piece("P", start, end, named=Named("product", self._products.fit(fragments), fragments, words))

    def _matrix(
        self, group: Sequence[Piece], axis: str, noun: Fragments, earlier: "_Axes", most: int
    ) -> list[Piece]:
        """Every product of colours by sizes; nothing where there is no matrix, or a bigger one than `most`.

        `earlier` are the values listed of each option so far: they hold until others are said.
        """
        said = [
            one for piece in group if piece.named for one in self._products.decomposed(piece.named.fragments)
        ]
        strange = any(piece.named and not piece.named.fragments for piece in group)
        if strange or any(one.kind == "unknown" for one in said):
            return []
        base = self._base(said) or noun
        heads = group[0].named.fragments if group and group[0].named else ()
        own = {one.word for one in self._products.decomposed(heads)}
        if any(one.word not in own for one in base if not noun) or len({one.word for one in base}) != len(
            base
        ):
            return []
        if not self._products.fit(base):
            return []
        axes = self._axes(base, said, axis, earlier)
        few = axes is not None and len(group) < 2 and all(len(values) < 2 for values in axes)
        if axes is None or few or prod(map(len, axes)) > most:
            return []
        start = group[0].start if group else 0
        end = group[-1].end if group else 0
        return [self._piece((*base, *chosen), start, end) for chosen in combinations(*axes)]

    def _base(self, said: Sequence[Fragment]) -> Fragments:
        """What is said of all alike: the noun, and a size where the goods are told apart by other options."""
        named = tuple(one for one in said if self._products.classes(one) == frozenset({"name"}))
        keys = set(self._keys(named)) if named else set()
        sizes = [one for one in said if self._products.classes(one) == frozenset({"size"})]
        if not keys or "size" in keys or len(sizes) != 1:
            return named
        return tuple(one for one in said if one in named or one in sizes)

    def _axes(
        self, base: Fragments, said: Sequence[Fragment], axis: str, earlier: "_Axes"
    ) -> list[list[Fragment]] | None:
        """For each option its values: those said, else all where 各 goes over them."""
        keys = self._keys(base)
        axes = []
        listed = [[one for one in said if key in self._products.classes(one)] for key in keys]
        several = any(len(values) > 1 for values in listed)
        for key, values in zip(keys, listed, strict=True):
            if values:
                axes.append(list({one.word: one for one in values}.values()))
                earlier[key] = axes[-1]
            elif len(earlier.get(key, ())) > 1 and not axis:
                axes.append(earlier[key])
            elif axis or not several:
                own = (one for one in said if one not in base and key not in self._products.classes(one))
                alone = (*base, *own) if not several else base
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
