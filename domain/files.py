"""Files that people send: kept until they are read, then only that they came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

LARGEST = 2 * 1024 * 1024
"""Bytes of a file that are taken."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came: with which message (the key's text), from whom, and when; `reply_to` is where its answer goes.

    `again`: its sender was asked about it, and wants it read once more.
    """

    source: str
    person: str
    name: str
    data: bytes
    at: datetime
    reply_to: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class ClaimedFile:
    """An upload that one process works at; `attempts` counts claims."""

    upload: Upload
    attempts: int


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What became of a file: `digest` is that of what stands in it, `outcome` what was told of it, in figures."""

    name: str
    at: datetime
    digest: str
    outcome: Mapping[str, int] = field(default_factory=dict)


class Files(Protocol):
    """The files of one transaction."""

    async def keep(self, upload: Upload) -> None:
        """Keep it until it is read, or raise `Stale` when the same message was kept meanwhile."""

    async def waiting(self, person: str) -> int:
        """How many of this person's files are not read yet."""

    async def latest(self, person: str, digest: str, since: datetime) -> ReadFile | None:
        """The newest file of this person with the same content that was read after then."""

    async def done(self, claimed: ClaimedFile, read: ReadFile, at: datetime) -> bool:
        """It is read, and its bytes go; False when that was decided already, or somebody else was given it since."""

    async def hold(self, claimed: ClaimedFile) -> bool:
        """Its sender is asked whether it is meant; False as above."""

    async def release(self, source: str, at: datetime) -> bool:
        """It is meant: read it after all. False when it no longer is there."""


class FileQueue(Protocol):
    """What waits to be read. Claiming only spreads the work; `Files.done` decides."""

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> tuple[ClaimedFile, ...]:
        """Files that nobody else was given until `now + lease`, the oldest first, counting the attempt."""

    async def next_due(self) -> datetime | None:
        """Since when, or from when, the oldest waits to be claimed."""

    async def forget(self, before: datetime) -> int:
        """Delete what came before then; says how many."""
