"""Orders from pasted tables."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.understanding.grammar.grounds import By, Ground
from handlers.understanding.lines.measuring import Asked, Measure
from handlers.understanding.lines.reader import Lines
from handlers.understanding.normalise.text import Text, fold, read_text
from handlers.understanding.readings.creating import Order, OrderReader
from handlers.understanding.readings.slots import Chosen
from handlers.understanding.readings.tables import Row, Table, TableReader
from handlers.understanding.spans.items import Line, Quantity
from handlers.understanding.spans.scan import Scanner
from handlers.understanding.values.money import Money
from handlers.understanding.vocabulary.lexicon import Lexicon
from handlers.understanding.vocabulary.mentions import Named


class Spreadsheet:
    """Reads tables as orders, one for each customer."""

    def __init__(self, lexicon: Lexicon, scanner: Scanner, orders: OrderReader) -> None:
        self._lexicon = lexicon
        self._scanner = scanner
        self._orders = orders
        self._measure = Measure(lexicon)
        goods = lexicon.goods
        sizes = {lexicon.alphabet.spell(value): keys for value, keys in goods.option_keys.items()}
        styles = {lexicon.alphabet.spell(char) for char in goods.articles}
        known = (size for size in goods.by_size if not size.isdigit() and size not in styles)
        lettered = {size: frozenset({"size"}) for size in known}
        self._tables = TableReader({**lettered, **sizes})

    def orders(self, text: Text, today: date) -> list[Order]:
        """The orders of a table; none where there is no table."""
        table = self._tables.read(text)
        if table is None or not table.rows:
            return []
        common = self._orders.read(self._scanner.line(read_text(table.around), today), today)
        return [self._order(common, name, rows, today) for name, rows in _by_customer(table).items()]

    def _order(self, common: Order, name: str, rows: list[Row], today: date) -> Order:
        lines = Lines(tuple(self._asked(row, today) for row in rows))
        order = replace(common, lines=lines, ground=Ground(By.TABLE))
        return self._for(order, name, today) if name else order

    def _for(self, order: Order, name: str, today: date) -> Order:
        """The order with the customer of its rows."""
        line = self._scanner.line(read_text(name), today)
        found = self._orders.customers(line)
        customer = found[0] if len(found) == 1 else Chosen(frozenset(), name)
        mentions = tuple(item.named for item in line.items if item.tag == "C")
        return replace(order, customer=customer, mentions=mentions)

    def _asked(self, row: Row, today: date) -> Asked:
        goods, _, spec = row.goods.partition("\t")
        goods = f"{self._style(row.above, today)} {goods}".strip()
        named = self._named(goods, spec, today)
        unit = fold(row.unit)
        quantity = Quantity((row.quantity,), unit) if row.quantity is not None else Quantity((), unit)
        asked = replace(self._measure.asked(named.entries, goods, quantity), said=named)
        if row.price is None:
            return asked
        price = self._measure.price(asked, Money(0, 0, row.price))
        return replace(asked, line=replace(asked.line, price=price))

    def _style(self, above: Sequence[str], today: date) -> str:
        """The goods named in the nearest free line above, where it names no others and counts none."""
        for free in reversed(above):
            line = self._scanner.line(read_text(free), today)
            named = [item for item in line.items if item.tag in "PQ"]
            if named:
                return line.text.low[named[0].start : named[0].end] if len(named) == 1 else ""
        return ""

    def _named(self, goods: str, spec: str, today: date) -> Named:
        """The product of a row: by its name, by name and measure together where that is not enough."""
        by_name = self._fragments(goods, today)
        if spec and len(by_name.entries) != 1:
            both = self._fragments(f"{goods} {spec}", today)
            return both if both.entries else by_name
        return by_name

    def _fragments(self, words: str, today: date) -> Named:
        line: Line = self._scanner.line(read_text(words), today)
        return self._orders.goods(line, words)


def _by_customer(table: Table) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    for row in table.rows:
        rows.setdefault(row.customer, []).append(row)
    return rows
