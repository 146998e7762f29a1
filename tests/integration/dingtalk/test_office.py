"""The whole program behind DingTalk's doors, on each engine: every message one effect, every reply once."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.doors import doors
from bot.platforms.dingtalk.answering import HELD
from bot.service import listening
from bot.settings import DingTalkSettings, Settings
from bot.wiring import Program, migrate, open_program
from domain.ports import Search
from tests.fakes.dingtalk_api import Fault
from tests.fakes.dingtalk_company import company_on_dingtalk, conversation
from tests.fakes.dingtalk_server import DingTalkServer
from tests.services.postgres import postgres

ENGINES = ("sqlite", "postgres")
LINE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"
SALES, REVIEW = conversation("sales"), conversation("review")
SESSION = "robot/sendBySession"


class Clock:
    """The machine's clock, and a lead."""

    def __init__(self) -> None:
        self.lead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.lead


@dataclass
class Office:
    """The program, and what people see of it."""

    dingtalk: DingTalkServer
    settings: Settings
    clock: Clock
    program: Program | None = None

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Program]:
        """`gendan serve` in this process; may be opened several times, as several processes."""
        async with AsyncExitStack() as stack:
            program = await stack.enter_async_context(open_program(self.settings, self.clock))
            await stack.enter_async_context(program.worker.running())
            (door,) = doors(program, web=True, worker=True)
            url = await stack.enter_async_context(listening(program, [door.mount], "127.0.0.1"))
            await stack.enter_async_context(door.running())
            if self.settings.dingtalk and self.settings.dingtalk.mode == "http":
                self.dingtalk.callback = url
            yield program

    async def hears(self, place: str, *words: str) -> str:
        """Wait until a message with these words stands there."""
        try:
            async with asyncio.timeout(10):
                while True:
                    for text in self.dingtalk.inbox.said_in(place):
                        if all(word in text for word in words):
                            return text
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"{place} saw only {self.dingtalk.inbox.said_in(place)}") from None

    def seen(self, place: str, words: str) -> int:
        """How often these words stand there."""
        return sum(words in text for text in self.dingtalk.inbox.said_in(place))

    async def ordered(self, program: Program) -> int:
        """An order typed and confirmed in the sales group."""
        before = self.seen(SALES, "已建单")
        assert (await self.dingtalk.say("LiNa", LINE, SALES)).status == 200
        assert (await self.dingtalk.say("LiNa", "确认", SALES)).status == 200
        async with asyncio.timeout(10):
            while self.seen(SALES, "已建单") == before:  # noqa: ASYNC110 - the other side is a server
                await asyncio.sleep(0.02)
        found = re.search(r"#(\d+)", self.dingtalk.inbox.said_in(SALES)[-1])
        assert found
        return int(found[1])


async def orders(program: Program) -> int:
    async with program.units() as uow:
        return await uow.orders.count(Search())


@pytest.fixture(params=ENGINES)
async def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database, on each engine."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'gendan.db'}"
    url: str = request.getfixturevalue("postgres_url")
    await migrate(Settings.model_construct(database_url=url))
    return url


Build = Callable[..., Office]


@pytest.fixture
async def build(tmp_path: Path) -> AsyncIterator[Build]:
    async with DingTalkServer() as dingtalk:

        def made(url: str, mode: str = "stream") -> Office:
            said = {
                "app_key": dingtalk.app.app_key,
                "app_secret": dingtalk.app.app_secret,
                "mode": mode,
                "api_base": dingtalk.app.api_base,
                "oapi_base": dingtalk.app.oapi_base,
            }
            shutil.rmtree(tmp_path / "company", ignore_errors=True)
            settings = Settings.model_construct(
                database_url=url,
                company=company_on_dingtalk(tmp_path / "company"),
                dingtalk=DingTalkSettings.model_validate(said),
                port=0,
            )
            return Office(dingtalk, settings, Clock())

        yield made


@pytest.fixture
async def office(build: Build, database_url: str) -> Office:
    return build(database_url)


async def test_what_is_said_in_a_group_becomes_an_order_and_departments_are_told(office: Office) -> None:
    async with office.open() as program:
        await office.dingtalk.gateway.standing(2)

        number = await office.ordered(program)

        draft = await office.hears(SALES, "华联超市(人民路店)", "20箱")
        assert "请先 ＠我 再说" in draft
        await office.hears(REVIEW, f"#{number}")
        assert await orders(program) == 1


async def test_a_copy_of_a_message_has_no_effect_and_no_second_answer(office: Office) -> None:
    async with office.open() as program:
        await office.dingtalk.gateway.standing(2)
        await office.dingtalk.say("LiNa", LINE, SALES)
        await office.hears(SALES, "华联超市")
        confirm = office.dingtalk.platform.text("LiNa", "确认", SALES)

        answers = await asyncio.gather(*(office.dingtalk.send(confirm) for _ in range(4)))
        answers.append(await office.dingtalk.send(confirm))
        await office.hears(SALES, "已建单")
        await asyncio.sleep(0.3)

        assert {one.status for one in answers} == {200}
        assert office.seen(SALES, "已建单") == 1
        assert await orders(program) == 1


