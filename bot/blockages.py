"""Tells the process owner that a way is blocked, and that it is free again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.detours import owners_of
from domain.company import Company
from domain.facts import Notice
from domain.outbox import Batch
from domain.ports import UnitsOfWork
from handlers.wording.delivering import place_name


@dataclass(frozen=True, slots=True)
class Blockages:
    """A personal message beside the line on the list; whom only the blocked way reaches reads the list."""

    units: UnitsOfWork
    company: Callable[[], Company]

    async def __call__(self, kind: str, batch: Batch, reason: str, now: datetime) -> None:
        """Owe the message."""
        company = self.company()
        since = (batch.condition.since or now).isoformat()
        facts = {
            "way": batch.way,
            "place": place_name(batch.deliveries[0].notice.to, company),
            "reason": reason,
            "since": since,
        }
        to = [f"user:{person.user_id}" for person in owners_of(company)]
        notices = [
            Notice(kind, one, lane="urgent", facts=facts)
            for one in to
            if kind == "way_free" or one != batch.deliveries[0].notice.to
        ]
        async with self.units() as uow:
            await uow.tell(notices, now, f"destination:{batch.way}")
            await uow.commit()
