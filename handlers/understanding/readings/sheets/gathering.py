"""Rows gathered into orders: one for each customer, day and place."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias, TypeVar

from handlers.understanding.grammar.grounds import By, Ground
from handlers.understanding.lines.measuring import Asked
from handlers.understanding.lines.reader import Lines
from handlers.understanding.reading import Spot
from handlers.understanding.readings.creating import Order, OrderReader
from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.readings.sheets.customers import CustomerReader
from handlers.understanding.readings.sheets.dates import NEVER, DayReader, When
from handlers.understanding.readings.sheets.surroundings import TITLE, Around
from handlers.understanding.readings.sheets.wishes import Wish
from handlers.understanding.readings.slots import Chosen

Whose: TypeAlias = frozenset[int] | str | None
_Key: TypeAlias = tuple[Whose, When, str]
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True)
class Line:
    """A line with the row it comes from; `place` tells its place among all of them."""

    place: int
    wish: Wish
    page: str
    asked: Asked


@dataclass(slots=True)
class Gathered:
    """An order of a table, before it is a reading."""

    customer: Chosen | None
    source: str
    when: When
    address: str
    around: Around
    lines: list[Line] = field(default_factory=list)


class Gatherer:
    """Collects the rows of one message or file."""

    def __init__(self, customers: CustomerReader, days: DayReader, orders: OrderReader, today: date) -> None:
        self._customers = customers
        self._days = days
        self._orders = orders
        self._today = today
        self._found: dict[_Key, Gathered] = {}
        self._lines = 0

    def add(self, wish: Wish, page: str, around: Around, asked: Iterable[Asked]) -> None:
        """A row, with what stands around its table."""
        customer = self._customers.named(wish.customer) if wish.customer else around.customer
        source = "" if wish.customer else around.source
        when = self._days.when(wish.due, self._today)
        key = (_whose(customer), when, wish.address)
        order = self._found.setdefault(key, Gathered(customer, source, when, wish.address, around))
        for one in asked:
            order.lines.append(Line(self._lines, wish, page, one))
            self._lines += 1

    def orders(self) -> list[Gathered]:
        """The orders, in the order of their first rows.

        A day or an address that some rows of a customer say, and no others another, holds for those that say none.
        """
        merged: dict[_Key, Gathered] = {}
        for (whose, said_when, said_where), order in self._found.items():
            mates = [key for key in self._found if key[0] == whose]
            when = said_when if said_when != NEVER else _only({key[1] for key in mates} - {NEVER}, NEVER)
            where = said_where or _only({key[2] for key in mates} - {""}, "")
            whole = merged.setdefault(
                (whose, when, where), replace(order, when=when, address=where, lines=[])
            )
            whole.lines = sorted([*whole.lines, *order.lines], key=lambda line: line.place)
        return sorted(merged.values(), key=lambda order: order.lines[0].place)

    def sketch(self, order: Gathered, *, spots: bool) -> Sketch:
        """An order as a reading to be; with `spots` its lines say where they stand."""
        around = order.around
        when = order.when if order.when != NEVER else around.when
        asked = tuple(_spotted(line) if spots else line.asked for line in order.lines)
        made = Order(
            order.customer,
            Lines(asked),
            when.due,
            when.period,
            order.address or around.address or None,
            _notes(order) or None,
            when.urgent,
            around.line,
            Ground(By.TABLE),
            self._customers.mentions(order.customer.words)
            if order.customer and order.source != TITLE
            else (),
        )
        sketch = self._orders.sketch(made)
        if when.unread:
            sketch.unknown["due"] = when.unread
        return sketch


def _whose(customer: Chosen | None) -> Whose:
    return None if customer is None else customer.entries or customer.words


def _only(found: set[_Thing], otherwise: _Thing) -> _Thing:
    return next(iter(found)) if len(found) == 1 else otherwise


def _spotted(line: Line) -> Asked:
    spot = Spot(line.page, line.wish.row, line.wish.words, line.wish.column)
    return replace(line.asked, line=replace(line.asked.line, spot=spot))


def _notes(order: Gathered) -> str:
    """What is remarked around the table and in its rows; of one row among others it is said which."""
    said: dict[str, list[str]] = {}
    for line in order.lines:
        if line.wish.note and line.wish.words not in said.setdefault(line.wish.note, []):
            said[line.wish.note].append(line.wish.words)
    rows = len({(line.page, line.wish.row) for line in order.lines})
    notes = [note if len(names) == rows else f"{'、'.join(names)}：{note}" for note, names in said.items()]
    return "；".join(filter(None, [order.around.note, *notes]))
