"""Two programs on one database: one answers, the other delivers, woken through Redis."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.clock import system_clock
from bot.company.load import load
from bot.settings import Settings
from bot.wiring import Program, open_program
from domain.ports import MessageKey
from handlers.message import Message
from storage.schema import upgrade
from tests.world import DEMO_COMPANY

AT_ONCE = timedelta(seconds=0.5)


@pytest.fixture
async def two(postgres_url: str, redis_url: str):
    """Both programs; nothing of them runs yet."""
    await upgrade(postgres_url)
    settings = Settings.model_construct(
        database_url=postgres_url, company=DEMO_COMPANY, redis_url=SecretStr(redis_url)
    )
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(open_program(settings, system_clock, console=True))
            for _ in range(2)
        ]


async def _say(program: Program, text: str, number: int) -> None:
    key = MessageKey("console", "console", f"m{number}")
    await program.desk.answer(Message(key, "lina", text, system_clock()))


async def test_what_one_process_commits_the_other_delivers_at_once(two, monkeypatch):
    monkeypatch.setattr("scheduler.runner.TICK_S", 3600)
    web, worker = two
    async with worker.worker.running():
        await asyncio.sleep(0.3)  # it has looked once and found nothing
        await _say(web, "人民路华联 罐装可乐40箱 明天上午送", 1)
        ticket = worker.news.ticket()
        await _say(web, "确认", 2)
        async with asyncio.timeout(AT_ONCE.total_seconds()):
            await ticket.wait()

    assert any(item.to == "group:review" for item in await web.store.feed.after(0))


async def test_both_are_ready_and_say_so_of_redis_too(two):
    for program in two:
        good, parts = await program.health.report()
        assert good
        assert parts["redis"] == "ok"


@pytest.fixture
async def silent_port():
    """Takes connections and never says a word."""
    lines = []
    server = await asyncio.start_server(lambda _, line: lines.append(line), "127.0.0.1", 0)
    yield server.sockets[0].getsockname()[1]
    for line in lines:
        line.close()
    server.close()


@pytest.mark.parametrize("hangs", [False, True])
async def test_without_redis_it_is_ready_and_warns(postgres_url, silent_port, hangs):
    await upgrade(postgres_url)
    address = f"redis://127.0.0.1:{silent_port if hangs else 1}/0"
    settings = Settings.model_construct(
        database_url=postgres_url, company=DEMO_COMPANY, redis_url=SecretStr(address)
    )
    async with open_program(settings, system_clock, console=True) as program:
        await _say(program, "帮助", 1)
        good, parts = await program.health.report()

    assert good
    assert parts["redis"].startswith("warning")


async def test_a_change_of_rules_under_load_stops_nobody(two):
    program, _ = two
    texts = load(DEMO_COMPANY).texts
    await program.store.rules.add(system_clock(), "linxiaomei", "the same once more", texts)

    async with asyncio.timeout(10):
        await asyncio.gather(*(_say(program, "帮助", number) for number in range(40)))

    assert program.rulebook.company().version == 2


async def test_two_processes_that_found_at_the_same_moment_make_one_version(postgres_url: str):
    await upgrade(postgres_url)
    settings = Settings.model_construct(database_url=postgres_url, company=DEMO_COMPANY)

    async def start() -> int:
        async with open_program(settings, system_clock) as program:
            return program.rulebook.company().version

    assert await asyncio.gather(*(start() for _ in range(4))) == [1] * 4
