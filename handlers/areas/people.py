"""What concerns people rather than orders: help, leave, ideas."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.catalogue import Staff
from domain.company import FINISHED
from domain.errors import NotAllowed
from domain.facts import Notice
from domain.leave import come_back, go_away, stand_in
from domain.people import superiors
from domain.ports import Search, Todo, UnitOfWork
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading
from handlers.wording import people as words
from handlers.wording.help import help_for


async def show_help(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """What this person may do."""
    return help_for(ctx)


async def leave(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Keep who is away and when; the stand-in and the superior are told, and what lies on the desk."""
    slots = request.slots
    first = slots.from_ or ctx.today
    last = slots.to or first
    change = go_away(ctx.act, first, last, slots.staff or "")
    deputy = stand_in(ctx.actor, slots.staff or "", ctx.act)
    desk = Search(owner=ctx.actor.user_id, not_steps=ctx.company.workflow.keys(*FINISHED), limit=words.SHOWN)
    orders, count = await uow.orders.search(desk), await uow.orders.count(desk)
    facts = words.leave_facts(first, last, deputy, orders, count, ctx)
    told = _concerned(ctx, deputy)
    await uow.save(replace(change, notices=_notices("leave", told, facts)))
    return words.leave(facts, [person.name for person in told])


async def back(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Somebody is here again; those who were told of the absence are told."""
    change = come_back(ctx.act)
    deputies = [stand_in(ctx.actor, absence.deputy, ctx.act) for absence in change.ended]
    told = _concerned(ctx, *deputies)
    desk = Search(owner=ctx.actor.user_id, not_steps=ctx.company.workflow.keys(*FINISHED))
    await uow.save(replace(change, notices=_notices("back", told, {"who": ctx.actor.name})))
    return words.back(await uow.orders.count(desk), [person.name for person in told])


def _concerned(ctx: Context, *deputies: Staff | None) -> tuple[Staff, ...]:
    """The stand-ins and the nearest superior."""
    people = (*deputies, next(superiors(ctx.actor.user_id, ctx.company), None))
    return tuple(dict.fromkeys(one for one in people if one is not None and one.active))


def _notices(kind: str, told: Sequence[Staff], facts: Mapping[str, object]) -> tuple[Notice, ...]:
    return tuple(Notice(kind, f"user:{person.user_id}", facts=facts) for person in told)


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
    "staff.back": back,
    "suggest": idea,
    "task.seen": seen,
}
