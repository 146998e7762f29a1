"""Reaching people: a notice in words, the ways it goes, and how a way may fail."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.charts import Chart


@dataclass(frozen=True, slots=True)
class Rendered:
    """A notice in words: neutral markdown, user text already made harmless; mentions are user ids.

    `order` is the one order it is about, in its `entry`-th step: where a message shown can be replaced, its card.
    `asker` is the user id whose question it answers, if it answers one.
    """

    text: str
    mentions: tuple[str, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()
    title: str = ""
    order: int | None = None
    entry: int | None = None
    charts: tuple[Chart, ...] = ()
    asker: str = ""


class TryLater(Exception):
    """The destination cannot take it now; `after` says how long to wait when the platform said so."""

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(reason)
        self.after = after


class Undeliverable(Exception):
    """The destination will never take it; the reason is for the process owner."""


class Misconfigured(Exception):
    """Somebody must change a setting first (wrong secret, robot removed, address not trusted)."""


class Sender(Protocol):
    """One way of reaching people. Ends in success, `TryLater`, `Misconfigured` or `Undeliverable`."""

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        """Deliver; `to` is `group:…` or `user:…`, `address` the way's own (webhook, platform user id)."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One push as the console shows it; `seq` grows and is never used twice.

    It stands in the place of the earlier push `replaces`, about the same order at the same place.
    """

    seq: int
    at: datetime
    to: str
    text: str
    mentions: tuple[str, ...] = ()
    buttons: tuple[tuple[str, str], ...] = ()
    replaces: int | None = None
    charts: tuple[Chart, ...] = ()


class Feed(Protocol):
    """What was pushed to the console's groups and people, kept."""

    async def append(self, to: str, notice: Rendered, at: datetime, idempotency_key: str) -> None:
        """Keep one push; the same key again keeps nothing.

        One about an order replaces the last one about it at this place, and offers what that one did in the same step.
        """

    async def after(self, seq: int) -> tuple[FeedItem, ...]:
        """The first pushes with a greater `seq`, oldest first: all, or as many as it gives at once."""
