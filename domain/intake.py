"""What a door keeps for itself, as protocols: messages that will not come again, where people spoke, who is who."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from domain.ports import MessageKey


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as its platform wrote it; `attempts` counts how often somebody began with it."""

    key: MessageKey
    document: Mapping[str, object]
    at: datetime
    attempts: int


class Intake(Protocol):
    """Messages whose platform does not send them again, from their arrival until they are answered."""

    async def keep(
        self, key: MessageKey, document: Mapping[str, object], at: datetime, until: datetime
    ) -> bool:
        """Keep it, ours to work on until then; False where it is kept already."""

    async def claim(
        self, platform: str, app: str, now: datetime, until: datetime, limit: int
    ) -> Sequence[Kept]:
        """Messages that nobody works on any more, ours until then; the oldest first."""

    async def done(self, key: MessageKey) -> bool:
        """It is answered; False where somebody else has said so before."""


@dataclass(frozen=True, slots=True)
class Chat:
    """A conversation in which the bot may speak: `peer` is the platform's own id, `single` one with a person."""

    name: str
    peer: str
    single: bool


class Chats(Protocol):
    """Where people have spoken to a bot that may answer only, never begin."""

    async def spoke(self, platform: str, app: str, chat: Chat, at: datetime) -> bool:
        """From now on the bot may speak there; True where it is the first time."""

    async def of(self, platform: str, app: str, name: str) -> Chat | None:
        """The conversation of this name, where anybody has spoken in it."""


class Aliases(Protocol):
    """Which colleague's id stands behind the one that a platform shows."""

    async def get(self, platform: str, app: str, shown: str) -> str | None:
        """The id, where it was looked up before."""

    async def keep(self, platform: str, app: str, shown: str, user_id: str, at: datetime) -> None:
        """Remember it."""

    async def forget(self, before: datetime) -> int:
        """Delete what was looked up before then, so that it is looked up anew; says how many."""
