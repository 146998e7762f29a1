"""What the dialogue keeps and wording shows: requests that wait, what is open in them, a draft with its figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from domain.entry import Wanted
from domain.misreading import Misreading
from domain.order import Check, Line
from handlers.understanding.reading import Reading

Heard: TypeAlias = Literal["", "unread", "noted"]
"""What became of the last words: they led here; they were not understood; they were taken, and this is still open."""


@dataclass(frozen=True, slots=True)
class Assumed:
    """A word that earlier choices have settled, so that nobody was asked: `code`, of all that it fits (`among`).

    `unit` is what was said with it; `own` where whoever is spoken to made the latest of these choices.
    """

    kind: str
    word: str
    code: str
    among: tuple[str, ...] = ()
    unit: str | None = None
    own: bool = True

    def holds(self, reading: Reading) -> bool:
        """True while the request still has what was assumed."""
        if self.kind == "customer":
            return reading.slots.customer == self.code
        return any(line.sku == self.code for line in reading.slots.lines)


@dataclass(frozen=True, slots=True)
class Pending:
    """A request that waits for an answer or for the yes to a draft; `code` names it on buttons.

    `source` is the key of the message that made it; `asked` the question about one of its words that is open. Of a
    file's request `file` is the file's name, and `said` where in it that stands.
    """

    code: str
    reading: Reading
    said: str
    source: str = ""
    asked: Misreading | None = None
    assumed: tuple[Assumed, ...] = ()
    file: str = ""

    @property
    def is_draft(self) -> bool:
        """True for an order that would be written on a yes."""
        return self.reading.intent == "order.create"


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that must be asked. `kind` is the slot's noun; `line` its index; `candidates` what it may be.

    `word` is what was said and is not clear (empty when nothing was said).
    """

    path: str
    kind: str
    line: int | None
    candidates: tuple[str, ...] = ()
    word: str = ""


@dataclass(frozen=True, slots=True)
class Lead:
    """Why the candidate `code` stands first: the customer usually takes it (`times` of its latest `orders`).

    Or, without `orders`, earlier choices say so (`own`: those of whoever is asked). `withdrawn_by` took back what
    was learned of the word. Without `code` none stands first.
    """

    code: str = ""
    times: int = 0
    orders: int = 0
    own: bool = True
    withdrawn_by: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be written on a yes. `available`: what may be promised of each sku, in its smallest unit."""

    wanted: Wanted
    lines: tuple[Line, ...]
    checks: tuple[Check, ...]
    available: Mapping[str, Decimal]
