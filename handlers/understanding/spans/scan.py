"""From a line of text to its items: the way through normalising, spans, sound and names."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date
from operator import attrgetter

from handlers.understanding.normalise.text import Text
from handlers.understanding.spans.finder import SpanFinder
from handlers.understanding.spans.generals import with_general_nouns
from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.spans.hearing import Listener
from handlers.understanding.spans.items import Line
from handlers.understanding.spans.lattice import cut
from handlers.understanding.spans.naming import Namer
from handlers.understanding.spans.quantities import quantities
from handlers.understanding.spans.span import Span
from handlers.understanding.vocabulary.cells import Cells
from handlers.understanding.vocabulary.lexicon import Lexicon

_HEARD_UP_TO = 400


class Scanner:
    """Reads lines against one lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        kinds = lexicon.kinds
        self.products = ProductFinder(lexicon)
        self.spans = SpanFinder(lexicon)
        self._listener = Listener(kinds)
        self._namer = Namer(kinds, self.products)

    def line(self, text: Text, today: date) -> Line:
        """The items of a line."""
        return self.read(text, *self.found(text, today))

    def found(self, text: Text, today: date) -> tuple[list[Span], Cells]:
        """Everything that stretches of a line may mean, by where they begin, and its cells."""
        cells = self.spans.cells(text.low)
        return sorted(self.spans.find(text.low, cells, today), key=attrgetter("start")), cells

    def parts(
        self, text: Text, found: Sequence[Span], stretches: Sequence[tuple[int, int]]
    ) -> Iterator[Line]:
        """The items of each stretch by itself, from what was found in the whole line."""
        starts = [span.start for span in found]
        for first, last in stretches:
            own = found[bisect_left(starts, first) : bisect_left(starts, last)]
            moved = [
                span._replace(start=span.start - first, end=span.end - first)
                for span in own
                if span.end <= last
            ]
            part = text.cut(first, last)
            yield self.read(part, moved, self.spans.cells(part.low))

    def read(self, text: Text, found: Sequence[Span], cells: Cells) -> Line:
        """The items of a line in which this was found."""
        named = self._namer.items(text, self.path(text, found, cells))
        items = with_general_nouns(text, named, self.products)
        return Line(text, tuple(quantities(items, text.low)))

    def path(self, text: Text, found: Sequence[Span], cells: Cells) -> list[Span]:
        """The cheapest way through a line in which this was found, with what sounds like names."""
        path = cut(len(text.low), found, cells.starts)
        if len(text.low) <= _HEARD_UP_TO:
            heard = list(self._listener.spans(text.low, cells, path))
            if heard:
                path = cut(len(text.low), [*found, *heard], cells.starts)
        return path

    def sizes(self, entry: int) -> frozenset[str]:
        """The ways to say the sizes of a product."""
        return self._lexicon.goods.sizes[entry]

    def spelled(self, words: str) -> str:
        """Words in the alphabet of the catalogue, or nothing where they cannot be written in it."""
        return self._lexicon.alphabet.learned(words)
