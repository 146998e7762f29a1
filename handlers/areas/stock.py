"""Goods in the warehouses: what came in, what was counted, what is there, what to buy."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from domain.facts import Change
from domain.fulfilment import restock
from domain.levels import Levels, after, available
from domain.ports import UnitOfWork
from domain.stocktaking import count as counted
from domain.stocktaking import receive
from handlers.areas.targets import portions
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading
from handlers.wording import stock as words


async def goods_in(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Goods came in; orders that waited for them go on, the urgent and the oldest first."""
    said = portions(request.slots.lines)
    skus = [portion.sku for portion in said]
    waiting = await uow.orders.waiting_for(skus)
    levels = await uow.stock.take(sorted({*skus, *(line.sku for order in waiting for line in order.lines)}))
    change = receive(said, request.slots.warehouse or "", ctx.act)
    await uow.save(change)
    served: list[Change] = []
    levels = after(levels, change.moves)
    for order in waiting:
        on = restock(order, ctx.act, levels)
        if on is not None:
            await uow.save(on)
            levels = after(levels, on.moves)
            served.append(on)
    return words.came_in(request.slots, served, ctx)


async def count(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """What lies there, by somebody's own eyes; the difference goes into the ledger."""
    said = portions(request.slots.lines)
    levels = await uow.stock.take([portion.sku for portion in said])
    change = counted(said, request.slots.warehouse or "", ctx.act, levels)
    await uow.save(change)
    return words.counted(request.slots, change, ctx)


async def show(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """How much of these there is, by warehouse."""
    levels = await uow.stock.levels(request.slots.skus)
    return words.levels(request.slots.skus, levels, request.slots.warehouse, ctx)


async def products(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """What these cost and in which units they are sold."""
    return words.products(request.slots.skus, request.slots.customer, ctx)


async def suggest(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """What stands under its safety stock, and how much to buy."""
    return words.to_buy(_below(await uow.stock.levels(()), ctx), ctx)


def _below(levels: Levels, ctx: Context) -> Sequence[tuple[str, Decimal, Decimal]]:
    """(sku, available, safety stock) of what is low, in the smallest unit, the emptiest first."""
    free = available(levels)
    found = []
    for product in ctx.company.catalogue.products.values():
        size = product.size_of(product.default_unit) or Decimal(1)
        left = free.get(product.sku, Decimal(0))
        if left < product.safety_stock * size:
            found.append((product.sku, left, product.safety_stock * size))
    return sorted(found, key=lambda item: item[1] / item[2])


HANDLERS: Mapping[str, Handler] = {
    "stock.in": goods_in,
    "stock.count": count,
    "stock.show": show,
    "product.show": products,
    "purchase.suggest": suggest,
}
