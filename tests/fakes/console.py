"""A feed and a bot for tests of the console alone."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.company.load import load
from bot.pictures.painter import Painter
from bot.platforms.console.console import Console
from bot.platforms.console.news import News
from bot.platforms.console.sender import ConsoleSender
from domain.charts import Chart
from domain.company import Company
from domain.ports import MessageKey
from domain.sending import FeedItem, Rendered
from handlers.message import Message, Reply

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DEMO_COMPANY = Path(__file__).parents[2] / "bot" / "demo_company"


class MemoryFeed:
    """`domain.sending.Feed` in memory; gives at most `at_once` items in one answer, as a real one may."""

    def __init__(self, at_once: int = 2) -> None:
        self._items: dict[str, FeedItem] = {}
        self._orders: dict[int, int | None] = {}
        self._at_once = at_once

    async def append(self, to: str, notice: Rendered, at: datetime, idempotency_key: str) -> None:
        earlier = [
            item.seq
            for item in self._items.values()
            if item.to == to and self._orders[item.seq] == notice.order
        ]
        replaces = earlier[-1] if earlier and notice.order is not None else None
        seq = len(self._items) + 1
        item = FeedItem(seq, at, to, notice.text, notice.mentions, notice.buttons, replaces, notice.charts)
        self._orders[seq] = notice.order
        self._items.setdefault(idempotency_key, item)

    async def after(self, seq: int) -> tuple[FeedItem, ...]:
        return tuple(item for item in self._items.values() if item.seq > seq)[: self._at_once]


class ScriptedBot:
    """Keeps what it was told, and answers as the test says."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.recorded: dict[MessageKey, Mapping[str, object]] = {}
        self.answer: Callable[[Message], Reply] = lambda message: Reply(f"听到了:{message.text}")

    async def handle(self, message: Message) -> Reply:
        self.heard.append(message)
        reply = self.answer(message)
        self.recorded[message.key] = reply.document()
        return reply


class ConsoleWorld:
    """A console with a bot that can be scripted, a clock that stands still, and a way to push."""

    def __init__(self) -> None:
        self.bot = ScriptedBot()
        self.feed = MemoryFeed()
        self.news = News()
        self.now = MONDAY
        self.company: Company = load(DEMO_COMPANY).company
        self.sender = ConsoleSender(self.feed, lambda: self.now, self.news)
        self.console = Console(
            self.bot.handle,
            self.feed,
            self._advance,
            lambda: self.company,
            lambda: self.now,
            self._replied,
            Painter(),
            self.news,
        )
        self._pushes = 0

    async def push(
        self,
        to: str,
        text: str,
        mentions: tuple[str, ...] = (),
        key: str = "",
        order: int | None = None,
        charts: tuple[Chart, ...] = (),
    ) -> None:
        """Tell a group or a person, as the delivery would."""
        self._pushes += 1
        notice = Rendered(text, mentions, (("看一下", "17"),), order=order, charts=charts)
        await self.sender.send(to, "", notice, key or f"outbox-{self._pushes}")

    async def _replied(self, key: MessageKey) -> Mapping[str, object] | None:
        return self.bot.recorded.get(key)

    async def _advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
