"""What looks at the shelves before it decides: an own step done, goods not found, an order that goes on."""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from domain import fulfilment, halt
from domain.act import Act
from domain.facts import Change
from domain.order import Order
from domain.ports import UnitOfWork
from handlers.areas.levels import Levels
from handlers.areas.targets import for_each, portions
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
        async def decide(order: Order) -> Change:
            stock = await uow.stock.take([line.sku for line in order.lines])
            return deed(order, ctx.act, request.slots, stock)

        return await for_each(request, ctx, uow, decide)

    return handle


HANDLERS: Mapping[str, Handler] = {intent: _handler(deed) for intent, deed in DEEDS.items()}
