"""What a destination that fails means: wait a little, wait for people, or go another way."""

import logging
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.facts import Notice
from domain.notices import REPORT
from domain.outbox import Batch, Delivery, Detour, Outbox, Standings
from domain.ports import Clock, Todo
from domain.sending import Misconfigured
from scheduler.backoff import is_last, pause, setting_pause
from scheduler.letters import Message, ids
from scheduler.quiet import is_urgent

log = logging.getLogger(__name__)
BUSY, SETTING = "busy", "setting"

Detours = Callable[[Notice, str, str], Sequence[Detour]]
"""Where else a notice may go: itself, the way that failed, and the user id of its order's owner; none: nowhere."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Writes down what failed. `todo` is the process owner's list, `tell` tells them what is wrong with a way."""

    outbox: Outbox
    standings: Standings
    detours: Detours
    todo: Callable[[Todo], Awaitable[object]]
    tell: Callable[[str, Batch, str, datetime], Awaitable[object]]
    clock: Clock
    observe: Callable[[str, str], None]
    chance: Callable[[], float] = random.random

    async def busy(self, batch: Batch, message: Message, reason: str, after: timedelta | None) -> None:
        """It cannot take this now: the whole destination waits, which keeps its order and honours a ban."""
        first = message.letters[0].first
        now = self.clock()
        until = now + pause(first.attempts, self.chance(), after)
        await self.outbox.trouble(batch.way, batch.address, BUSY, reason, now, until)
        if is_last(first.attempts):
            await self.never(message.deliveries, reason)
        else:
            await self.outbox.failed(message.ids, reason)
            self.observe(batch.way, "later")

    async def misconfigured(self, batch: Batch, owed: Sequence[Delivery], wrong: Misconfigured) -> None:
        """Somebody must mend it: it rests, longer each time; the first notice then is the next attempt."""
        now, reason = self.clock(), str(wrong)
        until = now + setting_pause(batch.condition.failures)
        await self.outbox.trouble(batch.way, batch.address, SETTING, reason, now, until)
        await self._said_once(batch, reason, now)
        await self.give_away([one for one in owed if is_urgent(one)], until, reason)
        await self.outbox.give_back(ids(owed))
        self.observe(batch.way, "misconfigured")

    async def give_away(self, urgent: Sequence[Delivery], until: datetime, reason: str) -> None:
        """These must not wait so long: another way, or where there is none, here when the rest is over.

        A report is worded for its readers and waits for them.
        """
        for delivery in urgent:
            if delivery.notice.kind == REPORT or not await self._elsewhere(delivery, reason):
                await self.outbox.put_off(delivery.id, until, reason)

    async def never(self, deliveries: Sequence[Delivery], reason: str) -> None:
        """It will not take these: another way, or the process owner's list."""
        for delivery in deliveries:
            if not await self._elsewhere(delivery, reason):
                await self._give_up(delivery, reason)

    async def over(self, batch: Batch) -> None:
        """Something has arrived again: said once to those who were told that it does not."""
        if not batch.condition.trouble:
            return
        await self.outbox.recovered(batch.way, batch.address)
        if batch.condition.told_at is not None:
            await self.tell("way_free", batch, "", self.clock())
            log.info("destination works again", extra={"way": batch.way})

    async def _said_once(self, batch: Batch, reason: str, now: datetime) -> None:
        """To the list and to people before it is noted: after a crash between them it is said twice, never not."""
        if batch.condition.told_at is not None or await self.outbox.known(batch.way, reason):
            return
        first = batch.deliveries[0]
        await self._write("misconfigured", first, reason)
        await self.tell("way_blocked", batch, reason, now)
        await self.outbox.told(batch.way, batch.address, now)

    async def _elsewhere(self, delivery: Delivery, reason: str) -> bool:
        now, notice = self.clock(), delivery.notice
        if notice.to.startswith("group:") and await self.outbox.reached_otherwise(delivery, now):
            return False
        known = await self.standings.of([notice.order]) if notice.order is not None else {}
        owner = next((standing.owner for standing in known.values()), "")
        detours = self.detours(notice, delivery.way, owner)
        if not detours:
            return False
        await self.outbox.detour(delivery, detours, now, f"another way: {reason}")
        self.observe(delivery.way, "detoured")
        return True

    async def _give_up(self, delivery: Delivery, reason: str) -> None:
        """The to-do first: after a crash between the two it stands twice, never not at all."""
        await self._write("undeliverable", delivery, reason)
        await self.outbox.give_up(delivery.id, self.clock(), reason)
        self.observe(delivery.way, "dead")

    async def _write(self, kind: str, delivery: Delivery, reason: str) -> None:
        order = f" #{delivery.notice.order}" if delivery.notice.order is not None else ""
        text = f"{delivery.notice.to} ({delivery.way}){order} {delivery.notice.kind}: {reason}"
        await self.todo(Todo(kind, self.clock(), text, source=f"outbox:{delivery.id}"))
        log.warning(
            "notice not delivered", extra={"delivery": delivery.id, "way": delivery.way, "kind": kind}
        )
