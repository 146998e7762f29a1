"""Somebody does not want to be disturbed for a while."""

from collections.abc import Mapping

from domain.ports import UnitOfWork
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading
from handlers.understanding.readings.hushing import LONGEST, hushed_until
from handlers.wording import quiet as words


async def begin(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Hold back what is not urgent, until a moment that must be clear, to come, and not too far."""
    said = request.slots.note or ""
    until = hushed_until(said, ctx.here) if said else None
    if until is None:
        return words.which_moment(said)
    if until <= ctx.here:
        return words.over(until, ctx.today)
    if until - ctx.here > LONGEST:
        return words.too_long(LONGEST)
    await uow.mute(ctx.actor.user_id, until)
    return words.begun(until, ctx.today)


async def end(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Tell everything again at once."""
    await uow.mute(ctx.actor.user_id, ctx.now)
    return words.ended()


HANDLERS: Mapping[str, Handler] = {"quiet.begin": begin, "quiet.end": end}
