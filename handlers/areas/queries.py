"""Looking, never changing: orders, customers, what is on somebody's desk."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from domain.company import FINISHED
from domain.forecast import MOST, SINCE, forecast, leaves
from domain.order import Order
from domain.ports import Search, UnitOfWork
from handlers.areas.targets import meant
from handlers.context import Context
from handlers.message import Reply
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading
from handlers.wording import queries as words
from handlers.wording.orders import card
from handlers.wording.progress import progress
from handlers.wording.why import why as explained

SHOWN = 12
LATELY = timedelta(days=7)
"""So far back the process owner is reminded of what was learned."""
KINDS = {
    "picking": ("picking", "work"),
    "reviewing": ("reviewing",),
    "shipped": ("shipped",),
    "signed": ("signed",),
}


async def find(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """One order with its story, or a list; a look may cover every customer or product that fits."""
    if request.slots.orders:
        return await _named(request, ctx, uow)
    search = _search(request, ctx)
    found = await uow.orders.search(search)
    if len(found) == 1:
        return await _whole(found[0], ctx, uow)
    count = len(found) if len(found) < search.limit else await uow.orders.count(search)
    return words.orders(found, count, ctx)


async def _named(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    orders = await meant(request, ctx, uow)
    if isinstance(orders, Reading):
        return orders
    if len(orders) != 1:
        return words.mixed(orders, ctx)
    order = orders[0]
    if isinstance(order, Exception):
        raise order
    return await _whole(order, ctx, uow)


async def _whole(order: Order, ctx: Context, uow: UnitOfWork) -> Reply:
    """Where it is and when it will leave, then all that is known of it."""
    events = await uow.events.of_order(order.number)
    shipments = await uow.orders.shipments(order.number) if order.shipped_any else ()
    walks = await uow.walks.of(order.step, ctx.now - SINCE, MOST) if leaves(order, ctx.company) else ()
    told = progress(order, events, shipments, forecast(order, walks, ctx.company, ctx.now), ctx)
    return card(order, ctx, told, (*words.shipped(shipments, order, ctx), *words.story(events, ctx)))


async def why(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Why one order is in whose hands, who is called next, and why it was reviewed."""
    orders = await meant(request, ctx, uow)
    if isinstance(orders, Reading):
        return orders
    order = orders[0]
    if isinstance(order, Exception):
        raise order
    return explained(order, await uow.events.of_order(order.number), ctx)


def _search(request: Reading, ctx: Context) -> Search:
    slots = request.slots
    customers = (slots.customer,) if slots.customer else request.ambiguous.get("customer", ())
    skus = (slots.sku,) if slots.sku else request.ambiguous.get("sku", ())
    search = Search(customer=customers, sku=skus, limit=SHOWN)
    if slots.from_:
        end = slots.to or slots.from_
        search = replace(
            search, created_from=ctx.midnight(slots.from_), created_to=ctx.midnight(end + timedelta(days=1))
        )
    if slots.mine:
        search = replace(search, salesperson=ctx.actor.user_id)
    return _in_state(search, slots.state, ctx)


def _in_state(search: Search, state: str | None, ctx: Context) -> Search:
    steps = ctx.company.workflow.keys
    if state == "unpaid":
        return replace(search, unpaid=True, not_steps=steps("cancelled"))
    if state == "paid":
        return replace(search, unpaid=False, not_steps=steps("cancelled"))
    if state == "overdue":
        return replace(search, due_before=ctx.now, not_steps=steps(*FINISHED))
    if state == "open":
        return replace(search, not_steps=steps(*FINISHED))
    return replace(search, steps=steps(*KINDS.get(state, (state,)))) if state else search


async def tasks(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """What waits for the sender: orders in their hands, and the process owner's list."""
    search = Search(
        owner=ctx.actor.user_id, not_steps=ctx.company.workflow.keys(*FINISHED), by_due=True, limit=SHOWN
    )
    mine = await uow.orders.search(search)
    count = len(mine) if len(mine) < SHOWN else await uow.orders.count(search)
    if "process_owner" not in ctx.actor.roles:
        return words.tasks(mine, count, (), 0, ctx)
    learned = await uow.lessons.learned_since(ctx.now - LATELY)
    return words.tasks(mine, count, await uow.todos(SHOWN), learned, ctx)


async def customer(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Credit, what is owed, and what is under way."""
    code = request.slots.customer or ""
    facts = await uow.orders.entry_facts(code, (), ctx.now)
    under_way = await uow.orders.search(
        Search(customer=(code,), not_steps=ctx.company.workflow.keys(*FINISHED), limit=SHOWN)
    )
    return words.customer(ctx.company.catalogue.customers[code], facts.exposure, under_way, ctx)


HANDLERS: Mapping[str, Handler] = {
    "order.find": find,
    "order.why": why,
    "task.list": tasks,
    "customer.show": customer,
}
