"""What numbers, days, times and sums of a line mean by themselves."""

import re
from collections.abc import Iterator
from decimal import Decimal

from handlers.understanding.spans.items import Item, Line, Quantity
from handlers.understanding.values.clock import Clock
from handlers.understanding.values.days import Days
from handlers.understanding.values.money import Money
from handlers.understanding.values.numerals import Number
from handlers.understanding.values.refs import Orders
from handlers.understanding.why.figures import Counted, Dated, Numbered, Paid, Timed
from handlers.understanding.why.reasons import Reason

_PLAIN = re.compile(r"\d+(?:\.\d+)?")


def meanings(line: Line, orders: tuple[str, ...], amount: Decimal | None = None) -> Iterator[Reason]:
    """The reasons of the values in a line, in the order said; `orders` and `amount` are what bare numbers may be."""
    for item in line.items:
        yield from _meaning(line, item, orders, amount)


def _meaning(line: Line, item: Item, orders: tuple[str, ...], amount: Decimal | None) -> Iterator[Reason]:
    words, value = line.raw(item.start, item.end), item.value
    if isinstance(value, Quantity):
        if not _literal(words, value.unit):
            yield Counted(words, value.values, value.unit)
    elif isinstance(value, Number):
        yield from _number(words, value, orders, amount)
    elif isinstance(value, Days):
        as_order = value.number is not None and str(value.number) in orders
        yield Numbered(words, str(value.number)) if as_order else Dated(words, value.first, value.last)
    elif isinstance(value, Clock):
        yield Timed(words, value.period or "", value.at, value.length)
    elif isinstance(value, Orders):
        yield Numbered(words, value.number)
    elif isinstance(value, Money):
        yield Paid(words, value.value)


def _number(words: str, value: Number, orders: tuple[str, ...], amount: Decimal | None) -> Iterator[Reason]:
    if f"{value.value:f}" in orders:
        yield Numbered(words, f"{value.value:f}")
    elif value.value == amount:
        yield Paid(words, value.value)
    elif not _PLAIN.fullmatch(words):
        yield Counted(words, value.values, "")


def _literal(words: str, unit: str) -> bool:
    """Whether a quantity is written as it is meant: 20箱."""
    return bool(_PLAIN.fullmatch(words.replace(" ", "").removesuffix(unit)))
