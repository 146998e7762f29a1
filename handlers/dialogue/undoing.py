"""撤销: what it would undo is shown first, and done on a yes."""

from collections.abc import Sequence
from dataclasses import replace

from domain.errors import NotAllowed
from domain.facts import Event
from domain.halt import cancel
from domain.ports import UnitOfWork
from domain.undo import takes_back, undo
from handlers.context import Context
from handlers.dialogue.memory import Memory, Offer, code_of
from handlers.dialogue.turn import Turn
from handlers.wording import undoing as words

ORDER = "order:"
"""How the stream of an order's events begins."""


async def offered(ctx: Context, uow: UnitOfWork, memory: Memory) -> Turn:
    """Show what the sender's newest action did and offer to take it back."""
    window = ctx.company.limits.undo_window
    latest = await uow.events.latest_by(ctx.actor.user_id, ctx.now - window)
    orders = [event.stream for event in latest if event.stream.startswith(ORDER)]
    if not orders:
        raise NotAllowed("nothing-to-undo", action="undo")
    number = int(orders[-1].removeprefix(ORDER))
    order = await uow.orders.get(number)
    events = await uow.events.of_order(number)
    offer = Offer(code_of(ctx.key, 0), number)
    after = replace(memory, offer=offer, last=number)
    if _placed_by(events, ctx):
        return Turn(words.cancelling(order, offer.code, ctx), after)
    return Turn(words.offered(order, takes_back(order, events, ctx.act), offer.code, ctx), after)


def _placed_by(events: Sequence[Event], ctx: Context) -> bool:
    """True where all that ever happened is that the sender placed the order (and it was approved by itself)."""
    return events[0].by == ctx.actor.user_id and {event.source for event in events} == {events[0].source}


async def done(ctx: Context, uow: UnitOfWork, memory: Memory) -> Turn:
    """Take it back, unless something happened to the order since it was offered."""
    offer = memory.offer
    if offer is None:
        raise NotAllowed("nothing-to-undo", action="undo")
    order = await uow.orders.get(offer.order)
    events = await uow.events.of_order(offer.order)
    if _placed_by(events, ctx):
        change = cancel(order, ctx.act, "撤销下单")
    else:
        stock = await uow.stock.take([line.sku for line in order.lines])
        change = undo(order, events, ctx.act, stock)
    await uow.save(change)
    return Turn(words.done(change, ctx), replace(memory, offer=None, last=offer.order))
