"""What concerns people rather than orders: help, leave, ideas."""

from collections.abc import Mapping

from domain.errors import NotAllowed
from domain.facts import Notice
from domain.ports import Todo, UnitOfWork
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading
from handlers.wording import people as words
from handlers.wording.help import help_for


async def show_help(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """What this person may do."""
    return help_for(ctx)


async def leave(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Tell the stand-in and the superior who is away and when."""
    told = {request.slots.staff or "", ctx.actor.manager} - {"", ctx.actor.user_id}
    facts = words.leave_facts(request.slots, ctx)
    notices = [Notice("leave", f"user:{person}", facts=facts) for person in sorted(told)]
    await uow.tell(notices, ctx.now, str(ctx.key))
    return words.leave(facts)


async def idea(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Keep an idea for the process owner."""
    await uow.todo(Todo("idea", ctx.now, request.slots.note or "", ctx.actor.user_id, str(ctx.key)))
    return words.idea()


async def seen(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """The process owner has looked at everything on the list."""
    if "process_owner" not in ctx.actor.roles:
        raise NotAllowed("no-role", action="task.seen", number=None, who=words.process_owners(ctx))
    return words.seen(await uow.close_todos(ctx.now, ctx.actor.user_id))


HANDLERS: Mapping[str, Handler] = {
    "help": show_help,
    "staff.leave": leave,
    "suggest": idea,
    "task.seen": seen,
}
