"""Review: yes, no, and once more."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from domain.errors import DomainError, Invalid
from domain.facts import Change
from domain.gate import guard
from domain.levels import Levels
from domain.order import Order
from domain.ports import UnitOfWork
from domain.review import approve as approved
from domain.review import reject as rejected
from domain.review import resubmit as handed_in
from handlers.areas.shelves import in_turn
from handlers.areas.targets import each, for_each, meant
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading


async def approve(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Say yes as a reviewer."""

    def decide(order: Order, stock: Levels) -> Change:
        _as_seen(order, ctx)
        return approved(order, ctx.act, stock)

    return await in_turn(request, ctx, uow, decide)


def _as_seen(order: Order, ctx: Context) -> None:
    """A button shows one version of the order; a yes to it is no yes to one that was changed since."""
    if ctx.seen is not None and ctx.seen < (order.revised or order.version):
        raise Invalid("stale-button", number=order.number)


async def reject(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Send it back to the salesperson; the reason is asked for where it was not said."""
    orders = await meant(request, ctx, uow)
    if isinstance(orders, Reading):
        return orders
    if not request.slots.reason:
        return await _why(request, orders, ctx)

    async def deed(order: Order) -> Change:
        return rejected(order, ctx.act, request.slots.reason or "")

    return await each(orders, ctx, uow, deed)


async def _why(request: Reading, orders: Sequence[Order | DomainError], ctx: Context) -> Reading:
    """The request with its reason to be asked for, unless the answer would be no anyway."""
    for order in orders:
        if isinstance(order, DomainError):
            raise order
        guard("order.reject", order, ctx.act)
    return replace(request, missing=("reason",))


async def resubmit(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Hand a rejected order in again."""

    async def deed(order: Order) -> Change:
        skus = [line.sku for line in order.lines]
        facts = await uow.orders.entry_facts(order.customer, skus, ctx.act.doubles_since)
        return handed_in(order, ctx.act, facts, await uow.stock.take(skus))

    return await for_each(request, ctx, uow, deed)


HANDLERS: Mapping[str, Handler] = {
    "order.approve": approve,
    "order.reject": reject,
    "order.resubmit": resubmit,
}
