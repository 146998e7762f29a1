"""What the console can do, with everything it needs passed in."""

import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from bot.platforms.console.news import News
from domain.charts import Chart
from domain.company import Company
from domain.ports import Clock, MessageKey
from domain.sending import Feed, FeedItem
from handlers.message import Attachment, Message, Reply


def key_of(person: str, key: str) -> MessageKey:
    """The message's key; without a `key` every message is one of its own.

    A key is its sender's: said by somebody else it is another message, and no way to read the answer to the first.
    """
    return MessageKey("console", "console", f"{person.lower()}/{key}" if key else uuid.uuid4().hex)


@dataclass(frozen=True, slots=True)
class Console:
    """The console's collaborators.

    `replied` gives what a message was answered, as it was recorded; `paint` makes a picture of charts.
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
    replied: Callable[[MessageKey], Awaitable[Mapping[str, object] | None]]
    paint: Callable[[Sequence[Chart]], Awaitable[bytes]]
    news: News = field(default_factory=News)
    heartbeat: timedelta = timedelta(seconds=10)
    run: str = field(default_factory=lambda: uuid.uuid4().hex)

    async def say(self, person: str, group: str, text: str, key: MessageKey) -> Reply:
        """Hand on what `person` said."""
        return await self.handle(Message(key, person.lower(), text, self.now(), place=group))

    async def send(self, person: str, group: str, attachment: Attachment, key: MessageKey) -> Reply:
        """Hand on a file that `person` sent."""
        message = Message(key, person.lower(), "", self.now(), group, "file", attachment=attachment)
        return await self.handle(message)

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
