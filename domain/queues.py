"""What the scheduler works through, as protocols: notices owed, timers and drafts that fall due, fellow workers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.facts import Notice, Timer
from domain.ports import Conversation


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notice on one way to one destination; `id` is its idempotency key, `attempts` counts claims.

    `source` is the key of the message that caused it; `error` is what the last attempt met.
    """

    id: str
    way: str
    address: str
    notice: Notice
    created_at: datetime
    due_at: datetime
    attempts: int
    source: str = ""
    sent_at: datetime | None = None
    dead_at: datetime | None = None
    error: str = ""


class Outbox(Protocol):
    """Notices owed. To one destination (way, address) they leave one after the other, urgent ones first."""

    async def claim(self, now: datetime, limit: int, lease: timedelta, who: str) -> tuple[Delivery, ...]:
        """Take what is due, counting the attempt; at most one for each destination: all may be sent at once.

        Nobody else gets them until `now + lease`; a destination whose first one is put off or leased waits.
        """

    async def sent(self, delivery: str, at: datetime) -> None:
        """It has arrived."""

    async def put_off(self, delivery: str, until: datetime, error: str) -> None:
        """Try again then; the destination's later ones wait with it."""

    async def give_up(self, delivery: str, at: datetime, error: str) -> None:
        """It will never arrive: it stands as dead until somebody retries it."""

    async def pending(self, limit: int = 100) -> tuple[Delivery, ...]:
        """What is owed, oldest first."""

    async def dead(self, limit: int = 100) -> tuple[Delivery, ...]:
        """What was given up, newest first."""

    async def retry(self, delivery: str, at: datetime) -> bool:
        """Owe it once more with no attempt counted; False when there is no such dead one."""

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the oldest due notice waits, for `/readyz` and metrics."""

    async def forget(self, before: datetime) -> int:
        """Delete what was sent before then; says how many."""


@dataclass(frozen=True, slots=True)
class DueTimer:
    """A timer to be handled; `attempts` counts claims, `error` is what the last attempt met."""

    timer: Timer
    attempts: int = 1
    error: str = ""


class Timers(Protocol):
    """What falls due. Claiming only spreads the work; `UnitOfWork.take` decides who acts."""

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> tuple[DueTimer, ...]:
        """Timers due by `now` that nobody else was given until `now + lease`, the longest due first.

        An attempt is counted with the claim, so that one which ends the process counts too.
        """

    async def put_off(self, timer: Timer, until: datetime, error: str = "") -> None:
        """Look at it again then; the moment it fell due stays known, and so does an earlier `error`."""

    async def troubled(self, limit: int = 100) -> tuple[DueTimer, ...]:
        """Those put off because they could not be handled, the longest due first."""

    async def next_due(self) -> datetime | None:
        """When the next open timer falls due."""

    async def expired(self, now: datetime, limit: int) -> tuple[Conversation, ...]:
        """Conversations whose draft has run out, oldest first; `UnitOfWork.remember` decides who says so."""


class Processes(Protocol):
    """Who works on the same database. Each that works says so every few seconds; who has not lately is not counted."""

    async def seen(self, process: str, at: datetime) -> None:
        """It lives."""

    async def known(self, since: datetime) -> int:
        """How many were seen after then and have not ended."""

    async def latest(self) -> datetime | None:
        """When anybody was seen last, those that ended included; None: nobody ever."""

    async def leave(self, process: str, at: datetime) -> None:
        """It ends and need not be waited for."""

    async def forget(self, before: datetime) -> int:
        """Delete those not seen since then; says how many."""
