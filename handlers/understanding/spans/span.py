"""A stretch of a line read one way."""

from typing import NamedTuple

from handlers.understanding.values.clock import Clock
from handlers.understanding.values.days import Days
from handlers.understanding.values.money import Money
from handlers.understanding.values.numerals import Number
from handlers.understanding.values.refs import Orders

Value = Number | Days | Clock | Money | Orders | None


class Span(NamedTuple):
    """A stretch of the line read one way; a tuple, since a line has thousands of them.

    Tags: A name, Z size, N number, U unit, D days, T part of the day, K time of day, L length of time,
    O orders, M money, w word of the language, r what nobody knows, s what stands between.
    """

    tag: str
    start: int
    end: int
    cost: float
    value: Value = None
    atoms: str = ""
    kinds: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    entries: frozenset[int] = frozenset()

    @property
    def glued_name(self) -> bool:
        """Whether this is a part of a name, or may be one that nobody knows."""
        return self.tag in "AZr"
