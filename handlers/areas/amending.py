"""An order under way becomes another: other goods, date or address, or later than promised."""

from collections.abc import Mapping
from dataclasses import replace

from domain import amend
from domain.amend import Amendment, LineChange
from domain.facts import Change
from domain.order import Order
from domain.ports import UnitOfWork
from handlers.areas.targets import for_each
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading, Slots


async def change(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Other goods, date or address."""

    async def deed(order: Order) -> Change:
        said = {line.sku for line in request.slots.lines if line.sku}
        skus = sorted({line.sku for line in order.lines} | said)
        facts = await uow.orders.entry_facts(order.customer, skus, ctx.act.doubles_since)
        return amend.change(order, ctx.act, _amendment(request.slots), facts, await uow.stock.take(skus))

    return await for_each(request, ctx, uow, deed)


def _amendment(slots: Slots) -> Amendment:
    lines = tuple(
        LineChange(line.sku or "", line.qty, line.delta, line.unit or "", line.price, line.gift)
        for line in slots.lines
    )
    return Amendment(lines, slots.due, slots.period or "", slots.address or "", slots.urgent)


async def delay(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """We cannot keep the date; the new one is asked for where it was not said."""
    if request.slots.due is None:
        return replace(request, missing=("due",))
    due = request.slots.due

    async def deed(order: Order) -> Change:
        return amend.delay(order, ctx.act, due, request.slots.reason or "")

    return await for_each(request, ctx, uow, deed)


HANDLERS: Mapping[str, Handler] = {"order.change": change, "order.delay": delay}
