"""Hands over what lies on the desk of somebody who left, as soon as the rules say so; a new owner is told once of all."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.act import SYSTEM, Act
from domain.catalogue import Staff
from domain.company import FINISHED, Company
from domain.errors import Stale
from domain.facts import Notice
from domain.handover import gone, hand_over
from domain.order import Order
from domain.path import step_of
from domain.ports import Clock, Search, UnitOfWork, UnitsOfWork

log = logging.getLogger(__name__)
EVERY = timedelta(minutes=1)
AT_ONCE = 200
"""Orders of one desk in one transaction; a larger desk goes in several, each with its summary."""
SHOWN = 8

Key = tuple[int, frozenset[str]]


@dataclass(slots=True)
class HandoverWatch:
    """Looks at once after the rules have changed, then once a minute; the desk of each leaver is one transaction.

    Two processes that look at the same desk write the same orders: the second finds its versions gone and starts over.
    """

    units: UnitsOfWork
    company: Callable[[], Company]
    clock: Clock
    _next: datetime | None = None
    _seen: int = 0

    async def turn(self) -> int:
        """Hand over what can be; says how many orders were."""
        now, company = self.clock(), self.company()
        # Also when the clock was set back.
        waits = self._next is not None and self._next - EVERY <= now < self._next
        if waits and company.version == self._seen:
            return 0
        self._next, self._seen = now + EVERY, company.version
        return sum([await self._guarded(person, company) for person in await self._with_work(company)])

    async def _with_work(self, company: Company) -> Sequence[Staff]:
        left = gone(company)
        async with self.units() as uow:
            loads = await uow.orders.loads([person.user_id for person in left])
        return [person for person in left if loads.get(person.user_id)]

    async def _guarded(self, person: Staff, company: Company) -> int:
        try:
            return await self._empty(person, company)
        except Stale:
            # Somebody acts on one of the orders at this very moment, or another process was first: look again.
            self._next = None
        except Exception:
            # One item of a loop: the others must not wait for it.
            log.exception("not handed over", extra={"person": person.user_id})
        return 0

    async def _empty(self, person: Staff, company: Company) -> int:
        now = self.clock()
        source = f"left:{person.user_id}:{now.isoformat()}"
        async with self.units() as uow:
            act = Act(
                SYSTEM, now, company, source, await uow.duty(now.astimezone(company.calendar.zone).date())
            )
            taken = await self._move(person, act, uow)
            await uow.tell([_summary(person, to, orders, act) for to, orders in taken.items()], now, source)
            await uow.commit()
        return sum(map(len, taken.values()))

    @staticmethod
    async def _move(person: Staff, act: Act, uow: UnitOfWork) -> Mapping[str, list[Order]]:
        """Everything into other hands; says whose it is now."""
        desk = Search(
            owner=person.user_id, not_steps=act.company.workflow.keys(*FINISHED), by_due=True, limit=AT_ONCE
        )
        taken: dict[str, list[Order]] = {}
        for order in await uow.orders.search(desk):
            change = hand_over(order, act)
            if change is not None:
                await uow.save(change)
                taken.setdefault(change.order.owner, []).append(change.order)
        return taken


def _summary(person: Staff, to: str, orders: Sequence[Order], act: Act) -> Notice:
    """One notice of all that somebody has now."""
    facts: Mapping[str, object] = {
        "who": person.name,
        "deputy": person.deputy == to,
        "count": len(orders),
        "orders": [
            f"#{order.number} {order.customer_name}（{step_of(order, act.company).name}）"
            for order in orders[:SHOWN]
        ],
    }
    return Notice("handed_over", f"user:{to}", facts=facts)
