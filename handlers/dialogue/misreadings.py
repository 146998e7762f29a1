"""What was asked about a word, and what became of it: kept so that a company can see what its people say."""

from dataclasses import replace

from domain.misreading import LINE, MOST_CANDIDATES, Misreading
from domain.ports import UnitOfWork
from handlers.asking import Open, Pending
from handlers.context import Context
from handlers.dialogue.memory import Memory
from handlers.dialogue.slots import value_at
from handlers.dialogue.turn import Turn
from handlers.wording.entries import entry_name


def asked(item: Open, pending: Pending, ctx: Context) -> Misreading | None:
    """The question about a word of this request; None where nothing was said that it could be about."""
    if not item.word:
        return None
    doubt = pending.reading.doubts.get(item.path)
    candidates = (doubt.candidates if doubt else ()) or item.candidates
    customer = pending.reading.slots.customer or ""
    now = Misreading(
        at=ctx.now,
        person=ctx.actor.user_id,
        place=ctx.place,
        source=pending.source,
        text=pending.said,
        kind=item.kind,
        word=item.word,
        candidates=tuple((code, entry_name(item.kind, code, ctx)) for code in candidates[:MOST_CANDIDATES]),
        customer=customer,
        customer_name=entry_name("customer", customer, ctx),
    ).bounded()
    return pending.asked if now.same_question(pending.asked) else now


def answered(before: Pending, item: Open, after: Pending, ctx: Context) -> Misreading | None:
    """The question with its answer; None where it only became narrower, or was about no word."""
    if before.asked is None:
        return None
    if len(after.reading.slots.lines) < len(before.reading.slots.lines):
        return _ended(before.asked, "left_out", ctx)
    value = value_at(after.reading, item)
    if value is None:
        return None
    name = entry_name(item.kind, value, ctx)
    return replace(_ended(before.asked, "chosen", ctx), meant=value, meant_name=name)


async def conclude(before: Memory, turn: Turn, text: str, ctx: Context, uow: UnitOfWork) -> Turn:
    """Keep every question that the message answered otherwise: by another line in its place, or by giving up."""
    for pending in before.pending:
        still = any(pending.asked.same_question(one.asked) for one in turn.memory.pending if pending.asked)
        if pending.asked and pending.code != turn.answered and not still:
            anew = _retyped(pending, turn)
            await uow.misread(
                _said_anew(pending.asked, text, ctx) if anew else _ended(pending.asked, "gave_up", ctx)
            )
    spoken = turn.unread or any(said.intent != "none" for said in turn.said)
    if before.unread and spoken:
        await uow.misread(_said_anew(before.unread, text, ctx))
    unread = _line(text, ctx) if turn.unread else None if spoken else before.unread
    return replace(turn, memory=replace(turn.memory, unread=unread))


def _retyped(pending: Pending, turn: Turn) -> bool:
    """True where the message says the same thing in other words, or has made clear what was asked."""
    customer = pending.reading.slots.customer
    return any(one.code == pending.code for one in turn.memory.pending) or any(
        said.intent == pending.reading.intent and said.slots.customer in (customer, None)
        if customer
        else said.intent == pending.reading.intent
        for said in turn.said
    )


def _said_anew(asked: Misreading, text: str, ctx: Context) -> Misreading:
    return replace(_ended(asked, "retyped", ctx), meant_text=text).bounded()


def _ended(asked: Misreading, outcome: str, ctx: Context) -> Misreading:
    return replace(asked, outcome=outcome, meant_at=ctx.now, meant_source=str(ctx.key))


def _line(text: str, ctx: Context) -> Misreading:
    """A line in which nothing was understood."""
    return Misreading(ctx.now, ctx.actor.user_id, ctx.place, str(ctx.key), text, LINE, text).bounded()
