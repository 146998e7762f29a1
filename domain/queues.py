"""What falls due and who works at it, as protocols: timers, drafts that run out, fellow workers."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.facts import Timer
from domain.ports import Conversation


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
