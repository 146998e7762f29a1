"""撤销: what it would undo is shown first, and done on a yes."""

from dataclasses import replace

from domain.errors import NotAllowed
from domain.ports import UnitOfWork
from domain.undo import takes_back, undo
from handlers.context import Context
from handlers.dialogue.memory import Memory, Offer, code_of
from handlers.dialogue.turn import Turn
from handlers.wording import undoing as words


async def offered(ctx: Context, uow: UnitOfWork, memory: Memory) -> Turn:
    """Show what the sender's newest action did and offer to take it back."""
    window = ctx.company.limits.undo_window
    latest = await uow.events.latest_by(ctx.actor.user_id, ctx.now - window)
    number = next(
        (
            int(event.stream.removeprefix("order:"))
            for event in reversed(latest)
            if event.stream[:6] == "order:"
        ),
        None,
    )
    if number is None:
        raise NotAllowed("nothing-to-undo", action="undo")
    order = await uow.orders.get(number)
    facts = takes_back(order, await uow.events.of_order(number), ctx.act)
    offer = Offer(code_of(ctx.key, 0), number, latest[-1].source)
    return Turn(words.offered(order, facts, offer.code, ctx), replace(memory, offer=offer, last=number))


async def done(ctx: Context, uow: UnitOfWork, memory: Memory) -> Turn:
    """Take it back, unless something happened to the order since it was offered."""
    offer = memory.offer
    if offer is None:
        raise NotAllowed("nothing-to-undo", action="undo")
    order = await uow.orders.get(offer.order)
    events = await uow.events.of_order(offer.order)
    stock = await uow.stock.take([line.sku for line in order.lines])
    change = undo(order, events, ctx.act, stock)
    await uow.save(change)
    return Turn(words.done(change, ctx), replace(memory, offer=None, last=offer.order))
