"""A line as items: things named, quantities, days, words; what rules and slot readers work on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from handlers.understanding.clock import Clock
from handlers.understanding.days import Days
from handlers.understanding.mentions import Named
from handlers.understanding.money import Money
from handlers.understanding.numerals import Number
from handlers.understanding.refs import Orders
from handlers.understanding.text import Text

HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Quantity:
    """So many of a unit; `values` is empty where it was said vaguely, several where it may be one of them."""

    values: tuple[Decimal, ...]
    unit: str = ""

    @property
    def vague(self) -> bool:
        """Whether no number was said."""
        return not self.values


Value = Quantity | Named | Number | Days | Clock | Money | Orders | None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a line.

    Tags: C customer, P product, S colleague, W warehouse, Q quantity, N bare number, D days, T part of the day,
    K time of day, L length of time, O orders, M money, w word, r unknown, s separator.
    """

    tag: str
    start: int
    end: int
    value: Value = None

    @property
    def named(self) -> Named:
        """The value of C, P, S, W and r items."""
        assert isinstance(self.value, Named)  # noqa: S101 - by the tag
        return self.value


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its items."""

    text: Text
    items: tuple[Item, ...]

    @property
    def masked(self) -> str:
        """The line as rules see it: a capital letter for each item that is more than a word."""
        return "".join(self.low(item) if item.tag in "wsUr" else item.tag for item in self.items)

    def low(self, item: Item) -> str:
        """The item's words in our spelling."""
        return self.text.low[item.start : item.end]

    def raw(self, start: int, end: int) -> str:
        """The sender's words between two offsets."""
        return self.text.raw[start:end].strip()

    def part(self, items: Sequence[Item]) -> "Line":
        """The same line with some of its items only."""
        return replace(self, items=tuple(items))


def quantities(items: Sequence[Item], low: str) -> list[Item]:
    """Numbers and the units beside them become quantities."""
    out: list[Item] = []
    at = 0
    while at < len(items):
        found, used = _quantity(items, at, low)
        out.append(found or items[at])
        at += used
    return out


def _quantity(items: Sequence[Item], at: int, low: str) -> tuple[Item | None, int]:
    def word(index: int) -> str:
        return low[items[index].start : items[index].end] if 0 <= index < len(items) else ""

    def tag(index: int) -> str:
        return items[index].tag if 0 <= index < len(items) else ""

    if word(at) in {"半", "几", "好几"} and tag(at + 1) == "U":
        half = Quantity((HALF,) if word(at) == "半" else (), word(at + 1))
        return _item(items, at, at + 1, half), 2
    if tag(at) != "N":
        return None, 1
    said = items[at].value
    assert isinstance(said, Number)  # noqa: S101 - by the tag
    values, end = said.values, at
    if word(at + 1) in {"多", "几", "来", "余"} and tag(at + 2) == "U":
        return _item(items, at, at + 2, Quantity((), word(at + 2))), 3
    if word(at + 1) in {"到", "至", "-", "~"} and tag(at + 2) == "N" and tag(at + 3) == "U":
        other = items[at + 2].value
        assert isinstance(other, Number)  # noqa: S101 - by the tag
        values, end = (*values, *other.values), at + 2
    if tag(end + 1) == " " and tag(end + 2) == "U":
        end += 1
    if tag(end + 1) != "U":
        return None, 1
    end += 1
    unit = word(end)
    if (
        unit == "把"
        and at == 0
        and tag(end + 1) in {"P", "C"}
        and re.search(r"换|改|去掉|取消|退|撤|删|加到|减", low)
    ):
        return None, 1
    if word(end + 1) == "半" and tag(end + 2) not in {"U"} and len(values) == 1:
        values, end = (values[0] + HALF,), end + 1
    if word(end + 1) in {"左右", "上下", "来往"}:
        values, end = (), end + 1
    return _item(items, at, end, Quantity(values, unit)), end - at + 1


def _item(items: Sequence[Item], first: int, last: int, value: Quantity) -> Item:
    return Item("Q", items[first].start, items[last].end, value)
