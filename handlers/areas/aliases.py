"""What choices have taught: looked at, and taken back."""

from collections.abc import Mapping

from domain.gate import refusal
from domain.lessons import take_back
from domain.permissions import may
from domain.ports import UnitOfWork
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading
from handlers.wording import aliases as words

PAGE = 8
MANAGES = "alias.manage"


async def listed(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """What was learned, newest first: all of it for who keeps it in order, else what is one's own."""
    page = max(int(request.slots.note or 1), 1)
    manages = may(ctx.actor, MANAGES, None, ctx.company)
    whose = "" if manages else ctx.actor.user_id
    found, count = await uow.lessons.learned(whose, PAGE, (page - 1) * PAGE)
    return words.listed(found, count, words.Page(page, PAGE, manages), ctx)


async def drop(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Take one back: the word is asked about again."""
    if not may(ctx.actor, MANAGES, None, ctx.company):
        raise refusal("no-role", MANAGES, None, ctx.act)
    lesson = await uow.lessons.get(int(request.slots.note or 0))
    await uow.lessons.keep(take_back(lesson, ctx.act))
    return words.dropped(lesson, ctx)


HANDLERS: Mapping[str, Handler] = {"alias.list": listed, "alias.drop": drop}
