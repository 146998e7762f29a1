"""Qualities that are not wanted (可乐20箱 不要瓶装的): they narrow the goods before them."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.understanding.lines.pairing import Draft
from handlers.understanding.lines.pieces import Piece
from handlers.understanding.spans.goods import ProductFinder

_NEAR = 1
_KINDS = frozenset("味色款装型版")


def excluded(
    products: ProductFinder, pieces: Sequence[Piece], drafts: Sequence[Draft]
) -> tuple[list[Piece], list[Draft]]:
    """The pieces and drafts without what was said to be unwanted of goods that stay."""
    kept, left = list(pieces), list(drafts)
    for piece in [one for one in pieces if one.kind in {"keep", "drop", "fix"}]:
        if piece.kind == "keep":
            left = _without_kept(piece, left)
        refused = next((one for one in left if 0 <= one.start - piece.end <= _NEAR), None)
        before = [one for one in left if one.end <= piece.start and one.named]
        last = next((one for one in reversed(before) if one.quantities), None)
        denied = piece.words == "不是" and refused is not None and refused.start == piece.end
        if not denied and (piece.kind != "drop" or piece.words.endswith("了")):
            continue
        if refused is None or refused.quantities or last is None or not last.named:
            continue
        entries = _having(products, refused)
        if any(_within(one, entries) for one in before if one.quantities):
            continue
        if denied or last.named.entries & entries or all(map(products.qualifies, refused.fragments)):
            last.named = replace(last.named, entries=last.named.entries - entries)
            kept.remove(piece)
            left.remove(refused)
    return kept, left


def _having(products: ProductFinder, draft: Draft) -> frozenset[int]:
    """The products of which the words hold; 味 behind what names a taste says nothing more."""
    every = [products.having(one) for one in draft.fragments if one.word not in _KINDS]
    return frozenset.intersection(*every) if every else frozenset()


def _within(draft: Draft, entries: frozenset[int]) -> bool:
    """Whether a line is itself what is not wanted: then it is taken back."""
    return draft.named is not None and draft.named.entries <= entries


def _without_kept(piece: Piece, drafts: list[Draft]) -> list[Draft]:
    """冰爽不变: what stays as it is needs no line."""
    before = [one for one in drafts if one.end <= piece.start]
    kept = before[-1] if before and not before[-1].quantities else None
    return [one for one in drafts if one is not kept]
