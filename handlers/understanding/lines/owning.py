"""Which product each quantity counts."""

import re
from collections.abc import Sequence

from handlers.understanding.lines.pieces import BROKEN, GLUED, PAUSED, Piece, gap
from handlers.understanding.spans.items import Line

OPERATIONS = frozenset({"set", "plus", "minus"})
_AND = frozenset({"", "零", "又"})


class Owners:
    """Finds whose quantities they are, in one line."""

    def __init__(self, line: Line) -> None:
        self._line = line

    def of(self, pieces: Sequence[Piece]) -> dict[int, int]:
        """For each quantity the product it counts, by their places among the pieces; none for one of nothing."""
        turns = [at for at, one in enumerate(pieces) if one.kind != "M"]
        if self._alternates([pieces[at] for at in turns]):
            pairs = zip(turns[::2], turns[1::2], strict=True)
            return {b: a for a, b in pairs} if pieces[turns[0]].kind == "P" else dict(pairs)
        owner = self._in_turn(pieces) | _listed(pieces)
        counted: set[int] = set()
        for group in self._amounts(pieces):
            if group[0] in owner:
                continue
            before = self._product_before(pieces, group[0])
            after = self._product_after(pieces, group[-1])
            following = self._next(pieces, group[-1])
            if before is None and following is not None and self._apart(pieces, group[-1], following):
                continue
            if following is None and before in counted and self._on_another_day(pieces, group[0]):
                continue
            chosen = self._choose(pieces, group, before, after, counted)
            # Nothing said may be lost: of two amounts before one product it is asked which.
            chosen = following if chosen is None else chosen
            if chosen is not None:
                owner |= dict.fromkeys(group, chosen)
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

    def _on_another_day(self, pieces: Sequence[Piece], index: int) -> bool:
        """Whether a day stands before an amount in another unit than the one before (5箱 明天 3罐): of what it is open."""
        before, piece = pieces[index - 1], pieces[index]
        if not before.quantity or not piece.quantity or before.quantity.unit == piece.quantity.unit:
            return False
        return any(one.tag == "D" and before.end <= one.start < piece.start for one in self._line.items)

    def _apart(self, pieces: Sequence[Piece], last: int, after: int) -> bool:
        """Whether an amount stands apart from goods with one of their own: of what it is nobody said (42个,可乐5箱)."""
        following = pieces[after + 1] if after + 1 < len(pieces) else None
        own = (
            following is not None
            and following.kind == "Q"
            and gap(self._line, pieces[after], following) < PAUSED
        )
        return own and gap(self._line, pieces[last], pieces[after]) >= PAUSED

    def _amounts(self, pieces: Sequence[Piece]) -> list[list[int]]:
        """The places of quantities; those that make one amount together (两箱零3瓶)."""
        groups: list[list[int]] = []
        for index, piece in enumerate(pieces):
            if piece.kind != "Q":
                continue
            last = groups[-1][-1] if groups else None
            if last is not None and self._goes_on(pieces, last, index):
                groups[-1].append(index)
            else:
                groups.append([index])
        return groups

    def _goes_on(self, pieces: Sequence[Piece], first: int, second: int) -> bool:
        """Whether a quantity in another unit directly follows a quantity, or one that puts it right."""
        if second - first == 2 and pieces[first + 1].kind == "fix":
            return self._product_before(pieces, first) is None or not self._glued_to_goods(pieces, second)
        one, other = pieces[first].quantity, pieces[second].quantity
        if one is None or other is None or not one.unit or not other.unit or one.unit == other.unit:
            return False
        between = self._line.text.low[pieces[first].end : pieces[second].start]
        return between in _AND

    def _glued_to_goods(self, pieces: Sequence[Piece], index: int) -> bool:
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        return (
            following is not None
            and following.kind == "P"
            and gap(self._line, pieces[index], following) == GLUED
        )

    def _alternates(self, pieces: Sequence[Piece]) -> bool:
        """黑M 5件L 10件灰M 3件: goods and quantities in turn, from the first to the last."""
        kinds = [piece.kind for piece in pieces]
        return len(kinds) > 3 and kinds in (["P", "Q"] * (len(kinds) // 2), ["Q", "P"] * (len(kinds) // 2))

    def _product_before(self, pieces: Sequence[Piece], index: int) -> int | None:
        for at in range(index - 1, -1, -1):
            if pieces[at].kind == "P":
                return at
        return None

    def _next(self, pieces: Sequence[Piece], index: int) -> int | None:
        return next((at for at in range(index + 1, len(pieces)) if pieces[at].kind == "P"), None)

    def _product_after(self, pieces: Sequence[Piece], index: int) -> int | None:
        for at in range(index + 1, len(pieces)):
            if pieces[at].kind == "P":
                return at
            if pieces[at].kind in {"Q", "drop"} | OPERATIONS:
                return None
        return None

    def _choose(
        self,
        pieces: Sequence[Piece],
        group: Sequence[int],
        before: int | None,
        after: int | None,
        counted: set[int],
    ) -> int | None:
        if before is None or after is None:
            return before if after is None else after
        index = group[0]
        if pieces[index - 1].kind == "each" or self._given(pieces, index, after):
            return before
        left = self._distance(pieces[before], pieces[index], pieces[index - 1])
        right = gap(self._line, pieces[group[-1]], pieces[after])
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
        marked = index > 1 and pieces[index - 1].kind in {"gift", "fix"}
        if not marked or pieces[index - 2].kind not in {"Q", "M"}:
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
