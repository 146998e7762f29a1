"""What the dialogue keeps and wording shows: requests that wait, what is open in them, a draft with its figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, TypeAlias

from domain.entry import Wanted
from domain.order import Check, Line
from handlers.understanding.reading import Reading

Heard: TypeAlias = Literal["", "unread", "noted"]
"""What became of the last words: they led here; they were not understood; they were taken, and this is still open."""


@dataclass(frozen=True, slots=True)
class Pending:
    """A request that waits for an answer or for the yes to a draft; `code` names it on buttons."""

    code: str
    reading: Reading
    said: str

    @property
    def is_draft(self) -> bool:
        """True for an order that would be written on a yes."""
        return self.reading.intent == "order.create"


@dataclass(frozen=True, slots=True)
class Open:
    """One thing that must be asked. `kind` is the slot's noun; `line` its index; `candidates` what it may be.

    `word` is what was said and fits nothing (empty when nothing was said).
    """

    path: str
    kind: str
    line: int | None
    candidates: tuple[str, ...] = ()
    word: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be written on a yes. `available`: what may be promised of each sku, in its smallest unit."""

    wanted: Wanted
    lines: tuple[Line, ...]
    checks: tuple[Check, ...]
    available: Mapping[str, Decimal]
