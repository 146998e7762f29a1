"""What the words between goods do to the lines: each, gift, more, less, out, price."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from handlers.understanding.lines.bargains import bargains
from handlers.understanding.lines.owning import OPERATIONS
from handlers.understanding.lines.pairing import Draft
from handlers.understanding.lines.pieces import Piece
from handlers.understanding.spans.items import Line, Quantity

_GIVEN = frozenset({"赠", "赠送", "免费"})
_ALL = re.compile(r"[都全]")
_ASIDE = re.compile(r"(?![了吧啊哈呀的先就也都改换])[\u4e00-\u9fff]")
_TO_WHOM = re.compile(r"[ 你您他她我给了个们客户的]*")
_OTHERS = re.compile(r"(?:别|其他|其它|其余|余下|剩下)的?[就都先也 ]*$")
_AND = re.compile(r"\s*(?:[和跟与及、,]|还有)\s*")
_NEXT = re.compile(r"(?:[ 的就先也都全把]|这个|那个|那|客户|说|现在)*")


def spread_quantity(pieces: Sequence[Piece], drafts: list[Draft]) -> None:
    """各10箱: the quantity holds for all products right before it that have none."""
    for index, piece in enumerate(pieces[:-1]):
        following = pieces[index + 1]
        if piece.kind != "each" or following.kind != "Q":
            continue
        for draft in _before(drafts, piece, following):
            if not draft.quantities and not draft.dropped:
                draft.quantities.append(following)
        if not any(following in draft.quantities for draft in drafts if draft.start < piece.start):
            for draft in drafts:
                if not draft.quantities:
                    draft.quantities.append(following)


def _before(drafts: Sequence[Draft], each: Piece, counted: Piece) -> Iterator[Draft]:
    """The goods before 各, back to those that have another quantity: what is left open before them stays open."""
    for draft in reversed([one for one in drafts if one.start < each.start]):
        if any(one is not counted for one in draft.quantities):
            return
        yield draft


def shares(pieces: Sequence[Piece], drafts: list[Draft]) -> None:
    """22箱 其中2箱是送的: the part given comes off what was said."""
    for word, part, given in zip(pieces, pieces[1:], pieces[2:], strict=False):
        if [word.kind, part.kind, given.kind] != ["of", "Q", "gift"]:
            continue
        for draft in drafts:
            rest = _without(draft.quantities[0], part) if part in draft.quantities[1:2] else None
            if rest:
                draft.quantities = [rest]
                made = Draft(draft.named, part.start, part.end, [part], gift=True)
                drafts.insert(drafts.index(draft) + 1, made)
                break


def _without(whole: Piece, part: Piece) -> Piece | None:
    """What is left of a quantity, where both are of one unit."""
    first, second = whole.quantity, part.quantity
    if first is None or second is None or second.unit not in {first.unit, ""}:
        return None
    if len(first.values) != 1 or len(second.values) != 1 or first.values[0] <= second.values[0]:
        return None
    return replace(whole, quantity=Quantity((first.values[0] - second.values[0],), first.unit))


def gifts(line: Line, pieces: Sequence[Piece], drafts: list[Draft]) -> None:
    """10箱送2瓶: what is given is a line of its own."""
    for index, piece in enumerate(pieces):
        if piece.kind != "gift" or index == 0:
            continue
        if _is_given(line, pieces[index - 1], piece):
            for draft in drafts:
                draft.gift = draft.gift or pieces[index - 1] in draft.quantities
            continue
        if index + 1 >= len(pieces):
            continue
        before, after = pieces[index - 1], pieces[index + 1]
        counted = before.kind in {"Q", "M"} or (
            index > 1 and [before.kind, pieces[index - 2].kind] == ["P", "Q"]
        )
        if not counted or not _gives(line, before, piece, after):
            continue
        _give(piece, after, drafts)


def _is_given(line: Line, counted: Piece, piece: Piece) -> bool:
    """雪碧5箱(赠): the word stands behind what it is about, and nothing that is given follows."""
    if counted.kind != "Q" or piece.words not in _GIVEN:
        return False
    between = line.text.low[counted.end : piece.start].strip()
    behind = line.text.low[piece.end :].lstrip("的").strip()
    return (between in {"(", "["} and behind[:1] in {")", "]"}) or (not between and not behind)


def _gives(line: Line, before: Piece, piece: Piece, after: Piece) -> bool:
    """送 gives where it stands directly between quantities; else it delivers."""
    if any(one.start < piece.start < one.end for one in bargains(line)):
        return False
    between = line.text.low[before.end : piece.start].strip(" ,，再另外还")
    given = line.text.low[piece.end : after.start]
    return not between and after.kind in {"Q", "P"} and bool(_TO_WHOM.fullmatch(given))


def _give(piece: Piece, after: Piece, drafts: list[Draft]) -> None:
    own = next(
        (draft for draft in drafts if after in draft.quantities and draft.start > piece.start - 1), None
    )
    if own is not None and (own.named is None or own.start >= piece.start):
        own.gift = True
        return
    if after.kind == "P":
        for draft in drafts:
            if draft.start >= piece.start:
                draft.gift = True
                return
    giver = next((draft for draft in drafts if after in draft.quantities), None)
    if giver:
        giver.quantities.remove(after)
        made = Draft(giver.named, after.start, after.end, [after], gift=True)
        drafts.insert(drafts.index(giver) + 1, made)


def operations(line: Line, pieces: Sequence[Piece], drafts: list[Draft]) -> None:
    """Which word of change each line stands under."""
    for piece in pieces:
        if piece.kind == "drop":
            _drop(line, piece, drafts)
        elif piece.kind == "set" and piece.words[0] in "换改变":
            _swap(piece, drafts)
    last, words = 0, [piece for piece in pieces if piece.kind in OPERATIONS]
    for draft in drafts if words else ():
        for piece in words:
            if last <= piece.start < draft.end and not draft.dropped:
                draft.operation = piece.kind
                draft.given = piece.words.endswith("送")
        if not draft.operation and not draft.dropped:
            earlier = [one for one in drafts if one.end <= draft.start and not one.dropped]
            draft.operation = earlier[-1].operation if earlier else ""
        last = draft.end


def _drop(line: Line, piece: Piece, drafts: list[Draft]) -> None:
    before = [draft for draft in drafts if draft.end <= piece.start and not draft.dropped]
    after = [draft for draft in drafts if draft.start >= piece.end]
    near = bool(after) and after[0].start == piece.end and not piece.words.endswith("了")
    if not near and _ASIDE.match(line.text.low, piece.end) and not piece.words.endswith("了"):
        return
    between = line.text.low[before[-1].end : piece.start] if before else ""
    if _OTHERS.search(between):
        return
    if before and _NEXT.fullmatch(between) and (not before[-1].quantities or not near):
        for draft in before if _ALL.search(between) else before[-1:]:
            draft.dropped = True
    elif near and after[0].quantities:
        after[0].quantities = []
    elif after and not after[0].quantities and _NEXT.fullmatch(line.text.low[piece.end : after[0].start]):
        for draft in _listed(line, after):
            draft.dropped = True
    elif before:
        # Nobody knows what is taken back: the amount is asked about.
        before[-1].quantities = []


def _listed(line: Line, drafts: Sequence[Draft]) -> list[Draft]:
    """The first of these, and those joined to it that have no quantity either (去掉凉茶和椰汁)."""
    listed = [drafts[0]]
    for draft in drafts[1:]:
        joined = _AND.fullmatch(line.text.low[listed[-1].end : draft.start])
        if draft.quantities or not joined:
            break
        listed.append(draft)
    return listed


def _swap(piece: Piece, drafts: list[Draft]) -> None:
    """M8的换成M10: what was said before goes out."""
    before = [draft for draft in drafts if draft.end <= piece.start and not draft.dropped]
    after = [draft for draft in drafts if draft.start >= piece.end]
    if before and after and not before[-1].quantities:
        before[-1].dropped = True


def prices(pieces: Sequence[Piece], drafts: list[Draft]) -> None:
    """A price belongs to the goods said before it."""
    for piece in pieces:
        if piece.kind == "M" and drafts:
            before = [draft for draft in drafts if draft.start < piece.start and not draft.gift]
            (before[-1] if before else drafts[0]).prices.append(piece)
