"""From the shelf to the customer: pick, finish a step, ship, report a shortage, sign."""

from collections.abc import Mapping

from domain import fulfilment
from domain.facts import Change
from domain.order import Order
from domain.ports import UnitOfWork
from handlers.areas.targets import for_each, portions
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading


async def pick(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Picking has begun, or is done."""

    async def deed(order: Order) -> Change:
        return fulfilment.pick(order, ctx.act, request.slots.done)

    return await for_each(request, ctx, uow, deed)


async def finish(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """A step of the company's own is finished."""

    async def deed(order: Order) -> Change:
        stock = await uow.stock.take([line.sku for line in order.lines])
        return fulfilment.finish(order, ctx.act, stock)

    return await for_each(request, ctx, uow, deed)


async def ship(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Goods leave, whole or in part."""
    slots = request.slots

    async def deed(order: Order) -> Change:
        return fulfilment.ship(
            order, ctx.act, portions(slots.lines), slots.carrier or "", slots.tracking or ""
        )

    return await for_each(request, ctx, uow, deed)


async def shortage(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """The warehouse cannot find what was reserved."""

    async def deed(order: Order) -> Change:
        await uow.stock.take(
            [line.sku for line in order.lines]
        )  # what is counted away must be as it was seen
        return fulfilment.run_short(order, ctx.act, portions(request.slots.lines))

    return await for_each(request, ctx, uow, deed)


async def sign(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """The customer has it, all or less."""

    async def deed(order: Order) -> Change:
        return fulfilment.sign(order, ctx.act, portions(request.slots.lines))

    return await for_each(request, ctx, uow, deed)


HANDLERS: Mapping[str, Handler] = {
    "order.pick": pick,
    "order.finish": finish,
    "order.ship": ship,
    "order.shortage": shortage,
    "order.sign": sign,
}
