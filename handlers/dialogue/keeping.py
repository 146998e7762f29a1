"""A conversation between two messages: recalled, and kept with what the new one leads to."""

from dataclasses import replace

from domain.misreading import lapsed
from domain.ports import Conversation, UnitOfWork
from handlers.context import Context
from handlers.dialogue.memory import Memory, to_json, to_memory
from handlers.dialogue.turn import Turn
from handlers.message import Reply
from handlers.wording import general as words


async def recalled(conversation: Conversation, ctx: Context, uow: UnitOfWork) -> Memory:
    """What is remembered; of drafts that have run out only that nobody answered their questions."""
    if _waits(conversation, ctx):
        return to_memory(conversation.document)
    for asked in lapsed(conversation.document, ctx.now):
        await uow.misread(asked)
    return to_memory({name: value for name, value in conversation.document.items() if name == "last"})


async def kept(
    conversation: Conversation, before: Memory, turn: Turn, ctx: Context, uow: UnitOfWork
) -> Reply:
    """Remember the turn, where it changes anything, and give its reply; drafts that have run out are told with it."""
    waits = _waits(conversation, ctx)
    if turn.memory != before or not waits:
        await uow.remember(_renewed(conversation, turn.memory, ctx))
    elif turn.memory.said != before.said:
        await uow.note(replace(conversation, document=to_json(turn.memory)))
    return turn.reply if waits or not conversation.document.get("drafts") else words.expired(turn.reply)


def _waits(conversation: Conversation, ctx: Context) -> bool:
    return conversation.expires_at is None or conversation.expires_at > ctx.now


def _renewed(conversation: Conversation, memory: Memory, ctx: Context) -> Conversation:
    waits = memory.pending or memory.offer or memory.unread
    lives = ctx.now + ctx.company.limits.draft_lives if waits else None
    return replace(conversation, document=to_json(memory), expires_at=lives)
