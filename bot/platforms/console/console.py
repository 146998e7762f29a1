"""What the console can do, with everything it needs passed in."""

import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta

from bot.platforms.console.news import News
from domain.company import Company
from domain.ports import Clock, MessageKey
from domain.sending import Feed, FeedItem
from handlers.message import Message, Reply


class UnknownGroup(ValueError):
    """Something was said in a group that the company does not have."""


@dataclass(frozen=True, slots=True)
class Console:
    """The console's collaborators.

    `handle` answers a message after commit; `advance` moves the demo's clock by so many seconds and returns
    once everything that fell due has been handled and delivered; `run` tells one start of the program from
    the next; `news` is shared with the `ConsoleSender`. A live page is told the time every `heartbeat`, and what a
    missed wake-up kept from it.
    """

    handle: Callable[[Message], Awaitable[Reply]]
    feed: Feed
    advance: Callable[[float], Awaitable[None]]
    company: Callable[[], Company]
    now: Clock
    news: News = field(default_factory=News)
    heartbeat: timedelta = timedelta(seconds=10)
    run: str = field(default_factory=lambda: uuid.uuid4().hex)

    async def say(self, person: str, group: str, text: str, key: str) -> Reply:
        """Hand on what `person` said; without a `key` every call is a message of its own.

        A key is its sender's: said by somebody else it is another message, and no way to read the answer to the first.
        """
        if group and group not in self.company().groups:
            raise UnknownGroup(group)
        sender = person.lower()
        message_key = MessageKey("console", "console", f"{sender}/{key}" if key else uuid.uuid4().hex)
        return await self.handle(Message(message_key, sender, text, self.now(), place=group))

    async def pushed(self, after: int) -> tuple[FeedItem, ...]:
        """Everything that was pushed since; the feed may give it in parts."""
        items: list[FeedItem] = []
        while part := await self.feed.after(items[-1].seq if items else after):
            items.extend(part)
        return tuple(items)

    async def pass_time(self, seconds: float) -> None:
        """Move the clock on, then let the live pages know."""
        await self.advance(seconds)
        self.news.tell()

    def close(self) -> None:
        """Let every live page go, so that the program can stop at once."""
        self.news.close()
