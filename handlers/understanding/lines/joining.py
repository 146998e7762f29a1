"""Products and the words beside them that say more about them, as one."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from handlers.understanding.lines.pieces import GLUED, PAUSED, Piece, gap
from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.spans.items import Line
from handlers.understanding.vocabulary.colours import COLOURS
from handlers.understanding.vocabulary.mentions import Fragment, Fragments, Named

_KIND = re.compile(
    rf"[\u4e00-\u9fff]{{1,3}}[色味款装型版码]|{'|'.join(one for one in COLOURS if len(one) > 1)}|\d{{0,2}}x{{0,3}}[sml]"
)
_BINDS = re.compile(
    r"[^\u4e00-\u9fff、]*(?:的|要|来|是|就|选|拿|全|都|用|那种|这种|那款|这款|规格|颜色|尺码|码|色|款|号)*[^\u4e00-\u9fff、]*"
)
"""What may stand between goods and what is said of them."""


class Joiner:
    """Joins the pieces of one line."""

    def __init__(self, line: Line, products: ProductFinder) -> None:
        self._line = line
        self._products = products

    def merged(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Products and the qualifiers that follow them as one (可乐 罐装)."""
        out: list[Piece] = []
        for piece in self._finer(pieces):
            last = out[-1] if out else None
            apart = self._listed(out, piece)
            joint = self._joint(last, piece) if last and last.named and piece.named and not apart else None
            if last and joint:
                out[-1] = Piece("P", last.start, piece.end, named=joint)
            else:
                out.append(piece)
        return out

    def _listed(self, out: Sequence[Piece], piece: Piece) -> bool:
        """Whether a list ends before this piece: 黑 M L 连帽卫衣, 黑36、37 白38 (the list began with a colour)."""
        last = out[-1] if out else None
        if last is None or not last.named or not piece.named or not self._only_qualifies(last.named):
            return False
        said = list(takewhile(lambda one: one.named is not None, reversed(out)))[::-1]
        heads = [at for at, one in enumerate(said) if one.named and not self._only_qualifies(one.named)]
        said = said[heads[-1] if heads else 0 :]
        lead = next((keys[0] for one in said if (keys := self._keys(one.named))), "")
        own = self._keys(last.named)
        if lead in self._keys(piece.named):
            return lead not in own
        if len(said) < 2 or self._only_qualifies(piece.named) or gap(self._line, last, piece) == GLUED:
            return False
        marked = "、" in self._line.text.low[said[-2].end : last.start]
        return marked or bool(set(own) & set(self._keys(said[-2].named)))

    def _only_qualifies(self, named: Named) -> bool:
        return all(map(self._products.qualifies, self._products.decomposed(named.fragments)))

    def _keys(self, named: Named | None) -> list[str]:
        """What is decided of the goods, in the order said."""
        parts = self._products.decomposed(named.fragments) if named else ()
        return [key for one in parts for key in self._products.classes(one) - {"name"}]

    def _finer(self, pieces: Sequence[Piece]) -> Iterator[Piece]:
        """中筒袜 黑白灰: a value that the goods before do not come in, as two that they do."""
        before: Named | None = None
        for piece in pieces:
            own = piece.named.fragments if piece.named else ()
            finer = self._products.finer(own) if len(own) == 1 and before else own
            nouns = tuple(one for one in before.fragments if one.kind == "name") if before else ()
            if len(finer) == 2 and not self._products.fit((*nouns, *own)):
                parts = [self._products.fit((*nouns, one)) for one in finer]
                if nouns and all(parts):
                    yield from (self._part(piece, one) for one in finer)
                    continue
            before = piece.named if piece.named and self._noun(piece.named) else before
            yield piece

    def _noun(self, named: Named) -> bool:
        return any(one.kind == "name" for one in named.fragments)

    def _part(self, piece: Piece, value: Fragment) -> Piece:
        named = Named("product", self._products.fit((value,)), (value,), value.word)
        return Piece("P", piece.start, piece.end, named=named)

    def _joint(self, first: Piece, second: Piece) -> Named | None:
        if first.named is None or second.named is None or gap(self._line, first, second) >= PAUSED:
            return None
        if self._begins_anew(first.named, second.named):
            return None
        if not _BINDS.fullmatch(self._line.text.low, first.end, second.start):
            return None
        own = second.named.fragments or self._single(first.named, second)
        if not first.named.fragments and own and gap(self._line, first, second) == GLUED:
            words = self._line.raw(first.start, second.end)
            return Named("product", frozenset(), (), words) if own[0].kind == "size" else None
        if not first.named.fragments or not own:
            return None
        fragments = (*first.named.fragments, *own)
        entries = self._products.fit(fragments)
        words = self._line.raw(first.start, second.end)
        if not entries and self._strange_size(first, second):
            return Named("product", frozenset(), fragments, words)
        if not entries:
            return self._impossible(first.named, own, words)
        return Named("product", entries, fragments, words)

    def _begins_anew(self, first: Named, second: Named) -> bool:
        """Whether the noun is said again, so that other goods begin (瓜子500g 五香瓜子500g 各10箱)."""
        nouns, others = self._nouns(first), self._nouns(second)
        return any(one in other or other in one for one in nouns for other in others)

    def _nouns(self, named: Named) -> list[str]:
        parts = self._products.decomposed(named.fragments)
        nouns = [one.word for one in parts if not self._products.qualifies(one)]
        return nouns or [one.word for one in named.fragments if self._products.is_name([one])]

    def _single(self, first: Named, piece: Piece) -> Fragments:
        """What nobody knows by itself and yet speaks of the goods before: one character (2.5的线), a colour, a kind."""
        word = self._line.text.low[piece.start : piece.end]
        coloured = any(word.startswith(one) for one in COLOURS) and self._products.ends_name(first, word[1:])
        if _KIND.fullmatch(word) or coloured:
            return (Fragment("unknown", word, piece.start, piece.end),)
        return (Fragment("name", word, piece.start, piece.end),) if len(word) == 1 else ()

    def _impossible(self, first: Named, own: Fragments, words: str) -> Named | None:
        """A size or option that the product before it does not have makes it unknown."""
        alone = all(one.kind in {"size", "option", "unknown"} or len(one.word) == 1 for one in own)
        same = self._classes(first.fragments) & self._classes(own)
        impossible = not first.entries and len(first.fragments) > 1 and first.fragments[0].kind != "unknown"
        if alone and not same and (first.entries or impossible):
            return Named("product", frozenset(), (*first.fragments, *own), words)
        return None

    def _strange_size(self, first: Piece, second: Piece) -> bool:
        """32水管 where only 20水管 and 25水管 are sold."""
        alone = first.named is not None and all(one.kind == "size" for one in first.named.fragments)
        return (
            alone and bool(second.named and second.named.entries) and gap(self._line, first, second) == GLUED
        )

    def _classes(self, fragments: Fragments) -> frozenset[str]:
        parts = [one for one in self._products.decomposed(fragments) if one.kind != "unknown"]
        return frozenset(kind for one in parts for kind in self._products.classes(one)) - {"name"}
