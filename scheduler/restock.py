"""Gives short orders what has become free: by a cancellation, a return, a count, or goods that came in just then.

Goods counted in serve the orders that wait for them in the same transaction. What becomes free otherwise, or while an
order was just running short in another transaction, is found here.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.act import SYSTEM, Act
from domain.assignment import weighed_among
from domain.company import Company
from domain.errors import Stale
from domain.fulfilment import restock
from domain.order import Order
from domain.ports import Clock, Search, UnitsOfWork

log = logging.getLogger(__name__)
EVERY = timedelta(minutes=1)


@dataclass(slots=True)
class RestockWatch:
    """Looks once a minute; the urgent and the oldest order are served first, each in a transaction of its own."""

    units: UnitsOfWork
    company: Callable[[], Company]
    clock: Clock
    _next: datetime | None = field(default=None, init=False)

    async def turn(self) -> int:
        """Serve those that can be; says how many were."""
        now = self.clock()
        # Also when the clock was set back.
        if self._next is not None and self._next - EVERY <= now < self._next:
            return 0
        self._next = now + EVERY
        return sum([await self._guarded(order.number) for order in await self._waiting()])

    async def _waiting(self) -> tuple[Order, ...]:
        """Orders that lack something of which there is some, in the order they are served."""
        steps = tuple(step.key for step in self.company().workflow.steps.values() if step.kind == "short")
        async with self.units() as uow:
            if not await uow.orders.count(Search(steps=steps)):
                return ()
            levels = await uow.stock.levels(())
            return await uow.orders.waiting_for(
                sorted({one.sku for one in levels.values() if one.available > 0})
            )

    async def _guarded(self, number: int) -> bool:
        try:
            return await self._serve(number)
        except Stale:
            return False  # somebody acts on it or on its goods at this very moment; the next look comes
        except Exception:
            # One item of a loop: the others must not wait for it.
            log.exception("not restocked", extra={"order": number})
            return False

    async def _serve(self, number: int) -> bool:
        now, company = self.clock(), self.company()
        async with self.units() as uow:
            duty = await uow.duty(now.astimezone(company.calendar.zone).date())
            loads = await uow.orders.loads(weighed_among(company))
            act = Act(SYSTEM, now, company, f"restock:{number}:{now.isoformat()}", duty, loads)
            order = await uow.orders.get(number)
            change = restock(order, act, await uow.stock.take([line.sku for line in order.lines]))
            if change is None:
                return False
            await uow.save(change)
            await uow.commit()
            return True
