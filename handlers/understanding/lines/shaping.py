"""Drafts of lines in the light of one another: corrections, heads, qualifiers that follow."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.understanding.lines.carrying import Carrier
from handlers.understanding.lines.pairing import Draft
from handlers.understanding.lines.pieces import Piece
from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.vocabulary.mentions import Named


class Shaper:
    """Puts drafts in order before they are settled."""

    def __init__(self, products: ProductFinder, carrier: Carrier) -> None:
        self._products = products
        self._carrier = carrier

    def corrected(self, pieces: Sequence[Piece], drafts: list[Draft]) -> list[Draft]:
        """The later word wins (十箱不对十五箱)."""
        for piece in pieces:
            if piece.kind != "fix":
                continue
            before = [draft for draft in drafts if draft.start < piece.start]
            after = [draft for draft in drafts if draft.start >= piece.end]
            if before and before[-1].end > piece.end:
                own = before[-1].quantities
                before[-1].quantities = [one for one in own if one.start > piece.start]
                before[-1].mended = len(before[-1].quantities) < len(own)
            elif before and after:
                drafts = self._replaced(drafts, before, after[0])
        return drafts

    def _replaced(self, drafts: list[Draft], before: list[Draft], new: Draft) -> list[Draft]:
        same = [old for old in before if old.named and new.named and old.named.entries == new.named.entries]
        old = same[-1] if same else before[-1]
        if not new.quantities:
            new.quantities = old.quantities
        if new.named and old.named:
            new.named = self._carrier.complete(new.named, old.named)
        kept = [draft for draft in drafts if draft is not new]
        kept[kept.index(old)] = new
        return kept

    def headed(self, drafts: list[Draft]) -> list[Draft]:
        """A product without a quantity that only heads the qualifiers after it is no line."""
        out: list[Draft] = []
        for index, draft in enumerate(drafts):
            following = drafts[index + 1] if index + 1 < len(drafts) else None
            if following and not draft.quantities and not draft.dropped and draft.named and following.named:
                made = self._carrier.complete(following.named, draft.named)
                if (
                    made.entries
                    and made.fragments != following.named.fragments
                    and made.entries <= draft.named.entries
                ):
                    following.named = made
                    continue
            out.append(draft)
        return out

    def narrowed(self, drafts: list[Draft]) -> list[Draft]:
        """A qualifier without a quantity narrows the line before it (酸奶5箱 原味的)."""
        out: list[Draft] = []
        for index, draft in enumerate(drafts):
            last = out[-1] if out else None
            heads = not draft.attributive and self._qualifies(drafts[index + 1 : index + 2])
            joint = self._qualified(last, draft) if last and not heads else None
            if last and joint is not None:
                self._share(out, draft)
                last.named = joint
                last.prices += draft.prices
            else:
                out.append(draft)
        return out

    def _share(self, drafts: Sequence[Draft], quality: Draft) -> None:
        """黑 白 各2件 M码, M*5 L*10 黑色: a quality behind several kinds of one noun is that of each."""
        decided = self._classes(quality)
        for index in range(len(drafts) - 1, 0, -1):
            last, before = drafts[index], drafts[index - 1]
            alike = all(map(self._products.qualifies, last.fragments)) and last.fragments
            joint = self._qualified(before, quality)
            if not alike or joint is None or self._classes(before) & decided or last.breaks:
                return
            before.named = joint

    def _classes(self, draft: Draft) -> frozenset[str]:
        parts = self._products.decomposed(draft.fragments)
        return frozenset(kind for one in parts for kind in self._products.classes(one)) - {"name"}

    def _qualified(self, last: Draft, draft: Draft) -> Named | None:
        if draft.quantities or draft.dropped or not last.quantities or not draft.named or not last.named:
            return None
        if draft.named.exact or not draft.fragments or not last.fragments or not self._tells_apart(draft):
            return None
        fragments = (*last.fragments, *draft.fragments)
        entries = self._products.fit(fragments)
        return replace(last.named, entries=entries, fragments=fragments) if entries else None

    def _tells_apart(self, draft: Draft) -> bool:
        """Only a qualifier on the same line of text speaks of what was said before it."""
        words = self._products.decomposed(draft.fragments)
        return not draft.breaks and (draft.attributive or all(self._products.qualifies(one) for one in words))

    def _qualifies(self, following: Sequence[Draft]) -> bool:
        """Whether the next draft is a counted qualifier, which this one heads (…，浅蓝，30码2条)."""
        return any(
            draft.quantities
            and draft.fragments
            and all(self._products.qualifies(one) for one in draft.fragments)
            for draft in following
        )
