"""How a notice reaches the console."""

from bot.platforms.console.news import News
from domain.ports import Clock
from domain.sending import Feed, Rendered


class ConsoleSender:
    """`domain.sending.Sender` that keeps the notice in the feed and wakes the live pages."""

    def __init__(self, feed: Feed, now: Clock, news: News) -> None:
        self._feed = feed
        self._now = now
        self._news = news

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        """Deliver; the same `idempotency_key` again shows nothing new. The console needs no `address`."""
        await self._feed.append(to, notice, self._now(), idempotency_key)
        self._news.tell()
