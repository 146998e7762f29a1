"""Orders from tables: pasted into a message, or sent as a file."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from domain.pages import Page
from handlers.understanding.normalise.text import Text
from handlers.understanding.readings.creating import OrderReader
from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.readings.sheets.blocks import Block, BlockReader
from handlers.understanding.readings.sheets.customers import CustomerReader
from handlers.understanding.readings.sheets.dates import NEVER, DayReader
from handlers.understanding.readings.sheets.gathering import Gatherer
from handlers.understanding.readings.sheets.grid import of_page, of_text
from handlers.understanding.readings.sheets.headless import guessed
from handlers.understanding.readings.sheets.heads import HeadReader
from handlers.understanding.readings.sheets.matching import Matcher
from handlers.understanding.readings.sheets.result import SheetOrder, SheetPage, SheetReading
from handlers.understanding.readings.sheets.steps import Steps, finished
from handlers.understanding.readings.sheets.styles import StyleReader
from handlers.understanding.readings.sheets.surroundings import (
    FILE,
    LABEL,
    PAGE,
    TITLE,
    Around,
    SurroundingsReader,
)
from handlers.understanding.readings.sheets.values import Values
from handlers.understanding.readings.sheets.wishes import Wish
from handlers.understanding.readings.slots import SlotReader
from handlers.understanding.spans.scan import Scanner
from handlers.understanding.vocabulary.lexicon import Lexicon


class Spreadsheet:
    """Reads tables as orders, one for each customer."""

    def __init__(self, lexicon: Lexicon, scanner: Scanner, orders: OrderReader, slots: SlotReader) -> None:
        self._orders = orders
        self._customers = CustomerReader(scanner, orders)
        self._days = DayReader(scanner, slots)
        self._around = SurroundingsReader(scanner, orders, self._customers, self._days)
        self._matcher = Matcher(lexicon, scanner, orders)
        self._values = Values(scanner)
        heads = HeadReader(_sizes(lexicon), self._customers.is_customer)
        styles = StyleReader(scanner)
        self._blocks = BlockReader(heads, styles, self._values, self._customers.is_customer)

    def sketches(self, text: Text, today: date) -> list[Sketch]:
        """The orders of the tables in a message; none where there is no table."""
        if "\n" not in text.low:
            return []
        blocks = finished(self._blocks.read(of_text(text)))
        arounds: list[Around] = []
        for block in blocks:
            around = self._around.of_paste(block.around, today)
            arounds.append(_continued(around, arounds[-1], block) if arounds else around)
        arounds = _shared(arounds, blocks)
        gatherer = self._gatherer(today)
        for block, around in zip(blocks, arounds, strict=True):
            for wish in block.wishes:
                gatherer.add(wish, "", around, self._matcher.lines(wish))
            if around.lines:
                columned = bool(block.head.at("customer", "shop"))
                beside = replace(around, customer=None) if columned else around
                gatherer.add(Wish(0, "", ""), "", beside, around.lines.asked)
        self._forget()
        return [gatherer.sketch(order, spots=False) for order in gatherer.orders()]

    def pages(self, pages: Sequence[Page], name: str, today: date) -> Steps[SheetReading]:
        """The orders in a file called `name`, and what is told of each of its pages, in steps."""
        gatherer = self._gatherer(today)
        several = len([page for page in pages if page.rows]) > 1
        told: list[SheetPage] = []
        for page in pages:
            told += ((yield from self._page(page, name, gatherer, today, several=several)),)
        self._forget()
        orders = [
            SheetOrder(gatherer.sketch(order, spots=True).reading(), order.source)
            for order in gatherer.orders()
        ]
        return SheetReading(tuple(orders), tuple(told))

    def _page(
        self, page: Page, name: str, gatherer: Gatherer, today: date, *, several: bool
    ) -> Steps[SheetPage]:
        rows = of_page(page)
        blocks = yield from self._blocks.read(rows)
        names = ((page.name, PAGE), (PurePath(name).stem, FILE))
        guess = None if blocks else guessed(rows, self._values, [words for words, _ in names])
        if guess:
            blocks = yield from self._blocks.under(guess, rows)
        shown = page.name if several else ""
        before: Around | None = None
        for block in blocks:
            around = self._around.of_page(block.around, names, today)
            before = around = _continued(around, before, block) if before else around
            for wish in block.sound:
                gatherer.add(wish, shown, around, self._matcher.lines(wish))
                yield
        return SheetPage(
            shown,
            len(blocks),
            len(rows),
            tuple(sorted((left for block in blocks for left in block.out), key=lambda one: one.row)),
            tuple(one for block in blocks for one in block.sums),
            tuple(word for block in blocks for word in (block.head.unused or {}).values()),
            headless=guess is not None,
        )

    def _forget(self) -> None:
        self._customers.forget()
        self._matcher.forget()

    def _gatherer(self, today: date) -> Gatherer:
        return Gatherer(self._customers, self._days, self._orders, today)


def _sizes(lexicon: Lexicon) -> Mapping[str, frozenset[str]]:
    """The words that may head a column of a matrix, with what they decide."""
    goods = lexicon.goods
    sizes = {lexicon.alphabet.spell(value): keys for value, keys in goods.option_keys.items()}
    styles = {lexicon.alphabet.spell(char) for char in goods.articles}
    known = (size for size in goods.by_size if not size.isdigit() and size not in styles)
    return {**{size: frozenset({"size"}) for size in known}, **sizes}


def _continued(around: Around, before: Around, block: Block) -> Around:
    """A table right below another is for the customer said around that one, unless it says its own."""
    if not block.follows or around.source in {LABEL, TITLE} or block.head.at("customer", "shop"):
        return around
    return replace(around, customer=before.customer, source=before.source)


def _shared(arounds: list[Around], blocks: Sequence[Block]) -> list[Around]:
    """A day that is said around one of several tables, and in no column, holds for each."""
    said = {around.when for around in arounds} - {NEVER}
    if len(said) != 1 or any(block.head.at("due") for block in blocks):
        return arounds
    return [replace(around, when=next(iter(said))) for around in arounds]
