"""Notices owed, and how their destinations stand, as protocols: what delivery works through."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.facts import Notice


@dataclass(frozen=True, slots=True)
class Delivery:
    """A notice on one way to one destination; `id` is its idempotency key, `attempts` counts claims, `seq` grows.

    `source` is the key of the message that caused it; `error` is what the last attempt met; `parcel` names the message
    in which it was last sent together with others.
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
    seq: int = 0
    parcel: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """How a destination stands.

    Before `rests_until` nothing leaves, before `held_until` nothing that is not urgent. `trouble` is empty, `busy` or
    `setting`, since `since`, after so many `failures`; people were told of it at `told_at`.
    """

    rests_until: datetime | None = None
    held_until: datetime | None = None
    trouble: str = ""
    failures: int = 0
    since: datetime | None = None
    told_at: datetime | None = None
    error: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A destination with what waits for it, and how it stands."""

    way: str
    address: str
    waiting: int
    condition: Condition


@dataclass(frozen=True, slots=True)
class Batch:
    """All that is due for one destination, urgent ones first, each lane in the order in which it was written."""

    way: str
    address: str
    deliveries: tuple[Delivery, ...]
    condition: Condition = Condition()


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an order stands now, as far as a notice about it must know. `owner` is a user id."""

    number: int
    step: str
    entry: int
    owner: str
    customer: str
    urgent: bool
    version: int


@dataclass(frozen=True, slots=True)
class Detour:
    """A notice that goes another way than it was meant to, with the ways that lead there."""

    notice: Notice
    ways: Sequence[tuple[str, str]]


class Outbox(Protocol):
    """Notices owed. To one destination (way, address) they leave one after the other, urgent ones first."""

    async def claim(
        self, now: datetime, limit: int, lease: timedelta, who: str, elsewhere: Collection[str] = ()
    ) -> tuple[Batch, ...]:
        """Take what is due for at most so many destinations, counting the attempt of each notice.

        Nobody else gets anything for these destinations until `now + lease`. A destination that rests for long gives
        its urgent notices only: they must go another way. What goes by one of the ways `elsewhere` is left to others.
        """

    async def sent(self, deliveries: Sequence[str], at: datetime) -> None:
        """They have arrived."""

    async def give_back(self, deliveries: Sequence[str]) -> None:
        """They were not tried after all: due as before, the attempt not counted."""

    async def failed(self, deliveries: Sequence[str], error: str) -> None:
        """The attempt counts; they are due as before, as soon as their destination no longer rests."""

    async def put_off(self, delivery: str, until: datetime, error: str) -> None:
        """Try this one again then; its destination's others do not wait for it."""

    async def give_up(self, delivery: str, at: datetime, error: str) -> None:
        """It will never arrive: it stands as dead until somebody retries it."""

    async def together(self, deliveries: Sequence[str], parcel: str) -> None:
        """From now on these are sent in one message of this name, however often that takes."""

    async def detour(self, delivery: Delivery, detours: Sequence[Detour], at: datetime, error: str) -> None:
        """Owe these in its place; it counts as done."""

    async def reached_otherwise(self, delivery: Delivery, at: datetime) -> bool:
        """True when another way of the same group has brought this notice, or can."""

    async def rest(self, way: str, address: str, until: datetime) -> None:
        """Nothing leaves for this destination before then."""

    async def trouble(
        self, way: str, address: str, kind: str, error: str, at: datetime, until: datetime
    ) -> None:
        """It fails (`busy` or `setting`): nothing leaves before `until`; counted until `recovered`."""

    async def known(self, way: str, error: str) -> bool:
        """True when people were told already that this way has this trouble, at whichever address."""

    async def told(self, way: str, address: str, at: datetime) -> None:
        """People know of its trouble."""

    async def recovered(self, way: str, address: str) -> None:
        """It works again."""

    async def hush(self, way: str, address: str, until: datetime) -> None:
        """Nobody works there: what is not urgent waits until then."""

    async def next_due(self) -> datetime | None:
        """When the next notice may leave, of all that are owed."""

    async def destinations(self, now: datetime) -> tuple[Place, ...]:
        """Where something waits, rests or fails at this moment."""

    async def pending(self, limit: int = 100) -> tuple[Delivery, ...]:
        """What is owed, oldest first."""

    async def dead(self, limit: int = 100) -> tuple[Delivery, ...]:
        """What was given up, newest first."""

    async def retry(self, delivery: str, at: datetime) -> bool:
        """Owe it once more with no attempt counted; False when there is no such dead one."""

    async def oldest_due(self, now: datetime) -> datetime | None:
        """Since when the oldest notice waits that nothing holds back, for `/readyz` and metrics."""

    async def forget(self, before: datetime) -> int:
        """Delete what was sent before then; says how many."""


class Standings(Protocol):
    """Where orders stand, asked right before their notices leave."""

    async def of(self, numbers: Sequence[int]) -> Mapping[int, Standing]:
        """Those of these orders that there are, in one query."""
