"""All that is due for one destination: held back, brought up to date, merged where it must be, sent, written down.

Each step stands in a module of its own: `quiet`, `newest`, `planning` (with `merging`), and `trouble` for what fails.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.outbox import Batch, Condition, Delivery, Outbox
from domain.ports import Clock
from domain.sending import Misconfigured, Sender, TryLater, Undeliverable
from scheduler.backoff import is_last, pause
from scheduler.letters import Letter, Message, ids
from scheduler.newest import Newest
from scheduler.planning import Plan, Planner
from scheduler.quiet import Quiet
from scheduler.trouble import Trouble

log = logging.getLogger(__name__)
PATIENCE = timedelta(seconds=20)
"""A sender that has not ended by then has failed."""
SHIFT = timedelta(seconds=30)
"""So long one batch is worked on, well within its lease; what is left is claimed anew."""


@dataclass(frozen=True, slots=True)
class Deliverer:
    """Takes a batch from claim to record. `observe` counts outcomes by way."""

    outbox: Outbox
    senders: Mapping[str, Sender]
    quiet: Quiet
    newest: Newest
    planner: Planner
    trouble: Trouble
    clock: Clock
    observe: Callable[[str, str], None]

    async def deliver(self, batch: Batch) -> datetime | None:
        """Send what may leave now; says when to look again where that is known."""
        now = self.clock()
        rests = batch.condition.rests_until
        if rests is not None and rests > now:
            await self.trouble.give_away(batch.deliveries, rests, "its destination rests")
            await self.outbox.give_back(ids(batch.deliveries))
            return None
        leaving = await self.quiet.passes(batch, now)
        if len(leaving.deliveries) < len(batch.deliveries):
            self.observe(batch.way, "held")
        return await self._all(leaving, now) if leaving.deliveries else None

    async def _all(self, batch: Batch, begun: datetime) -> datetime | None:
        letters = await self.newest.letters(batch.deliveries)
        plan = await self.planner.plan(batch, letters, begun)
        await self._put_aside(plan.broken)
        for place, message in enumerate(plan.messages):
            later = plan.after(place)
            if self.clock() - begun > SHIFT:
                await self.outbox.give_back((*message.ids, *ids(later)))
                return self.clock()
            if not await self._one(batch, message, later):
                return None
            batch = replace(batch, condition=Condition())
        if not plan.waiting:
            return None
        return await self._wait(batch, plan)

    async def _wait(self, batch: Batch, plan: Plan) -> datetime:
        """What found no token waits for it, and for what comes meanwhile."""
        until = self.clock() + plan.wait
        await self.outbox.rest(batch.way, batch.address, until)
        await self.outbox.give_back(ids(plan.waiting))
        self.observe(batch.way, "waits")
        return until

    async def _one(self, batch: Batch, message: Message, later: Sequence[Delivery]) -> bool:
        """Make one attempt and write down how it ended; False when the destination takes no more now."""
        try:
            await self._send(message)
        except TryLater as busy:
            await self._busy(batch, message, later, str(busy), busy.after)
        except TimeoutError:
            await self._busy(batch, message, later, f"no end within {PATIENCE.total_seconds():g} s", None)
        except Misconfigured as wrong:
            await self.trouble.misconfigured(batch, (*message.deliveries, *later), wrong)
        except Undeliverable as reason:
            await self.trouble.never(message.deliveries, str(reason))
            return True
        except Exception:
            # A bug in a sender must cost its own notice only, and that one not at once.
            log.exception("delivery failed", extra={"delivery": message.key, "way": batch.way})
            await self._put_aside(message.letters)
            return True
        else:
            await self._arrived(batch, message)
            return True
        return False

    async def _send(self, message: Message) -> None:
        first = message.letters[0].first
        sender = self.senders.get(first.way)
        if sender is None:
            raise Misconfigured(f"no settings for {first.way}")
        if len(message.deliveries) > 1 and first.parcel != message.key:
            await self.outbox.together(message.ids, message.key)
        async with asyncio.timeout(PATIENCE.total_seconds()):
            await sender.send(first.notice.to, first.address, message.rendered, message.key)

    async def _arrived(self, batch: Batch, message: Message) -> None:
        await self.outbox.sent(message.ids, self.clock())
        self.observe(batch.way, "merged" if len(message.deliveries) > 1 else "sent")
        await self.trouble.over(batch)

    async def _busy(
        self,
        batch: Batch,
        message: Message,
        later: Sequence[Delivery],
        reason: str,
        after: timedelta | None,
    ) -> None:
        await self.trouble.busy(batch, message, reason, after)
        if later:
            await self.outbox.give_back(ids(later))

    async def _put_aside(self, letters: Sequence[Letter]) -> None:
        """Each of these is tried again by itself, after a pause that keeps no other waiting."""
        for letter in letters:
            if is_last(letter.first.attempts):
                await self.trouble.never(letter.deliveries, "a bug")
                continue
            until = self.clock() + pause(letter.first.attempts, 1.0)
            for delivery in letter.deliveries:
                await self.outbox.put_off(delivery.id, until, "a bug")
                self.observe(delivery.way, "later")
