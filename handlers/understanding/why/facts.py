"""Reasons as data: what was taken off, what was decided, named and asked. `words` are always the sender's own."""

from dataclasses import dataclass
from enum import StrEnum

from handlers.understanding.grammar.grounds import By


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the catalogue."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class TakenOff:
    """Words that say nothing of what is wanted: `bot`, `head`, `numbering`, `manners`, or a `command`'s slash."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Spelled:
    """Words brought into the one spelling."""

    words: str
    spelling: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quoted message that the line replies to."""

    words: str


@dataclass(frozen=True, slots=True)
class TooLong:
    """A message that is longer than one may be."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What gave the line its intent."""

    intent: str
    by: By
    words: str


class Step(StrEnum):
    """The evidence by which words were found to name something, the surest first."""

    CODE = "code"
    EXACT = "exact"
    ALIAS = "alias"
    PREFIX = "prefix"
    CONTAINED = "contained"
    LINE = "line"
    DESCRIBED = "described"
    SIZE = "size"
    OPTION = "option"
    CHARACTER = "character"
    """Sounds the same, one character is another."""
    SOUND = "sound"
    PINYIN = "pinyin"
    INITIALS = "initials"


@dataclass(frozen=True, slots=True)
class Evidence:
    """How `words` were found; `name` is the name or alias they were found in, where that is one."""

    step: Step
    words: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Words that name something: what they may be, and how each part of them was found.

    `kind` is `customer`, `product`, `staff` or `warehouse`; no entries: nobody knows it. `carried` are words said
    earlier that hold here too.
    """

    kind: str
    words: str
    entries: tuple[Entry, ...]
    evidence: tuple[Evidence, ...] = ()
    carried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Of several entries one is left.

    By the `unit` said, as the one in the `order` talked about, by several words `together`, or with words `before`.
    """

    by: str
    words: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Said:
    """The sender's words, taken as they are into a slot (`address`, `note`, `reason`, `urgent`, …)."""

    slot: str
    words: str


@dataclass(frozen=True, slots=True)
class Before:
    """An entry that an earlier line of the conversation named; `lines` for a product."""

    slot: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class Open:
    """What must be asked: the slot, the words that leave it open, what it may be, of which product.

    `because`: nothing was `unsaid`, it is `either` of several, what was said is `unknown`, or no such `unit`.
    """

    path: str
    because: str
    words: str = ""
    choices: tuple[str, ...] = ()
    about: Entry | None = None

    @property
    def kind(self) -> str:
        """The slot's noun: `sku` for `lines[0].sku`."""
        return self.path.rpartition(".")[2].partition("[")[0]
