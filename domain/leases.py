"""What one process at a time may do, as protocol: who holds it, until when, and the number of that holding."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Lease:
    """`holder` has it until `until`. `fence` grows whenever another takes it: who sees a greater one has lost it."""

    name: str
    holder: str
    fence: int
    until: datetime


class Leases(Protocol):
    """One holder for each name; who does not renew in time loses it to whoever asks first."""

    async def take(self, name: str, holder: str, now: datetime, lives: timedelta) -> Lease | None:
        """Take it where it is free or has run out, or renew it where it is ours; None: somebody else has it."""

    async def release(self, name: str, holder: str, now: datetime) -> None:
        """Free at once, if it is still ours; the number stays, so that the next holder's is greater."""

    async def held(self, name: str, now: datetime) -> Lease | None:
        """Who has it at this moment."""
