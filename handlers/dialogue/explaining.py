"""为什么 alone: how the sender's last line was read."""

import re
from collections.abc import Sequence
from dataclasses import replace

from handlers.asking import Pending
from handlers.context import Context
from handlers.dialogue.caution import cautious
from handlers.dialogue.hearing import AGAIN, ALL, KEEP, fixed
from handlers.dialogue.memory import Memory
from handlers.dialogue.said import Said
from handlers.message import Reply
from handlers.understanding.grammar.grounds import By
from handlers.understanding.reading import Reading
from handlers.understanding.why.facts import Decided, Open
from handlers.understanding.why.reasons import Why
from handlers.wording import explaining as words

ASKED = re.compile(r"/?(为什么|为啥)(呢|啊)?[?？。!！]*")

PHRASES = (("dismiss", KEEP), ("confirm", ALL), ("again", AGAIN))


def explained(text: str, memory: Memory, ctx: Context) -> Reply | None:
    """The answer to 为什么; None for another line, and in a group where the sender was answered nothing of late."""
    called = re.sub(rf"^[@＠]{re.escape(ctx.company.bot_name)}\s*", "", text)
    if not ASKED.fullmatch(called):
        return None
    said = memory.said
    if said is None or ctx.now - said.at > ctx.company.limits.draft_lives:
        return None if ctx.overheard else words.nothing_said()
    if said.asked:
        how = ctx.rules.understanding.how(said.asked, said.text, said.value) if said.value else ""
        return words.answer(said.text, said.asked, said.value, how, ctx)
    why = _why(said, ctx)
    kept = [pending for pending in memory.pending if pending.assumed and pending.said == said.text]
    return words.line(said.text, _unasked(why, kept), _held(why.reading, said.text), kept, ctx)


def _why(said: Said, ctx: Context) -> Why:
    """The reasons as of the moment when it was said."""
    for intent, phrase in PHRASES:
        if phrase.fullmatch(said.text):
            return _phrase(Reading(intent), said.text)
    own = fixed(said.text, ctx)
    if own:
        return _phrase(own, said.text)
    at = said.at.astimezone(ctx.company.calendar.zone)
    return ctx.rules.understanding.why(said.text, sender=ctx.actor.user_id, now=at, history=said.history)


def _unasked(why: Why, kept: Sequence[Pending]) -> Why:
    """Without the questions that earlier choices have spared."""
    spared = {(one.kind, one.word) for pending in kept for one in pending.assumed}
    return replace(
        why,
        requests=tuple(
            tuple(one for one in request if not (isinstance(one, Open) and (one.kind, one.words) in spared))
            for request in why.requests
        ),
    )


def _phrase(reading: Reading, text: str) -> Why:
    return Why(reading, (), ((Decided(reading.intent, By.PHRASE, text),),))


def _held(reading: Reading, text: str) -> tuple[Reading, ...]:
    """What was not done though it was read: the words deny or only ask it, or have a figure that nobody read."""
    readings = (reading, *reading.also)
    return tuple(said for said in readings if cautious(said, text, readings) != said)
