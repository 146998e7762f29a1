"""Which quantity belongs to which product."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from handlers.understanding.lines.pieces import BROKEN, GLUED, PAUSED, Piece, gap
from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.spans.items import Line
from handlers.understanding.vocabulary.mentions import Fragment, Fragments, Named

OPERATIONS = frozenset({"set", "plus", "minus"})


@dataclass(slots=True)
class Draft:
    """A product line taking shape while a message is read."""

    named: Named | None
    start: int
    end: int
    quantities: list[Piece] = field(default_factory=list)
    operation: str = ""
    dropped: bool = False
    gift: bool = False
    given: bool = False
    prices: list[Piece] = field(default_factory=list)
    breaks: bool = False
    attributive: bool = False

    @property
    def fragments(self) -> Fragments:
        """What was said of the product."""
        return self.named.fragments if self.named else ()


class Pairing:
    """Walks over pieces and makes drafts of lines."""

    def __init__(self, line: Line, products: ProductFinder) -> None:
        self._line = line
        self._products = products

    def merged(self, pieces: Sequence[Piece]) -> list[Piece]:
        """Products and the qualifiers that follow them as one (可乐 罐装)."""
        out: list[Piece] = []
        for piece in pieces:
            last = out[-1] if out else None
            joint = self._joint(last, piece) if last and last.named and piece.named else None
            if last and joint:
                out[-1] = Piece("P", last.start, piece.end, named=joint)
            else:
                out.append(piece)
        return out

    def _joint(self, first: Piece, second: Piece) -> Named | None:
        if first.named is None or second.named is None or gap(self._line, first, second) >= PAUSED:
            return None
        if "、" in self._line.text.low[first.end : second.start]:
            return None
        own = second.named.fragments or self._single(second)
        if not first.named.fragments or not own:
            return None
        fragments = (*first.named.fragments, *own)
        entries = self._products.fit(fragments)
        words = self._line.raw(first.start, second.end)
        if not entries:
            return self._impossible(first.named, second.named, words)
        return Named("product", entries, fragments, words)

    def _single(self, piece: Piece) -> Fragments:
        """One character that nobody knows by itself may end a name (2.5的线)."""
        word = self._line.text.low[piece.start : piece.end]
        return (Fragment("name", word, piece.start, piece.end),) if len(word) == 1 else ()

    def _impossible(self, first: Named, second: Named, words: str) -> Named | None:
        """A size or option that the product before it does not have makes it unknown."""
        alone = all(one.kind in {"size", "option"} for one in second.fragments)
        same = self._classes(first) & self._classes(second)
        impossible = not first.entries and len(first.fragments) > 1 and first.fragments[0].kind != "unknown"
        if alone and not same and (first.entries or impossible):
            return Named("product", frozenset(), (*first.fragments, *second.fragments), words)
        return None

    def _classes(self, named: Named) -> frozenset[str]:
        parts = self._products.decomposed(named.fragments)
        return frozenset(kind for one in parts for kind in self._products.classes(one)) - {"name"}

    def drafts(self, pieces: Sequence[Piece]) -> list[Draft]:
        """Lines in the order said, each with the quantities that belong to it."""
        owner = self._owners(pieces)
        drafts: dict[int, Draft] = {}
        for index, piece in enumerate(pieces):
            if piece.kind == "P":
                drafts[index] = Draft(
                    piece.named,
                    piece.start,
                    piece.end,
                    breaks=index > 0 and gap(self._line, pieces[index - 1], piece) == BROKEN,
                    attributive=self._line.text.low.startswith("的", piece.end),
                )
        for index, piece in enumerate(pieces):
            if piece.kind == "Q":
                at = owner.get(index)
                if at is None:
                    continue
                drafts[at].quantities.append(piece)
                drafts[at].start = min(drafts[at].start, piece.start)
                drafts[at].end = max(drafts[at].end, piece.end)
        return [drafts[index] for index in sorted(drafts, key=lambda at: drafts[at].start)]

    def _owners(self, pieces: Sequence[Piece]) -> dict[int, int]:
        """For each quantity the product it counts, by their places among the pieces."""
        if self._alternates(pieces):
            first = pieces[0].kind == "P"
            return {at: at - 1 if first else at + 1 for at, one in enumerate(pieces) if one.kind == "Q"}
        owner: dict[int, int] = {}
        counted: set[int] = set()
        for index, piece in enumerate(pieces):
            if piece.kind != "Q":
                continue
            before = self._product_before(pieces, index)
            after = self._product_after(pieces, index)
            chosen = self._choose(pieces, index, before, after, counted)
            if chosen is not None:
                owner[index] = chosen
                counted.add(chosen)
        return owner

    def _alternates(self, pieces: Sequence[Piece]) -> bool:
        """黑M 5件L 10件灰M 3件: goods and quantities in turn, from the first to the last."""
        kinds = [piece.kind for piece in pieces]
        return len(kinds) > 3 and kinds in (["P", "Q"] * (len(kinds) // 2), ["Q", "P"] * (len(kinds) // 2))

    def _product_before(self, pieces: Sequence[Piece], index: int) -> int | None:
        for at in range(index - 1, -1, -1):
            if pieces[at].kind == "P":
                return at
        return None

    def _product_after(self, pieces: Sequence[Piece], index: int) -> int | None:
        for at in range(index + 1, len(pieces)):
            if pieces[at].kind == "P":
                return at
            if pieces[at].kind in {"Q", "drop"} | OPERATIONS:
                return None
        return None

    def _choose(
        self, pieces: Sequence[Piece], index: int, before: int | None, after: int | None, counted: set[int]
    ) -> int | None:
        if before is None or after is None:
            return before if after is None else after
        here = pieces[index]
        if self._given(pieces, index, after):
            return before
        left = self._distance(pieces[before], here, pieces[index - 1])
        right = gap(self._line, here, pieces[after])
        swapped = pieces[index - 1].kind in OPERATIONS and right == GLUED
        if swapped and not (after + 1 < len(pieces) and pieces[after + 1].kind in OPERATIONS):
            return after
        if self._taken(pieces, before, index) or before in counted:
            return before if right > max(left, GLUED) and left == GLUED else after
        return before if left <= right else after

    def _distance(self, product: Piece, quantity: Piece, last: Piece) -> int:
        if last.kind in OPERATIONS:
            return GLUED
        return min(gap(self._line, product, quantity), BROKEN)

    def _given(self, pieces: Sequence[Piece], index: int, after: int) -> bool:
        """5箱送2瓶 and 其中2箱 are of the goods before, but for a noun directly after that has no quantity of its own."""
        if index and pieces[index - 1].kind == "of":
            return True
        if index < 2 or pieces[index - 1].kind != "gift" or pieces[index - 2].kind not in {"Q", "M"}:
            return False
        following = pieces[after + 1] if after + 1 < len(pieces) else None
        own = following is not None and following.kind == "Q"
        return own or gap(self._line, pieces[index], pieces[after]) != GLUED

    def _taken(self, pieces: Sequence[Piece], product: int, index: int) -> bool:
        """Whether the product before was taken out (雪碧不要了 换10箱橙汽)."""
        return any(piece.kind == "drop" for piece in pieces[product + 1 : index])
