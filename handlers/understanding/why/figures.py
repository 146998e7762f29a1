"""Reasons as data: what figures, days and orders' numbers mean, and what became of them."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal

from handlers.understanding.why.facts import Entry


@dataclass(frozen=True, slots=True)
class Counted:
    """A quantity in words, and what it is; no values where it was said vaguely."""

    words: str
    values: tuple[Decimal, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of a quantity on its line.

    `how`: `default` unit because none was said, the unit of the `same` name, a `dozen` of the smallest, `each` of
    several products, `worked` out from what was said, `plus` or `minus` a difference, `out` of the order, a `gift`.
    """

    how: str
    entry: Entry | None
    said: str
    value: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Unused:
    """A quantity that counts nothing: what a `pack` holds, a `total`, or one `corrected` by a later one."""

    how: str
    words: str


@dataclass(frozen=True, slots=True)
class Given:
    """A gift that follows a rule: `given` for every `bought`."""

    words: str
    entry: Entry | None
    value: Decimal | None
    unit: str


@dataclass(frozen=True, slots=True)
class Priced:
    """A price said; `price` is for one `unit` of the line, `per` the unit it was said for where that is another."""

    words: str
    amount: Decimal
    per: str
    price: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class Paid:
    """A sum of money said."""

    words: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Dated:
    """A day or a stretch of days said."""

    words: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Timed:
    """A part of the day, a time of day, or a length of time said."""

    words: str
    period: str = ""
    at: time | None = None
    length: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Assumed:
    """A day that the line does not say: `today`, the one `shared` by all of a message, or one said `before`."""

    how: str
    day: date


@dataclass(frozen=True, slots=True)
class Numbered:
    """An order spoken of by its number, or (`last`) as the one just talked about."""

    words: str
    number: str