async def test_copies_that_reach_two_processes_at_once_are_one(office: Office) -> None:
    async with office.open() as one, office.open():
        await office.dingtalk.gateway.standing(4)
        await office.dingtalk.say("LiNa", LINE, SALES)
        await office.hears(SALES, "华联超市")
        confirm = office.dingtalk.platform.text("LiNa", "确认", SALES)
        lines = office.dingtalk.gateway.listening

        answers = await asyncio.gather(
            *(office.dingtalk.gateway.push("/v1.0/im/bot/messages/get", confirm, to=line) for line in lines)
        )
        await office.hears(SALES, "已建单")
        await asyncio.sleep(0.3)

        assert all(answers)
        assert office.seen(SALES, "已建单") == 1
        assert await orders(one) == 1


@pytest.mark.parametrize("fault", [300001, Fault.PAGE, Fault.DROPPED, Fault.BANNED])
async def test_a_reply_whose_line_fails_arrives_once_by_another_way(
    office: Office, fault: Fault | int
) -> None:
    async with office.open():
        await office.dingtalk.gateway.standing(2)
        office.dingtalk.api.fault(SESSION, fault)

        await office.dingtalk.say("LiNa", "帮助", SALES)
        await office.hears(SALES, "下单")
        office.dingtalk.api.fault(SESSION, fault)
        await office.dingtalk.say("LiNa", "待办")
        async with asyncio.timeout(10):
            while not office.dingtalk.inbox.said_in("lina"):  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        office.clock.lead += HELD * 2
        await asyncio.sleep(0.5)

        assert len(office.dingtalk.inbox.said_in(SALES)) == 1
        assert [one.by for one in office.dingtalk.inbox.shown] == ["robot", "robot"]


async def test_a_reply_that_was_said_is_not_said_again(office: Office) -> None:
    async with office.open() as program:
        await office.dingtalk.gateway.standing(2)
        await office.dingtalk.say("LiNa", "帮助", SALES)
        await office.hears(SALES, "下单")
        await asyncio.sleep(0.2)

        office.clock.lead += HELD * 2
        program.worker.wake()
        await asyncio.sleep(0.5)

        assert [one.by for one in office.dingtalk.inbox.shown] == ["session"]


async def test_a_process_that_dies_before_it_speaks_leaves_the_reply_to_the_next(office: Office) -> None:
    async with office.open():
        await office.dingtalk.gateway.standing(2)
        office.dingtalk.api.fault(SESSION, Fault.HANGS)
        confirmed = await office.dingtalk.say("LiNa", "帮助", SALES)
        assert confirmed.status == 200
        await asyncio.sleep(0.1)
        # What was being said dies with the process; nobody is told, nothing is crossed off.
        for task in asyncio.all_tasks():
            if "Answers._say" in repr(task):
                task.cancel()

    office.clock.lead += HELD * 2
    async with office.open():
        await office.hears(SALES, "下单")
        await asyncio.sleep(0.3)

    assert len(office.dingtalk.inbox.said_in(SALES)) == 1


async def test_a_stranger_gets_one_sentence_and_nothing_else(office: Office) -> None:
    async with office.open():
        await office.dingtalk.gateway.standing(2)
        for more in ({"senderStaffId": "nobody"}, {"senderStaffId": None, "senderId": "lina"}):
            await office.dingtalk.say("x", LINE, SALES, **more)

        await office.hears(SALES, "不认识您")
        await asyncio.sleep(0.3)
        assert len(office.dingtalk.inbox.shown) == 2
        assert not any("华联" in text for text in office.dingtalk.inbox.said_in(SALES))


async def test_voice_is_its_transcript_and_a_picture_one_sentence(office: Office) -> None:
    platform = office.dingtalk.platform
    async with office.open():
        await office.dingtalk.gateway.standing(2)
        await office.dingtalk.send(
            platform.message("LiNa", msgtype="audio", content={"recognition": "帮助", "downloadCode": "d"})
        )
        await office.hears("LiNa", "下单")
        await office.dingtalk.send(platform.message("LiNa", msgtype="picture", content={"downloadCode": "d"}))
        await office.hears("LiNa", "看不懂图片")


async def test_http_carries_the_same_conversation(build: Build, database_url: str) -> None:
    office = build(database_url, "http")
    async with office.open() as program:
        number = await office.ordered(program)
        await office.hears(REVIEW, f"#{number}")

        office.dingtalk.skew = 360
        assert (await office.dingtalk.say("LiNa", "帮助", SALES)).status == 400
        assert await orders(program) == 1


async def test_what_is_said_while_the_database_is_away_is_done_when_it_is_back(build: Build) -> None:
    with postgres(own=True) as server, server.fresh() as url:
        await migrate(Settings.model_construct(database_url=url))
        office = build(url)
        async with office.open() as program:
            await office.dingtalk.gateway.standing(2)
            await office.dingtalk.say("LiNa", LINE, SALES)
            await office.hears(SALES, "华联超市")
            with server.outage():
                saying = asyncio.create_task(office.dingtalk.say("LiNa", "确认", SALES))
                await asyncio.sleep(1)
                assert not saying.done()
            await office.hears(SALES, "已建单")
            assert await orders(program) == 1
            saying.cancel()
