"""What a line is in a conversation: the answer to the question before it, or a request of its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from handlers.asking import Open, Pending
from handlers.context import Context
from handlers.dialogue.answers import answered, leaves_out
from handlers.dialogue.house import house_word
from handlers.dialogue.memory import Memory
from handlers.dialogue.resaying import with_new
from handlers.dialogue.said import Said
from handlers.dialogue.scoping import bottleneck, reconciling, scoped
from handlers.dialogue.slots import first_open, value_at
from handlers.dialogue.standing import names_customer, stands_alone
from handlers.understanding.reading import Reading

DECISIONS = frozenset({"confirm", "dismiss"})
KEEP = re.compile("不撤了?|保留")
"""A no to taking back."""
ALL = re.compile(r"(全部|都)确认[了吧]?|确认全部")
"""A yes to every draft."""
NONE_OF_THEM = re.compile(r"(全部|都)放弃[了吧]?|放弃全部")
"""A no to every draft."""
AGAIN = re.compile(r"另选\s*(\S.{0,40})")
"""To be asked after all what earlier choices have settled."""


@dataclass(frozen=True, slots=True)
class Understood:
    """`answer` is the request waiting with its question answered by the line; without one, `reading` is what it asks.

    `said` is what is remembered of the line, so that it can be asked why.
    """

    said: Said
    reading: Reading
    answer: Pending | None = None


def understood(text: str, memory: Memory, ctx: Context) -> Understood:
    """What `text` is. Earlier lines count where it names no customer of its own."""
    fresh = read(text, (), ctx)
    said = Said(text, ctx.now)
    if not stands_alone(fresh, text) and memory.pending and (item := first_open(memory.pending[0].reading)):
        answer = _answer(memory.pending[0], item, text, ctx)
        if answer:
            answer = replace(answer, reading=_with_more(answer.reading, text, memory, ctx))
            return Understood(_answering(said, item, answer.reading), fresh, answer)
    if names_customer(fresh) or not memory.history or fresh.intent in DECISIONS:
        return Understood(said, fresh)
    return Understood(Said(text, ctx.now, memory.history), read(text, memory.history, ctx))


def fixed(text: str, ctx: Context) -> Reading | None:
    """The request of a line that is one of the bot's own few words."""
    return house_word(text) or bottleneck(text, ctx) or reconciling(text, ctx)


def read(text: str, history: Sequence[str], ctx: Context) -> Reading:
    """What a line asks for by itself or after earlier ones."""
    reading = fixed(text, ctx) or ctx.rules.understanding.read(
        text, sender=ctx.actor.user_id, now=ctx.here, history=history
    )
    return scoped(reading, text, ctx)


def _answer(waiting: Pending, item: Open, text: str, ctx: Context) -> Pending | None:
    reading = answered(waiting.reading, item, text, ctx)
    return replace(waiting, reading=reading) if reading else None


def _with_more(answered: Reading, text: str, memory: Memory, ctx: Context) -> Reading:
    """A draft with what an answer to a question about it says besides: 罐装的 后天送."""
    if answered.intent != "order.create" or not memory.history:
        return answered
    whole = read(text, memory.history, ctx)
    if whole.intent != "order.create":
        return answered
    before, after = read(memory.history[-1], memory.history[:-1], ctx).slots, whole.slots
    if after.period and after.due == ctx.here.date() and "今" not in text:
        # A part of the day alone is of today only where no day was said at all.
        after = replace(after, due=answered.slots.due or after.due)
    return with_new(answered, before, after)


def _answering(said: Said, item: Open, settled: Reading) -> Said:
    """The line as an answer: to which question, and what it settled."""
    left_out = item.line is not None and leaves_out(said.text)
    return replace(said, asked=item.kind, value="" if left_out else value_at(settled, item) or "")
