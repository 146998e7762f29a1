"""Lines that take back or replace lines said before them in the same message."""

from collections.abc import Sequence

from handlers.understanding.lines.pairing import Draft
from handlers.understanding.lines.pieces import Piece

_SWAPS = ("换", "成", "为", "变")
_MOST_BETWEEN = 3


def revised(pieces: Sequence[Piece], drafts: list[Draft], *, changing: bool) -> list[Draft]:
    """The drafts that stand; in a change what is taken out stays, to be taken out of the order."""
    _swap(pieces, drafts)
    out: list[Draft] = []
    for draft in drafts:
        own = _own(pieces, draft)
        if not changing and "minus" in own:
            draft.quantities = []
        earlier = [one for one in out if same(one, draft)]
        if draft.dropped:
            out = _taken_out(out, earlier, draft, changing=changing)
        elif (len(earlier) == 1 and own & {"set", "fix"}) or (earlier and earlier[-1].dropped):
            out[out.index(earlier[-1])] = draft
        else:
            out.append(draft)
        if not changing and own & {"set"}:
            draft.quantities = draft.quantities[-1:]
    return out


def _taken_out(out: list[Draft], earlier: list[Draft], draft: Draft, *, changing: bool) -> list[Draft]:
    """Without the line a withdrawal means; several that it may mean are asked about."""
    if changing:
        return [*(one for one in out if one not in earlier), draft]
    if len(earlier) > 1 and len({one.named.entries for one in earlier if one.named}) > 1:
        draft.dropped, draft.quantities = False, []
        return [*out, draft]
    return [one for one in out if one not in earlier]


def same(one: Draft, other: Draft) -> bool:
    """Whether two drafts speak of the same product, one perhaps in a general word."""
    if one.named is None or other.named is None or one.gift or other.gift:
        return False
    first, second = one.named.entries, other.named.entries
    return bool(first and second) and (first <= second or second <= first)


def _swap(pieces: Sequence[Piece], drafts: list[Draft]) -> None:
    """雪碧5箱换成凉茶5箱: what was said before goes out, but for the same product said elsewhere."""
    for piece in pieces:
        if piece.kind != "set" or not piece.words.endswith(_SWAPS):
            continue
        before = [draft for draft in drafts if draft.end <= piece.start and not draft.gift]
        after = [draft for draft in drafts if 0 <= draft.start - piece.end <= _MOST_BETWEEN]
        if not before or not after or _own(pieces, before[-1]) or before[-1].dropped:
            continue
        known = [draft for draft in before if same(draft, after[0])]
        (known[-1] if known else before[-1]).dropped = True


def _own(pieces: Sequence[Piece], draft: Draft) -> set[str]:
    """The words of change within a draft and right before it."""
    kinds = {"set", "fix", "minus", "plus"}
    return {
        piece.kind
        for piece in pieces
        if piece.kind in kinds and draft.start - _MOST_BETWEEN <= piece.end and piece.start < draft.end
    }
