"""What may leave now: urgent ones always, others while people work, and what gathers once it has gathered."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from domain.company import Company
from domain.outbox import Batch, Delivery, Outbox
from domain.quiet import quiet_until
from scheduler.letters import ids


@dataclass(frozen=True, slots=True)
class Quiet:
    """Holds the others back: they stay owed, and their destination is not asked again before it is time."""

    outbox: Outbox
    company: Callable[[], Company]

    async def passes(self, batch: Batch, now: datetime) -> Batch:
        """The batch without what must wait."""
        until = quiet_until(self.company(), now)
        gathered = any(is_digest(one) and one.due_at <= now for one in batch.deliveries)
        leaving: list[Delivery] = []
        held: list[Delivery] = []
        for one in batch.deliveries:
            passes = is_urgent(one) or (until is None and (gathered or not is_digest(one)))
            (leaving if passes else held).append(one)
        if held and until is not None:
            await self.outbox.hush(batch.way, batch.address, until)
        if held:
            await self.outbox.give_back(ids(held))
        return replace(batch, deliveries=tuple(leaving))


def is_urgent(delivery: Delivery) -> bool:
    """True when it waits for nobody's working hours."""
    return delivery.notice.lane == "urgent"


def is_digest(delivery: Delivery) -> bool:
    """True when it is meant to be told with others."""
    return delivery.notice.lane == "digest"
