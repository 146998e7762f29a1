"""A table that was sent before: read once more on a yes."""

from dataclasses import replace

from domain.ports import UnitOfWork
from handlers.context import Context
from handlers.dialogue.memory import Memory
from handlers.dialogue.turn import Turn
from handlers.wording import files as words


async def decided(ctx: Context, uow: UnitOfWork, memory: Memory, *, yes: bool) -> Turn:
    """A yes or a no to reading the file offered."""
    after = replace(memory, offer=None)
    if not yes or memory.offer is None:
        return Turn(words.not_again(), after)
    there = await uow.files.release(memory.offer.file, ctx.now)
    return Turn(words.once_more() if there else words.no_longer_there(), after)
