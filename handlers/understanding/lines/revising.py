"""Lines that take back or replace lines said before them in the same message."""

from collections.abc import Sequence

from handlers.understanding.lines.pairing import Draft
from handlers.understanding.lines.pieces import Piece

_SWAPS = ("换", "成", "为", "变")
_MOST_BETWEEN = 3
_WORDS = frozenset({"set", "fix", "minus", "plus"})


def revised(pieces: Sequence[Piece], drafts: list[Draft], *, changing: bool) -> list[Draft]:
    """The drafts that stand; in a change what is taken out stays, to be taken out of the order."""
    words = [piece for piece in pieces if piece.kind in _WORDS]
    _swap(words, drafts)
    out: list[Draft] = []
    dropped = any(draft.dropped for draft in drafts)
    for draft in drafts:
        own = _own(words, draft)
        if not changing and "minus" in own:
            draft.quantities = []
        again = bool(own & {"set", "fix"})
        earlier = [one for one in out if same(one, draft)] if again or dropped else []
        if draft.dropped:
            out = _taken_out(out, earlier, draft, changing=changing)
        elif (len(earlier) == 1 and again) or (earlier and earlier[-1].dropped):
            out[out.index(earlier[-1])] = draft
        else:
            out.append(draft)
        if not changing and own & {"set"}:
            draft.quantities = draft.quantities[-1:]
    return out


def rejoined(drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts, where words that tell nothing apart begin no line of their own: 10箱大瓶5箱 of what is only sold so.

    Of two amounts in one unit it is then asked which.
    """
    kept: list[Draft] = []
    for draft in drafts:
        last = kept[-1] if kept else None
        plain = not (draft.gift or draft.dropped or draft.operation) and draft.quantities
        if last and plain and draft.carried and _one(last) and _one(last) == _one(draft) and not last.gift:
            last.quantities = [*last.quantities, *draft.quantities]
            last.prices = [*last.prices, *draft.prices]
        else:
            kept.append(draft)
    return kept


def _one(draft: Draft) -> frozenset[int]:
    """The product of a draft that has an amount, where it can be but one."""
    entries = draft.named.entries if draft.named and draft.quantities else frozenset()
    return entries if len(entries) == 1 else frozenset()


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
    """The words of change within a draft and right before it, but for one that put its own amount right."""
    own = {
        piece.kind for piece in pieces if draft.start - _MOST_BETWEEN <= piece.end and piece.start < draft.end
    }
    return own - {"fix"} if draft.mended else own
