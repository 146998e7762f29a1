"""What holds for a whole table: customer, day, address and remarks that stand around it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from handlers.understanding.lines.reader import Lines
from handlers.understanding.normalise.text import read_text
from handlers.understanding.readings.creating import OrderReader
from handlers.understanding.readings.sheets.around import Facts, facts_of
from handlers.understanding.readings.sheets.customers import CustomerReader
from handlers.understanding.readings.sheets.dates import NEVER, DayReader, When
from handlers.understanding.readings.sheets.grid import GridRow
from handlers.understanding.readings.slots import Chosen
from handlers.understanding.spans.items import Line
from handlers.understanding.spans.scan import Scanner

LABEL, TITLE, PAGE, FILE = "label", "title", "page", "file"
"""Where a customer was found that no column names."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is said around a table. `source` says where the customer stands; `lines` are goods among the words, which are `line`."""

    customer: Chosen | None = None
    source: str = ""
    when: When = NEVER
    address: str = ""
    note: str = ""
    lines: Lines = field(default_factory=Lines)
    line: Line | None = None


class SurroundingsReader:
    """Reads it."""

    def __init__(
        self, scanner: Scanner, orders: OrderReader, customers: CustomerReader, days: DayReader
    ) -> None:
        self._scanner = scanner
        self._orders = orders
        self._customers = customers
        self._days = days

    def of_paste(self, rows: Sequence[GridRow], today: date) -> Around:
        """What a message says around its table: labels, and the rest read as any line."""
        facts = facts_of(rows)
        said = self._orders.read(self._scanner.line(read_text("\n".join(facts.free)), today), today)
        labelled = self._labelled(facts, today)
        counted = Lines(tuple(asked for asked in said.lines.asked if asked.values))
        return replace(
            labelled,
            customer=labelled.customer or said.customer,
            when=labelled.when if labelled.when != NEVER else When(said.due, said.period, said.urgent),
            address=labelled.address or said.address or "",
            note=labelled.note or said.note or "",
            lines=counted,
            source=labelled.source or (TITLE if said.customer else ""),
            line=said.line,
        )

    def of_page(self, rows: Sequence[GridRow], names: Sequence[tuple[str, str]], today: date) -> Around:
        """What a page says around a table: labels, a customer by name, and when it is to be delivered.

        `names` are those of the page and the file with where they stand; they are looked at last.
        """
        facts = facts_of(rows)
        around = self._labelled(facts, today)
        if around.when == NEVER:
            around = replace(around, when=self._days.among((facts.note, *facts.free), today))
        if around.customer:
            return around
        titles = [(words, TITLE) for words in facts.free]
        hinted = ((self._customers.hinted(words), source) for words, source in (*titles, *names))
        found = next(((customer, source) for customer, source in hinted if customer), None)
        return replace(around, customer=found[0], source=found[1]) if found else around

    def _labelled(self, facts: Facts, today: date) -> Around:
        customer = self._customers.named(facts.customer) if facts.customer else None
        when = self._days.when(facts.due, today) if facts.due else self._days.of_paper(facts.day, today)
        return Around(customer, LABEL if customer else "", when, facts.address, facts.note)
