"""Who is meant where a cell, a title or a name of a file speaks of a customer."""

from datetime import date

from handlers.understanding.normalise.text import read_text
from handlers.understanding.readings.creating import OrderReader
from handlers.understanding.readings.slots import Chosen
from handlers.understanding.spans.items import Line
from handlers.understanding.spans.scan import Scanner
from handlers.understanding.vocabulary.mentions import Named

_ANY_DAY = date(2000, 1, 1)
_LONGEST = 60


class CustomerReader:
    """Finds customers; what was found for the same words before is remembered."""

    def __init__(self, scanner: Scanner, orders: OrderReader) -> None:
        self._scanner = scanner
        self._orders = orders
        self._named: dict[str, Chosen] = {}
        self._whole: dict[str, bool] = {}

    def forget(self) -> None:
        """Let go of what was remembered: words of tables come without end."""
        self._named.clear()
        self._whole.clear()

    def named(self, words: str) -> Chosen:
        """Who a cell names that is there for a customer; no entries where nobody is called so."""
        if words not in self._named:
            found = self._orders.customers(self._line(words)) if len(words) <= _LONGEST else []
            entries = found[0].entries if len(found) == 1 else frozenset()
            self._named[words] = Chosen(entries, words)
        return self._named[words]

    def mentions(self, words: str) -> tuple[Named, ...]:
        """How words name a customer: the reasons for `named`."""
        return tuple(item.named for item in self._line(words).items if item.tag == "C")

    def is_customer(self, cell: str) -> bool:
        """Whether any cell names one customer, with all it says."""
        if cell not in self._whole:
            self._whole[cell] = 1 < len(cell) <= _LONGEST and self._is_whole(self._line(cell))
        return self._whole[cell]

    def hinted(self, words: str) -> Chosen | None:
        """The one customer that words mention by name among others (11月人民路华联订单)."""
        if len(words) > _LONGEST:
            return None
        named = [item.named for item in self._line(words).items if item.tag == "C" and item.named.entries]
        heard = any(one.kind != "name" for found in named for one in found.fragments)
        return Chosen(named[0].entries, named[0].words) if len(named) == 1 and not heard else None

    def _is_whole(self, line: Line) -> bool:
        items = line.items
        return len(items) == 1 and items[0].tag == "C" and len(items[0].named.entries) == 1

    def _line(self, words: str) -> Line:
        return self._scanner.line(read_text(words), _ANY_DAY)
