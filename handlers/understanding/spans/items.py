"""A line as items: things named, quantities, days, words; what rules and slot readers work on."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from handlers.understanding.normalise.text import Text
from handlers.understanding.values.clock import Clock
from handlers.understanding.values.days import Days
from handlers.understanding.values.money import Money
from handlers.understanding.values.numerals import Number
from handlers.understanding.values.refs import Orders
from handlers.understanding.vocabulary.mentions import Named

MOST_LINES = 300
"""More lines of goods in one message nobody looks through."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """So many of a unit; `values` is empty where it was said vaguely, several where it may be one of them."""

    values: tuple[Decimal, ...]
    unit: str = ""

    @property
    def vague(self) -> bool:
        """Whether no number was said."""
        return not self.values


_IN_WORDS = frozenset("wsUr")
"""The tags that rules see as the words they are."""

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


@dataclass(frozen=True)
class Line:
    """A line with its items; `room` is how many lines of goods may be made of it."""

    text: Text
    items: tuple[Item, ...]
    room: int = MOST_LINES

    @staticmethod
    def empty() -> "Line":
        """A line that says nothing."""
        return Line(Text("", ""), ())

    @cached_property
    def masked(self) -> str:
        """The line as rules see it: a capital letter for each item that is more than a word."""
        return "".join(self.low(item) if item.tag in _IN_WORDS else item.tag for item in self.items)

    def low(self, item: Item) -> str:
        """The item's words in our spelling."""
        return self.text.low[item.start : item.end]

    def raw(self, start: int, end: int) -> str:
        """The sender's words between two offsets."""
        return self.text.raw[start:end].strip()

    def offset(self, masked_at: int) -> int:
        """Where in the text a place in the masked line is."""
        at = 0
        for item in self.items:
            width = item.end - item.start if item.tag in _IN_WORDS else 1
            if at + width > masked_at:
                return item.start + (masked_at - at if width > 1 else 0)
            at += width
        return self.items[-1].end if self.items else 0

    def behind(self, start: int, end: int) -> str:
        """The sender's words behind a stretch of the masked line."""
        return self.raw(self.offset(start), self.offset(end))

    def part(self, items: Sequence[Item]) -> "Line":
        """The same line with some of its items only."""
        return Line(self.text, tuple(items), self.room)
