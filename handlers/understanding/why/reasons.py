"""A reading with all its reasons."""

from dataclasses import dataclass

from handlers.understanding.reading import Reading
from handlers.understanding.why.facts import (
    Before,
    Decided,
    Found,
    Narrowed,
    Open,
    Quoted,
    Said,
    Spelled,
    TakenOff,
    TooLong,
)
from handlers.understanding.why.figures import (
    Assumed,
    Counted,
    Dated,
    Given,
    Measured,
    Numbered,
    Paid,
    Priced,
    Timed,
    Unused,
)

Reason = (
    TakenOff | Spelled | Quoted | TooLong | Decided | Found | Narrowed | Counted | Measured | Unused | Given | Priced
    | Paid | Dated | Timed | Assumed | Numbered | Said | Before | Open
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Why:
    """A reading with its reasons: those for the message as a whole, and those of each request in it."""

    reading: Reading
    message: tuple[Reason, ...]
    requests: tuple[tuple[Reason, ...], ...]
