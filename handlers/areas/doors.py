"""Where somebody wants to be told."""

from collections.abc import Mapping

from domain.binding import prefer
from domain.ports import UnitOfWork
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading
from handlers.wording import binding as words
from handlers.wording.platforms import platform_named


async def choose(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """This door first from now on; `自动`: where they wrote last."""
    door = platform_named(request.slots.note or "")
    if door and door not in ctx.company.people_ways:
        return words.not_a_way(door, ctx)
    if door != ctx.actor.door:
        await uow.bindings.keep(prefer(door, ctx.act))
    return words.told_there(door)


HANDLERS: Mapping[str, Handler] = {"notices.door": choose}
