"""One notice on one way: sent, tried again later, or given up where people see it."""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from domain.facts import Notice
from domain.ports import Clock, Todo
from domain.queues import Delivery, Outbox
from domain.sending import Misconfigured, Rendered, Sender, TryLater, Undeliverable
from scheduler.backoff import is_last, pause
from scheduler.rates import NOW, Windows

log = logging.getLogger(__name__)
PATIENCE = timedelta(seconds=20)
"""A sender that has not ended by then has failed, well before the claim's lease runs out."""
SETTING = "setting: "
SETTING_PAUSE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Deliverer:
    """Sends what was claimed. `todo` writes onto the process owner's list, `observe` counts outcomes."""

    outbox: Outbox
    senders: Mapping[str, Sender]
    render: Callable[[Notice], Rendered]
    todo: Callable[[Todo], Awaitable[object]]
    clock: Clock
    observe: Callable[[str, str], None]
    windows: Windows = field(default_factory=Windows)
    chance: Callable[[], float] = random.random

    async def deliver(self, delivery: Delivery) -> None:
        """Make one attempt and write down how it ended."""
        rest = self.windows.wait(delivery.way, delivery.address, self.clock())
        if rest > NOW:
            await self.outbox.put_off(delivery.id, self.clock() + rest, delivery.error)
            return self.observe(delivery.way, "held")
        try:
            await self._send(delivery)
        except TryLater as later:
            await self._later(delivery, str(later), later.after)
        except Misconfigured as wrong:
            await self._wait_for_people(delivery, str(wrong))
        except Undeliverable as reason:
            await self._give_up(delivery, str(reason))
        except TimeoutError:
            await self._later(delivery, f"no end within {PATIENCE.total_seconds():g} s", None)
        except Exception as bug:
            # A bug in a sender or in the wording must cost its own notice only, and that one not at once.
            log.exception("delivery failed", extra={"delivery": delivery.id, "way": delivery.way})
            await self._later(delivery, type(bug).__name__, None)
        else:
            await self.outbox.sent(delivery.id, self.clock())
            self.observe(delivery.way, "sent")

    async def _send(self, delivery: Delivery) -> None:
        sender = self.senders.get(delivery.way)
        if sender is None:
            raise Misconfigured(f"no settings for {delivery.way}")
        words = self.render(delivery.notice)
        self.windows.count(delivery.way, delivery.address, self.clock())
        async with asyncio.timeout(PATIENCE.total_seconds()):
            await sender.send(delivery.notice.to, delivery.address, words, delivery.id)

    async def _later(self, delivery: Delivery, reason: str, after: timedelta | None) -> None:
        if is_last(delivery.attempts):
            return await self._give_up(delivery, reason)
        until = self.clock() + pause(delivery.attempts, self.chance(), after)
        await self.outbox.put_off(delivery.id, until, reason)
        return self.observe(delivery.way, "later")

    async def _wait_for_people(self, delivery: Delivery, reason: str) -> None:
        """Put the destination off for long; the process owner is told the first time only."""
        if not delivery.error.startswith(SETTING):
            await self._tell("misconfigured", delivery, reason)
        await self.outbox.put_off(delivery.id, self.clock() + SETTING_PAUSE, SETTING + reason)
        self.observe(delivery.way, "misconfigured")

    async def _give_up(self, delivery: Delivery, reason: str) -> None:
        """The to-do first: after a crash between the two it stands twice, never not at all."""
        await self._tell("undeliverable", delivery, reason)
        await self.outbox.give_up(delivery.id, self.clock(), reason)
        self.observe(delivery.way, "dead")

    async def _tell(self, kind: str, delivery: Delivery, reason: str) -> None:
        order = f" #{delivery.notice.order}" if delivery.notice.order is not None else ""
        text = f"{delivery.notice.to} ({delivery.way}){order} {delivery.notice.kind}: {reason}"
        await self.todo(Todo(kind, self.clock(), text, source=f"outbox:{delivery.id}"))
        log.warning(
            "notice not delivered", extra={"delivery": delivery.id, "way": delivery.way, "kind": kind}
        )
