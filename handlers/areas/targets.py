"""Which orders a request is about: by number, or by customer where only one fits."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from domain.act import Portion
from domain.company import FINISHED
from domain.errors import DomainError, Invalid, Unknown
from domain.facts import Change
from domain.order import Order
from domain.ports import Search, UnitOfWork
from handlers.context import Context
from handlers.message import Reply
from handlers.router import Answer
from handlers.understanding.reading import Reading, SaidLine
from handlers.wording import outcomes as words
from handlers.wording.drafts import together
from handlers.wording.refusals import refusal

AT_ONCE = 30
"""Orders in one message; more is surely a mistake, and would keep others from its goods."""
DIGITS = 9
"""No order book fills ten digits; a longer number is a telephone's or a parcel's."""

Deed: TypeAlias = Callable[[Order], Awaitable[Change]]

# In which kinds of step an order may be meant when only its customer was named.
OPEN = ("draft", "reviewing", "picking", "work", "short", "shipped", "hold")
MEANT: Mapping[str, tuple[str, ...]] = {
    "order.approve": ("reviewing",),
    "order.reject": ("reviewing",),
    "order.pick": ("picking", "work"),
    "order.ship": ("picking", "work", "short"),
    "order.shortage": ("picking", "work"),
    "order.sign": ("shipped", "picking", "short"),
    "order.pay": (*OPEN, "signed"),
    "order.hold": ("draft", "reviewing", "picking", "work", "short"),
    "order.resume": ("hold",),
    "order.return": ("shipped", "signed", "done"),
    "order.complain": (*OPEN, "signed", "done"),
    "order.note": (*OPEN, "signed"),
    "order.rate": ("shipped", "signed", "done"),
}


async def for_each(request: Reading, ctx: Context, uow: UnitOfWork, deed: Deed) -> Answer:
    """Do `deed` to every order meant and say what became of each; ask where several fit a customer."""
    orders = await meant(request, ctx, uow)
    return orders if isinstance(orders, Reading) else await each(orders, ctx, uow, deed)


async def each(orders: Sequence[Order | DomainError], ctx: Context, uow: UnitOfWork, deed: Deed) -> Reply:
    """Do `deed` to these orders and say what became of each."""
    return together([await _one(order, ctx, uow, deed) for order in orders])


async def _one(order: Order | DomainError, ctx: Context, uow: UnitOfWork, deed: Deed) -> Reply:
    """One order's outcome. A refusal comes before anything of it is written, so the others stand."""
    if isinstance(order, DomainError):
        return Reply(refusal(order))
    try:
        change = await deed(order)
    except DomainError as error:
        return words.refused(error, order, ctx)
    await uow.save(change)
    return words.outcome(change, ctx)


async def meant(request: Reading, ctx: Context, uow: UnitOfWork) -> Sequence[Order | DomainError] | Reading:
    """The orders, each or the refusal that it does not exist; or the request with the question which."""
    numbers = tuple(dict.fromkeys(request.slots.orders))
    if len(numbers) > AT_ONCE:
        raise Invalid("too-many-orders", limit=AT_ONCE)
    if numbers:
        return [await _get(number, uow) for number in numbers]
    return await _by_customer(request, ctx, uow)


async def _get(said: str, uow: UnitOfWork) -> Order | DomainError:
    if len(said) > DIGITS or not said.isdecimal():
        return Unknown("order", number=said[:20])
    try:
        return await uow.orders.get(int(said))
    except DomainError as error:
        return error


async def _by_customer(request: Reading, ctx: Context, uow: UnitOfWork) -> Sequence[Order] | Reading:
    customer = request.slots.customer
    if not customer:
        return replace(request, missing=("orders",))
    steps = ctx.company.workflow.keys(*MEANT.get(request.intent, OPEN))
    found = await uow.orders.search(Search(customer=(customer,), steps=steps, limit=9))
    fitting = _with_goods(found, request.slots.lines) or found
    if not fitting:
        name = ctx.company.catalogue.customers[customer].name
        raise Invalid("no-orders", action=request.intent, customer=name)
    if len(fitting) == 1:
        return fitting
    return replace(request, ambiguous={"orders": tuple(str(order.number) for order in fitting)})


def _with_goods(orders: Sequence[Order], lines: Sequence[SaidLine]) -> Sequence[Order]:
    skus = {line.sku for line in lines if line.sku}
    return [order for order in orders if skus <= {line.sku for line in order.lines}]


async def ringing(ctx: Context, uow: UnitOfWork) -> tuple[int, ...]:
    """The orders in this person's hands that somebody was reminded of and nobody has silenced, oldest first."""
    desk = Search(
        owner=ctx.actor.user_id,
        not_steps=ctx.company.workflow.keys(*FINISHED),
        by_due=True,
        limit=AT_ONCE,
    )
    found = await uow.orders.search(desk)
    silent = (order.silent_until is not None and order.silent_until > ctx.now for order in found)
    return tuple(
        order.number for order, still in zip(found, silent, strict=True) if any(order.heard) and not still
    )


def portions(lines: Sequence[SaidLine]) -> tuple[Portion, ...]:
    """Said lines as the domain takes them."""
    return tuple(Portion(line.sku or "", line.qty, line.unit or "") for line in lines)


async def about(request: Reading, ctx: Context, uow: UnitOfWork) -> Reading:
    """The request with general words settled by the goods of the one order it is about: 可乐 is the cola it holds.

    Where several orders of the customer fit, which one is open too.
    """
    if not any(path.endswith(".sku") for path in request.ambiguous):
        return request
    found = await meant(request, ctx, uow)
    if isinstance(found, Reading):
        return replace(found, ambiguous={**request.ambiguous, **found.ambiguous})
    order = found[0]
    return _own_goods(request, order) if len(found) == 1 and isinstance(order, Order) else request


def _own_goods(request: Reading, order: Order) -> Reading:
    lines = list(request.slots.lines)
    ambiguous = dict(request.ambiguous)
    ordered = {line.sku: line.unit for line in order.lines}
    for index, line in enumerate(lines):
        fits = [sku for sku in ambiguous.get(f"lines[{index}].sku", ()) if sku in ordered]
        if len(fits) == 1:
            lines[index] = replace(line, sku=fits[0], unit=line.unit or ordered[fits[0]])
            del ambiguous[f"lines[{index}].sku"]
    slots = replace(request.slots, lines=tuple(lines), orders=(str(order.number),))
    return replace(request, slots=slots, ambiguous=ambiguous)
