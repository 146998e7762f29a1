"""What normalising did: what was taken off a message, and what is spelled otherwise than it was typed."""

import re
from collections.abc import Iterator

from handlers.understanding.normalise.body import BLANKED
from handlers.understanding.normalise.commands import spoken
from handlers.understanding.normalise.envelope import Envelope
from handlers.understanding.normalise.text import Text, fold
from handlers.understanding.why.facts import Quoted, Spelled, TakenOff
from handlers.understanding.why.reasons import Reason

_AROUND = " ,，。.!！~…、\n\t"
_MARKS = re.compile(r"[\W_]+")


def spelling(envelope: Envelope) -> Iterator[Reason]:
    """The reasons of this stage, in the order of its steps."""
    yield from (TakenOff(taken.kind, taken.words) for taken in envelope.taken)
    if envelope.quoted:
        yield Quoted(envelope.quoted.raw)
    if envelope.command:
        yield TakenOff("command", f"/{envelope.command}")
    yield from _spelled(envelope.said)
    text = spoken(envelope.command, envelope.body)
    for kind, blank in BLANKED:
        after = blank(text)
        yield from (TakenOff(kind, words) for words in _blanked(text, after) if words)
        text = after


def _spelled(said: str) -> Iterator[Spelled]:
    """Words whose letters, digits or characters changed; a mark for a mark is not worth a reason."""
    for words in dict.fromkeys(said.split()):
        spelled = fold(words)
        if _MARKS.sub("", spelled) != _MARKS.sub("", words).lower():
            yield Spelled(words, spelled)


def _blanked(before: Text, after: Text) -> Iterator[str]:
    """The stretches that a step made blank."""
    gone = [old != new for old, new in zip(before.raw, after.raw, strict=True)]
    begun: int | None = None
    for at, blank in enumerate([*gone, False]):
        if blank and begun is None:
            begun = at
        elif not blank and begun is not None:
            yield before.raw[begun:at].strip(_AROUND)
            begun = None
