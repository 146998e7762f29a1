"""The product lines of an order, as they were said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.understanding.lines import marking, totals
from handlers.understanding.lines.carrying import Carrier
from handlers.understanding.lines.excluding import excluded
from handlers.understanding.lines.joining import Joiner
from handlers.understanding.lines.measuring import Asked, Measure
from handlers.understanding.lines.pairing import Draft, Pairing
from handlers.understanding.lines.pieces import PieceReader
from handlers.understanding.lines.revising import rejoined, revised
from handlers.understanding.lines.settling import Settler
from handlers.understanding.lines.shaping import Shaper
from handlers.understanding.lines.spreading import Spreader
from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.spans.items import Item, Line
from handlers.understanding.vocabulary.lexicon import Lexicon
from handlers.understanding.vocabulary.mentions import Fragment, Named


@dataclass(frozen=True, slots=True)
class Lines:
    """Product lines in the order said."""

    asked: tuple[Asked, ...] = ()

    def priced_only(self) -> "Lines":
        """The same lines where a price alone is enough."""
        return Lines(
            tuple(replace(one, without_quantity=False) if one.line.price else one for one in self.asked)
        )

    def __bool__(self) -> bool:
        return bool(self.asked)


class LineReader:
    """Reads product lines; `changing` where quantities may be differences."""

    def __init__(self, lexicon: Lexicon, products: ProductFinder) -> None:
        self._products = products
        self._pieces = PieceReader(products)
        self._carrier = Carrier(products)
        self._spreader = Spreader(lexicon, products)
        self._shaper = Shaper(products, self._carrier)
        self._settler = Settler(Measure(lexicon))

    def describes(self, entry: int, fragment: Fragment) -> bool:
        """Whether a product has what a fragment says."""
        return entry in self._products.having(fragment) or self._products.describes(entry, fragment)

    def among(self, said: Named, known: frozenset[int]) -> frozenset[int]:
        """The entries a qualifier means beside goods that are known: their noun is taken over."""
        named = [self._products.named(entry) for entry in known]
        return frozenset(entry for one in named for entry in self._carrier.complete(said, one).entries)

    def of_each(self, line: Line, known: frozenset[int]) -> Lines:
        """各加2箱: a line for each product talked about."""
        made = [asked for entry in sorted(known) for asked in self.of_one(line, frozenset({entry})).asked]
        return Lines(tuple(made))

    def of_one(self, line: Line, known: frozenset[int]) -> Lines:
        """再加5箱 where only one product was talked about."""
        if len(known) != 1:
            return Lines()
        named = self._products.named(min(known))
        first = line.items[0].start if line.items else 0
        item = Item("P", first, first, named)
        made = self.read(line.part([item, *line.items]), changing=True).asked
        told = tuple(one for one in made if not (one.without_quantity and one.entries == known))
        return Lines(told or made)

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
        pairing = Pairing(line)
        said, sums = totals.taken_out(line, self._pieces.read(line))
        pieces = self._spreader.spread(Joiner(line, self._products).merged(said), line.room)
        pieces, drafts = excluded(self._products, pieces, pairing.drafts(pieces))
        marking.spread_quantity(pieces, drafts)
        marking.shares(pieces, drafts)
        marking.gifts(line, pieces, drafts)
        marking.operations(line, pieces, drafts)
        marking.prices(pieces, drafts)
        drafts = self._shaper.headed(self._shaper.narrowed(self._shaper.corrected(pieces, drafts)))
        self._complete(drafts)
        drafts = revised(pieces, drafts, changing=changing)
        drafts = drafts if changing else rejoined(drafts)
        asked: list[Asked] = []
        for draft in drafts:
            asked += self._settler.asked(draft, asked, changing=changing)
        asked = self._settler.bargains(line, self._settler.without_wholes(drafts, asked))
        return Lines(tuple(totals.checked(sums, asked)))

    def _complete(self, drafts: Sequence[Draft]) -> None:
        """Each mention with what it takes over from those before it."""
        before: Named | None = None
        for draft in drafts:
            named = self._carrier.complete(draft.named, before) if draft.named else None
            draft.carried = named is not draft.named
            draft.named = named
            before = named if named and named.fragments else before
