"""What looks at the shelves before it decides: an own step done, goods not found, an order that goes on."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from domain import fulfilment, halt
from domain.act import Act
from domain.facts import Change
from domain.levels import Levels, after
from domain.order import Order
from domain.ports import UnitOfWork
from handlers.areas.targets import each, meant, portions
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading, Slots

Deed: TypeAlias = Callable[[Order, Act, Slots, Levels], Change]

DEEDS: Mapping[str, Deed] = {
    "order.finish": lambda order, act, said, stock: fulfilment.finish(order, act, stock),
    # Nothing is computed from the levels here; but what is counted away must still be as it was seen.
    "order.shortage": lambda order, act, said, stock: fulfilment.run_short(order, act, portions(said.lines)),
    "order.resume": lambda order, act, said, stock: halt.resume(order, act, stock),
}


def _handler(deed: Deed) -> Handler:
    async def handle(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
        def decide(order: Order, stock: Levels) -> Change:
            return deed(order, ctx.act, request.slots, stock)

        return await in_turn(request, ctx, uow, decide)

    return handle


async def in_turn(
    request: Reading, ctx: Context, uow: UnitOfWork, decide: Callable[[Order, Levels], Change]
) -> Answer:
    """Decide about every order meant, each on the levels that the ones before it leave."""
    orders = await meant(request, ctx, uow)
    if isinstance(orders, Reading):
        return orders
    stock = await uow.stock.take([line.sku for one in orders if isinstance(one, Order) for line in one.lines])

    async def deed(order: Order) -> Change:
        nonlocal stock
        change = decide(order, stock)
        stock = after(stock, change.moves)
        return change

    return await each(orders, ctx, uow, deed)


HANDLERS: Mapping[str, Handler] = {intent: _handler(deed) for intent, deed in DEEDS.items()}
