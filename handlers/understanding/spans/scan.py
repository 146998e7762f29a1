"""From a line of text to its items: the way through normalising, spans, sound and names."""

from datetime import date

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

    def path(self, text: Text, today: date) -> list[Span]:
        """The spans of a line."""
        cells = self.spans.cells(text.low)
        found = self.spans.find(text.low, cells, today)
        path = cut(len(text.low), found, cells.starts)
        if len(text.low) <= _HEARD_UP_TO:
            heard = list(self._listener.spans(text.low, cells, path))
            if heard:
                path = cut(len(text.low), [*found, *heard], cells.starts)
        return path

    def line(self, text: Text, today: date) -> Line:
        """The items of a line."""
        named = self._namer.items(text, self.path(text, today))
        items = with_general_nouns(text, named, self.products)
        return Line(text, tuple(quantities(items, text.low)))

    def sizes(self, entry: int) -> frozenset[str]:
        """The ways to say the sizes of a product."""
        return self._lexicon.goods.sizes[entry]

    def spelled(self, words: str) -> str:
        """Words in the alphabet of the catalogue, or nothing where they cannot be written in it."""
        return self._lexicon.alphabet.learned(words)
