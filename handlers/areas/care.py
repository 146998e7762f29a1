"""What happens beside the way of the goods: money, changes, delays, holding, returns, remarks."""

from collections.abc import Mapping
from dataclasses import replace

from domain import amend, halt, money, returns
from domain.amend import Amendment, LineChange
from domain.facts import Change
from domain.order import Order
from domain.ports import UnitOfWork
from handlers.areas.targets import for_each, portions
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading, Slots


async def pay(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Money came in: the amount said, or all that is open."""

    async def deed(order: Order) -> Change:
        return money.pay(order, ctx.act, request.slots.amount, request.slots.method or "")

    return await for_each(request, ctx, uow, deed)


async def refund(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """What was owed to the customer has been given back."""

    async def deed(order: Order) -> Change:
        return money.refund(order, ctx.act, request.slots.method or "")

    return await for_each(request, ctx, uow, deed)


async def change(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Other goods, date or address."""

    async def deed(order: Order) -> Change:
        skus = sorted(
            {line.sku for line in order.lines} | {line.sku for line in request.slots.lines if line.sku}
        )
        facts = await uow.orders.entry_facts(order.customer, skus, ctx.act.doubles_since)
        return amend.change(order, ctx.act, _amendment(request.slots), facts, await uow.stock.take(skus))

    return await for_each(request, ctx, uow, deed)


def _amendment(slots: Slots) -> Amendment:
    lines = tuple(
        LineChange(line.sku or "", line.qty, line.delta, line.unit or "", line.price, line.gift)
        for line in slots.lines
    )
    return Amendment(lines, slots.due, slots.period or "", slots.address or "")


async def delay(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """We cannot keep the date."""
    if request.slots.due is None:
        return replace(request, missing=("due",))
    due = request.slots.due

    async def deed(order: Order) -> Change:
        return amend.delay(order, ctx.act, due, request.slots.reason or "")

    return await for_each(request, ctx, uow, deed)


async def cancel(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Call it off; what was reserved is free again."""

    async def deed(order: Order) -> Change:
        return halt.cancel(order, ctx.act, request.slots.reason or "")

    return await for_each(request, ctx, uow, deed)


async def hold(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Let it rest."""

    async def deed(order: Order) -> Change:
        return halt.hold(order, ctx.act, request.slots.reason or "")

    return await for_each(request, ctx, uow, deed)


async def resume(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Go on where it rested."""

    async def deed(order: Order) -> Change:
        return halt.resume(order, ctx.act, await uow.stock.take([line.sku for line in order.lines]))

    return await for_each(request, ctx, uow, deed)


async def take_back(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Goods come back."""

    async def deed(order: Order) -> Change:
        return returns.take_back(order, ctx.act, portions(request.slots.lines), request.slots.reason or "")

    return await for_each(request, ctx, uow, deed)


async def complain(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """The customer is not content."""

    async def deed(order: Order) -> Change:
        return amend.complain(order, ctx.act, request.slots.reason or "")

    return await for_each(request, ctx, uow, deed)


async def urge(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """The customer presses for it."""

    async def deed(order: Order) -> Change:
        return amend.urge(order, ctx.act)

    return await for_each(request, ctx, uow, deed)


async def note(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """A remark for everybody who handles it."""

    async def deed(order: Order) -> Change:
        return amend.note(order, ctx.act, request.slots.note or "")

    return await for_each(request, ctx, uow, deed)


async def assign(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Into a colleague's hands."""

    async def deed(order: Order) -> Change:
        return amend.assign(order, ctx.act, request.slots.staff or "")

    return await for_each(request, ctx, uow, deed)


async def acknowledge(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """我来处理: the order is in the sender's hands from now on."""

    async def deed(order: Order) -> Change:
        return amend.take_over(order, ctx.act)

    return await for_each(request, ctx, uow, deed)


HANDLERS: Mapping[str, Handler] = {
    "order.pay": pay,
    "order.refund": refund,
    "order.change": change,
    "order.delay": delay,
    "order.cancel": cancel,
    "order.hold": hold,
    "order.resume": resume,
    "order.return": take_back,
    "order.complain": complain,
    "order.urge": urge,
    "order.note": note,
    "order.assign": assign,
    "alert.ack": acknowledge,
}
