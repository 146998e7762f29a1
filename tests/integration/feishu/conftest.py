"""A Feishu of our own, and what talks to it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from bot.metrics import Metrics
from bot.middleware import observed
from bot.platforms.feishu.api import FeishuApi
from bot.platforms.feishu.callback import FeishuCallback
from bot.platforms.feishu.pressing import Presses
from bot.platforms.feishu.reception import Reception
from bot.platforms.http import Http, open_http
from domain.catalogue import Staff
from domain.errors import DatabaseAway
from domain.live_cards import LiveCard
from domain.outbox import Standing
from handlers.message import Message, Reply
from tests.fakes.feishu_server import FeishuServer

GROUPS = ["oc_sales", "oc_review"]
PEOPLE = ["ou_lina", "on_lina", "lina", "ou_heting", "on_zhoukai", "bo"]
HETING = Staff("heting", "何婷", (), "审核", frozenset({"sales_supervisor"}))
LINA = Staff("lina", "李娜", (), "销售", frozenset({"sales"}))


def clock() -> datetime:
    """The machine's."""
    return datetime.now(UTC)


class Cards:
    """`domain.live_cards.LiveCards`, for tests that look at what stands there."""

    def __init__(self) -> None:
        self.kept: dict[str, LiveCard] = {}

    async def keep(self, card: LiveCard) -> None:
        self.kept[card.message] = card

    async def take(self, platform: str, message: str) -> LiveCard | None:
        return self.kept.pop(message, None)

    async def of_order(self, platform: str, order: int) -> Sequence[LiveCard]:
        return [card for card in reversed(self.kept.values()) if card.order == order]

    async def forget(self, before: datetime) -> int:
        return 0


class Desk:
    """Answers each message once and gives the recorded reply after that, as the dispatcher does."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.late: list[tuple[str, str, str]] = []
        self.reply = Reply("好")
        self.takes = timedelta()
        self.failures: list[Exception] = []
        self.outbox_away = False
        self.standings_away = False
        self.standing: dict[int, Standing] = {}
        self._recorded: dict[str, Reply] = {}

    async def answer(self, message: Message) -> Reply:
        key = str(message.key)
        if key not in self._recorded:
            self.heard.append(message)
            await asyncio.sleep(self.takes.total_seconds())
            if self.failures:
                raise self.failures.pop()
            self._recorded[key] = self.reply
        return self._recorded[key]

    async def bring(self, message: Message, reply: Reply) -> None:
        if self.outbox_away:
            raise DatabaseAway
        said = (message.chat, message.sender, reply.text)
        if said not in self.late:
            self.late.append(said)

    async def of(self, numbers: Sequence[int]) -> dict[int, Standing]:
        if self.standings_away:
            raise DatabaseAway
        return {number: self.standing[number] for number in numbers if number in self.standing}

    def moves(self, number: int, entry: int) -> None:
        """An order stands in a further step."""
        self.standing[number] = Standing(number, "picking", entry, "liujun", "华联", urgent=False, version=9)


@pytest.fixture
async def feishu() -> AsyncIterator[FeishuServer]:
    async with FeishuServer(
        chats=GROUPS, people=PEOPLE, robot_secrets={"signed-robot": "made-up-robot-secret"}
    ) as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[Http]:
    async with open_http(timedelta(seconds=4)) as client:
        yield client


@pytest.fixture
def api(feishu: FeishuServer, http: Http) -> FeishuApi:
    return FeishuApi(feishu.app, http, clock)


@pytest.fixture
def live() -> Cards:
    return Cards()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def deadline(request: pytest.FixtureRequest) -> timedelta:
    """Shorter than in earnest where a test says so."""
    return getattr(request, "param", timedelta(seconds=2.4))


@pytest.fixture
async def reception(
    feishu: FeishuServer, api: FeishuApi, desk: Desk, live: Cards, deadline: timedelta
) -> AsyncIterator[Reception]:
    def who(sender: str) -> Staff | None:
        return {"ou_heting": HETING, "lina": LINA}.get(sender)

    made = Reception(
        feishu.app.app_id,
        desk.answer,
        desk.bring,
        Presses(live, desk, desk.bring, who, clock),
        known_as=lambda ids: next((one for one in ids if one in {"lina", "ou_heting"}), ids[0]),
        place=lambda chat: chat.removeprefix("oc_") if chat in GROUPS else chat,
        bot=api.bot,
        deadline=deadline,
    )
    yield made
    await made.close()


@asynccontextmanager
async def serving(callback: FeishuCallback) -> AsyncIterator[str]:
    """The address at which it answers."""
    app = web.Application(middlewares=[observed(Metrics())])
    app.add_routes([web.post("/feishu/event", callback.post)])
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/feishu/event"
    await runner.cleanup()


async def until(seen: Callable[[], object]) -> None:
    """Wait for it."""
    async with asyncio.timeout(5):
        while True:
            if seen():
                return
            await asyncio.sleep(0.01)


def card(message: str, to: str, **more: object) -> LiveCard:
    """One that stands in a chat."""
    return replace(LiveCard("feishu", message, to, clock(), "待审核 #17", "待审核 #17"), **more)  # type: ignore[arg-type]
