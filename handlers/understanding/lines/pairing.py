"""Which quantity belongs to which product."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from handlers.understanding.lines.pieces import BROKEN, GLUED, PAUSED, Piece, gap
from handlers.understanding.spans.items import Line
from handlers.understanding.vocabulary.mentions import Fragments, Named

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

    def __init__(self, line: Line) -> None:
        self._line = line

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
        turns = [at for at, one in enumerate(pieces) if one.kind != "M"]
        if self._alternates([pieces[at] for at in turns]):
            pairs = zip(turns[::2], turns[1::2], strict=True)
            return {b: a for a, b in pairs} if pieces[turns[0]].kind == "P" else dict(pairs)
        owner: dict[int, int] = self._in_turn(pieces) | _listed(pieces)
        counted: set[int] = set()
        for index, piece in enumerate(pieces):
            if piece.kind != "Q" or index in owner:
                continue
            before = self._product_before(pieces, index)
            after = self._product_after(pieces, index)
            chosen = self._choose(pieces, index, before, after, counted)
            if chosen is not None:
                owner[index] = chosen
                counted.add(chosen)
        return owner

    def _in_turn(self, pieces: Sequence[Piece]) -> dict[int, int]:
        """黑36 16件37 3件，…: between pauses, as long as goods and quantities alternate."""
        owner: dict[int, int] = {}
        begin = 0
        for end in range(1, len(pieces) + 1):
            if end < len(pieces) and gap(self._line, pieces[end - 1], pieces[end]) < PAUSED:
                continue
            part = pieces[begin:end]
            if part[0].kind == "P" and self._alternates(part):
                owner |= {at + 1: at for at in range(begin, end, 2)}
            begin = end
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
        if pieces[index - 1].kind == "each" or self._given(pieces, index, after):
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
        """5箱送2瓶, 其中2箱 and 不对5箱 are of the goods before, but for a noun right after without a quantity of its own."""
        if index and pieces[index - 1].kind == "of":
            return True
        if (
            index < 2
            or pieces[index - 1].kind not in {"gift", "fix"}
            or pieces[index - 2].kind not in {"Q", "M"}
        ):
            return False
        following = pieces[after + 1] if after + 1 < len(pieces) else None
        own = following is not None and following.kind == "Q"
        return own or gap(self._line, pieces[index], pieces[after]) != GLUED

    def _taken(self, pieces: Sequence[Piece], product: int, index: int) -> bool:
        """Whether the product before was taken out (雪碧不要了 换10箱橙汽)."""
        return any(piece.kind == "drop" for piece in pieces[product + 1 : index])


def _listed(pieces: Sequence[Piece]) -> dict[int, int]:
    """M L XL 5 10 5: as many bare numbers as goods before them are theirs, in turn."""
    kinds = "".join(piece.kind if piece.kind in {"P", "Q"} else "." for piece in pieces)
    owner: dict[int, int] = {}
    for match in re.finditer(r"P{2,}Q{2,}", kinds):
        goods = match[0].count("P")
        counts = pieces[match.start() + goods : match.end()]
        bare = all(one.quantity and not one.quantity.unit for one in counts[:-1])
        if bare and len(counts) == goods:
            owner |= {match.start() + goods + at: match.start() + at for at in range(goods)}
    return owner
