"""What the order and the words alone decide: for each intent one function of the domain."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import TypeAlias

from domain import alarm, amend, fulfilment, halt, money, returns
from domain.act import Act
from domain.facts import Change
from domain.order import Order
from domain.ports import UnitOfWork
from handlers.areas.targets import for_each, portions
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading, Slots

Deed: TypeAlias = Callable[[Order, Act, Slots], Change]

DEEDS: Mapping[str, Deed] = {
    # From the shelf to the customer.
    "order.pick": lambda order, act, said: fulfilment.pick(order, act, said.done),
    "order.ship": lambda order, act, said: fulfilment.ship(
        order, act, portions(said.lines), said.carrier or "", said.tracking or ""
    ),
    "order.sign": lambda order, act, said: fulfilment.sign(order, act, portions(said.lines)),
    "order.return": lambda order, act, said: returns.take_back(
        order, act, portions(said.lines), said.reason or ""
    ),
    # Money.
    "order.pay": lambda order, act, said: money.pay(order, act, said.amount, said.method or ""),
    "order.refund": lambda order, act, said: money.refund(order, act, said.method or ""),
    # Called off, put aside.
    "order.cancel": lambda order, act, said: halt.cancel(order, act, said.reason or ""),
    "order.hold": lambda order, act, said: halt.hold(order, act, said.reason or ""),
    # Remarks and hands.
    "order.complain": lambda order, act, said: amend.complain(order, act, said.reason or ""),
    "order.urge": lambda order, act, said: amend.urge(order, act),
    "order.note": lambda order, act, said: amend.note(order, act, said.note or ""),
    "order.rate": lambda order, act, said: amend.rate(order, act, said.amount),
    "order.assign": lambda order, act, said: amend.assign(order, act, said.staff or ""),
    # What a ladder is answered with.
    "alert.ack": lambda order, act, said: alarm.acknowledge(order, act),
    "alert.snooze": lambda order, act, said: alarm.snooze(order, act, _wait(said)),
}


def _wait(said: Slots) -> timedelta | None:
    return None if said.minutes is None else timedelta(minutes=said.minutes)


def _handler(deed: Deed) -> Handler:
    async def handle(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
        async def decide(order: Order) -> Change:
            return deed(order, ctx.act, request.slots)

        return await for_each(request, ctx, uow, decide)

    return handle


HANDLERS: Mapping[str, Handler] = {intent: _handler(deed) for intent, deed in DEEDS.items()}
