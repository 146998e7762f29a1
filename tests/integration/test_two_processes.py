"""Two programs on one database: one answers, the other delivers, woken through Redis."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest
from pydantic import SecretStr

from bot.clock import system_clock
from bot.company.load import load
from bot.metrics import Metrics
from bot.settings import Settings
from bot.wiring import Program, open_limiter, open_program
from domain.destinations import DESTINATIONS
from domain.ports import MessageKey
from handlers.message import Message
from scheduler.census import Census
from storage.schema import upgrade
from tests.services.valkey import valkey
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


async def test_each_knows_how_many_work_and_says_so(two):
    first, second = two
    assert (await first.health.report())[1]["processes"] == "ok, 0 seen working"
    for program in (first, second, first):
        await program.worker.settle()

    await first.gauge()

    assert (await second.health.report())[1]["processes"] == "ok, 2 seen working"
    assert "gendan_processes 2.0" in first.metrics.exposition().decode().splitlines()


async def test_without_redis_each_keeps_to_its_share_of_the_limits(two):
    first, _ = two
    store, robot = first.store, DESTINATIONS["wecom-robot"]
    settings = Settings.model_construct(redis_url=None)
    censuses = [Census(store.processes, f"p{number}", system_clock) for number in range(4)]
    for census in censuses:
        await census.turn()
    begun = system_clock()

    async with open_limiter(settings, censuses[-1], Metrics(), begun) as limiter:
        later = begun + timedelta(hours=1)
        assert (await limiter.take("wecom-robot:a", robot, later, 100)).tokens == 9 // 4


async def test_an_outage_of_redis_is_measured(two):
    census, metrics = Census(two[0].store.processes, "p", system_clock), Metrics()
    robot = DESTINATIONS["wecom-robot"]
    with valkey(own=True) as server:
        settings = Settings.model_construct(redis_url=SecretStr(server.url))
        async with open_limiter(settings, census, metrics, system_clock()) as limiter:
            await limiter.take("wecom-robot:a", robot, system_clock())
            together = metrics.exposition()
            with server.outage():
                await limiter.take("wecom-robot:a", robot, system_clock())
                apart = metrics.exposition()

    assert b"gendan_limits_alone 0.0" in together
    assert b"gendan_limits_alone 1.0" in apart


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
