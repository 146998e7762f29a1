"""The product lines of an order, as they were said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal

from handlers.understanding.carrying import Carrier
from handlers.understanding.goods import ProductFinder
from handlers.understanding.items import Item, Line, Quantity
from handlers.understanding.lexicon import Lexicon
from handlers.understanding.measuring import Asked, Measure
from handlers.understanding.mentions import Fragment, Named
from handlers.understanding.pairing import OPERATIONS, Draft, Pairing
from handlers.understanding.pieces import Piece, PieceReader, gap, rules
from handlers.understanding.spreading import Spreader

GLUED = 0
_MOST_PARTS = 9


@dataclass(frozen=True, slots=True)
class Lines:
    """Product lines in the order said."""

    asked: tuple[Asked, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.asked)

    @property
    def counted(self) -> bool:
        """Whether some line has a quantity."""
        return any(one.values or one.line.delta is not None for one in self.asked)


class LineReader:
    """Reads product lines; `changing` where quantities may be differences."""

    def __init__(self, lexicon: Lexicon, products: ProductFinder) -> None:
        self._products = products
        self._pieces = PieceReader(products)
        self._carrier = Carrier(products)
        self._spreader = Spreader(lexicon, products)
        self._measure = Measure(lexicon)

    def describes(self, entry: int, fragment: Fragment) -> bool:
        """Whether a product has what a fragment says."""
        return entry in self._products.having(fragment) or self._products.describes(entry, fragment)

    def among(self, said: Named, known: frozenset[int]) -> frozenset[int]:
        """The entries a qualifier means beside goods that are known: their noun is taken over."""
        named = [self._products.named(entry) for entry in known]
        return frozenset(entry for one in named for entry in self._carrier.complete(said, one).entries)

    def of_one(self, line: Line, known: frozenset[int]) -> Lines:
        """再加5箱 where only one product was talked about."""
        if len(known) != 1:
            return Lines()
        named = self._products.named(min(known))
        first = line.items[0].start if line.items else 0
        item = Item("P", first, first, named)
        return self.read(line.part([item, *line.items]), changing=True)

    def one(self, line: Line, words: str) -> Named:
        """Everything that names goods in a line, as one mention."""
        fragments = tuple(one for item in line.items for one in self._pieces.fragments(line, item))
        entries = self._products.fit(fragments)
        if not entries:
            entries = self._products.fit(tuple(one for one in fragments if one.kind == "name"))
            named = [one for one in fragments if one.kind in {"size", "option"}]
            entries = frozenset() if named else entries
        return Named("product", entries, fragments, words)

    def read(self, line: Line, *, changing: bool = False) -> Lines:
        """The lines said in `line`."""
        pairing = Pairing(line, self._products)
        pieces = self._spreader.spread(pairing.merged(self._pieces.read(line)))
        drafts = pairing.drafts(pieces)
        self._each(pieces, drafts)
        self._gifts(line, pieces, drafts)
        self._operations(pieces, drafts)
        self._prices(pieces, drafts)
        drafts = self._corrected(pieces, drafts)
        drafts = self._headed(self._narrowed(line, drafts))
        asked: list[Asked] = []
        before: Named | None = None
        for draft in drafts:
            named = self._carrier.complete(draft.named, before) if draft.named else None
            draft.named = named
            before = named if named and named.fragments else before
            asked += self._asked(draft, asked, changing=changing)
        asked = self._bargains(line, drafts, self._without_wholes(drafts, asked))
        return Lines(tuple(asked))

    def _each(self, pieces: Sequence[Piece], drafts: list[Draft]) -> None:
        """各10箱: the quantity holds for every product before it that has none."""
        for index, piece in enumerate(pieces[:-1]):
            following = pieces[index + 1]
            if piece.kind != "each" or following.kind != "Q":
                continue
            for draft in drafts:
                if not draft.quantities and draft.start < piece.start and not draft.dropped:
                    draft.quantities.append(following)
            if not any(following in draft.quantities for draft in drafts if draft.start < piece.start):
                for draft in drafts:
                    if not draft.quantities:
                        draft.quantities.append(following)

    def _gifts(self, line: Line, pieces: Sequence[Piece], drafts: list[Draft]) -> None:
        for index, piece in enumerate(pieces):
            if piece.kind != "gift" or index + 1 >= len(pieces) or index == 0:
                continue
            before, after = pieces[index - 1], pieces[index + 1]
            counted = before.kind in {"Q", "M"} or (
                index > 1 and [before.kind, pieces[index - 2].kind] == ["P", "Q"]
            )
            if not counted or not self._gives(line, before, piece, after):
                continue
            self._give(piece, after, pieces[index + 2 :], drafts)

    def _gives(self, line: Line, before: Piece, piece: Piece, after: Piece) -> bool:
        """送 gives where it stands directly between quantities; else it delivers."""
        if any(start < piece.start < end for start, end, _, _ in rules(line)):
            return False
        between = line.text.low[before.end : piece.start].strip(" ,，再另外还")
        return not between and after.kind in {"Q", "P"} and gap(line, piece, after) <= 1

    def _give(self, piece: Piece, after: Piece, rest: Sequence[Piece], drafts: list[Draft]) -> None:
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
        del rest

    def _operations(self, pieces: Sequence[Piece], drafts: list[Draft]) -> None:
        """Which word of change each line stands under."""
        for piece in pieces:
            if piece.kind == "drop":
                self._drop(piece, drafts)
            elif piece.kind == "set" and piece.words[0] in "换改变":
                self._swap(piece, drafts)
        last = 0
        for draft in drafts:
            for piece in pieces:
                if piece.kind in OPERATIONS and last <= piece.start < draft.end and not draft.dropped:
                    draft.operation = piece.kind
            if not draft.operation and not draft.dropped:
                earlier = [one for one in drafts if one.end <= draft.start and not one.dropped]
                draft.operation = earlier[-1].operation if earlier else ""
            last = draft.end

    def _drop(self, piece: Piece, drafts: list[Draft]) -> None:
        before = [draft for draft in drafts if draft.end <= piece.start and not draft.dropped]
        after = [draft for draft in drafts if draft.start >= piece.end]
        if before and (not before[-1].quantities or not after):
            before[-1].dropped = True
        elif after and not after[0].quantities:
            after[0].dropped = True

    def _swap(self, piece: Piece, drafts: list[Draft]) -> None:
        """M8的换成M10: what was said before goes out."""
        before = [draft for draft in drafts if draft.end <= piece.start and not draft.dropped]
        after = [draft for draft in drafts if draft.start >= piece.end]
        if before and after and not before[-1].quantities:
            before[-1].dropped = True

    def _prices(self, pieces: Sequence[Piece], drafts: list[Draft]) -> None:
        for piece in pieces:
            if piece.kind == "M" and drafts:
                before = [draft for draft in drafts if draft.start < piece.start and not draft.gift]
                (before[-1] if before else drafts[0]).prices.append(piece)

    def _corrected(self, pieces: Sequence[Piece], drafts: list[Draft]) -> list[Draft]:
        """The later word wins (十箱不对十五箱)."""
        for piece in pieces:
            if piece.kind != "fix":
                continue
            before = [draft for draft in drafts if draft.start < piece.start]
            after = [draft for draft in drafts if draft.start >= piece.end]
            if before and len(before[-1].quantities) > 1 and before[-1].end > piece.end:
                before[-1].quantities = [one for one in before[-1].quantities if one.start > piece.start]
            elif before and after:
                drafts = self._replaced(drafts, before, after[0])
        return drafts

    def _replaced(self, drafts: list[Draft], before: list[Draft], new: Draft) -> list[Draft]:
        same = [old for old in before if old.named and new.named and old.named.entries == new.named.entries]
        old = same[-1] if same else before[-1]
        if not new.quantities:
            new.quantities = old.quantities
        kept = [draft for draft in drafts if draft is not new]
        kept[kept.index(old)] = new
        return kept

    def _headed(self, drafts: list[Draft]) -> list[Draft]:
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

    def _narrowed(self, line: Line, drafts: list[Draft]) -> list[Draft]:
        """A qualifier without a quantity narrows the line before it (酸奶5箱 原味的)."""
        out: list[Draft] = []
        for draft in drafts:
            last = out[-1] if out else None
            joint = self._qualified(last, draft) if last else None
            if last and joint is not None:
                last.named = joint
                last.prices += draft.prices
            else:
                out.append(draft)
        return out

    def _qualified(self, last: Draft, draft: Draft) -> Named | None:
        if draft.quantities or draft.dropped or not last.quantities or not draft.named or not last.named:
            return None
        if draft.named.exact or not draft.fragments or not last.fragments:
            return None
        fragments = (*last.fragments, *draft.fragments)
        entries = self._products.fit(fragments)
        return replace(last.named, entries=entries, fragments=fragments) if entries else None

    def _asked(self, draft: Draft, so_far: Sequence[Asked], *, changing: bool) -> list[Asked]:
        named = draft.named
        entries = named.entries if named else frozenset()
        words = named.words if named else ""
        if draft.dropped:
            unit = self._measure.default_unit(entries)
            made = self._measure.asked(entries, words, None)
            line = replace(made.line, qty=Decimal(0), unit=unit)
            return [replace(made, line=line, without_quantity=False, values=(Decimal(0),))]
        said = [piece.quantity for piece in draft.quantities if piece.quantity]
        if changing and len(said) > 1 and draft.operation == "set":
            said = said[-1:]
        said = _once(said)
        return [
            self._one(draft, entries, words, quantity, so_far, changing=changing)
            for quantity in said or [None]
        ]

    def _one(
        self,
        draft: Draft,
        entries: frozenset[int],
        words: str,
        quantity: Quantity | None,
        so_far: Sequence[Asked],
        *,
        changing: bool,
    ) -> Asked:
        made = replace(self._measure.asked(entries, words, quantity), said=draft.named)
        line = made.line
        if draft.gift:
            unit = line.unit if quantity and quantity.unit else so_far[-1].line.unit if so_far else line.unit
            return replace(made, line=replace(line, gift=True, unit=unit))
        if changing and draft.operation in {"plus", "minus"} and line.qty is not None:
            delta = line.qty if draft.operation == "plus" else -line.qty
            return replace(made, line=replace(line, qty=None, delta=delta))
        if draft.prices and draft.prices[-1].money:
            return replace(made, line=replace(line, price=self._measure.price(made, draft.prices[-1].money)))
        return made

    def _without_wholes(self, drafts: Sequence[Draft], asked: list[Asked]) -> list[Asked]:
        """20箱 15箱罐装5箱瓶装: only the parts, where they add up."""
        if len(drafts) != len(asked):
            return asked
        for index, whole in enumerate(asked):
            if whole.line.sku or len(whole.entries) < 2 or whole.line.qty is None:
                continue
            for end in range(index + 3, min(index + _MOST_PARTS, len(asked)) + 1):
                parts = asked[index + 1 : end]
                if all(part.entries <= whole.entries for part in parts) and self._measure.parts_of(
                    whole, parts
                ):
                    return [*asked[:index], *parts, *asked[end:]]
        return asked

    def _bargains(self, line: Line, drafts: Sequence[Draft], asked: list[Asked]) -> list[Asked]:
        """买10送1: a gift line after the line it speaks of."""
        for start, _, bought, given in rules(line):
            index = max((at for at, draft in enumerate(drafts) if draft.start < start), default=0)
            if index >= len(asked) or bought <= 0 or asked[index].line.qty is None:
                continue
            base = asked[index]
            count = ((base.line.qty or Decimal(0)) / bought).to_integral_value(ROUND_FLOOR) * given
            if count > 0:
                gift = replace(base, line=replace(base.line, qty=count, gift=True, price=None))
                asked = [*asked[: index + 1], gift, *asked[index + 1 :]]
        return asked


def _once(said: list[Quantity]) -> list[Quantity]:
    """Two quantities of one unit for one line: it is either."""
    by_unit: dict[str, list[Quantity]] = {}
    for quantity in said:
        by_unit.setdefault(quantity.unit, []).append(quantity)
    return [
        found[0]
        if len(found) == 1
        else Quantity(tuple(dict.fromkeys(v for one in found for v in one.values)), unit)
        for unit, found in by_unit.items()
    ]
