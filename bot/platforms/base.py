"""What every platform's adapter is made of: a pure codec, and a memory of all processes that may be lost."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from handlers.message import Message, Reply


@dataclass(frozen=True, slots=True)
class RawRequest:
    """What arrived, before anybody believes it."""

    method: str
    query: Mapping[str, str]
    body: bytes = b""


class Rejected(Exception):
    """Not from the platform, or not for us. A 4xx without detail goes back; the text is for the log alone."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A genuine message, the sender as the platform wrote it, and whether it is a press on a card."""

    message: Message
    sender: str
    pressed: bool = False


class Codec(Protocol):
    """Bytes to meaning and back. Pure: no sockets, no clock, no database."""

    def decode(self, request: RawRequest, at: datetime) -> Incoming:
        """What was said, or raise `Rejected`; nothing is read before it is known to be genuine."""

    def encode(self, incoming: Incoming, reply: Reply, at: datetime) -> bytes:
        """The answer as the platform wants it."""


class SharedCache(Protocol):
    """Values that may be lost at any time. While the store behind it is away it behaves as if empty."""

    async def get(self, key: str) -> str | None:
        """The value, while it lives."""

    async def set(self, key: str, value: str, lives: timedelta) -> None:
        """Keep the value for so long."""

    def lock(self, key: str, lives: timedelta) -> AbstractAsyncContextManager[None]:
        """Be alone at this; after `lives`, or when the store is away, others may come in too."""
