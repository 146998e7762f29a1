"""The server is killed again and again while people work: nothing counts twice, nothing is lost."""

import asyncio
import random
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.fakes import crowd
from tests.fakes.wecom_server import WecomServer
from tests.fire.aftermath import (
    aftermath,
    all_is_told,
    chains_hold,
    each_message_counts_once,
    every_order,
    stock_adds_up,
)
from tests.fire.people import People
from tests.served import Served

BURNS = 20.0
WORKERS = 4
PAUSE = 0.1
BOXES = 100_000
STOCK = {("W01", "D001"): BOXES, ("W01", "D002"): BOXES, ("W03", "D003"): BOXES}
WORDS = "可乐330ml罐装{}箱 可乐500ml瓶装{}箱 明天上午送"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database of each kind."""
    if request.param == "sqlite":
        return f"sqlite+aiosqlite:///{tmp_path / 'gendan.db'}"
    postgres: str = request.getfixturevalue("postgres_url")
    return postgres


@pytest.mark.slow
async def test_a_killed_server_loses_nothing_and_does_nothing_twice(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = crowd.make(tmp_path / "company", WORKERS, STOCK)
    for name, value in crowd.robots(folder).items():
        monkeypatch.setenv(name, value)
    chance = random.Random(20261122)
    async with WecomServer() as wecom:
        variables = {
            **wecom.environment(),
            **crowd.robots(folder),
            "GENDAN_DATABASE_URL": url,
            "GENDAN_COMPANY": str(folder),
        }
        people, kills = await _burn(wecom, tmp_path, variables, chance)
        async with aftermath(url, wecom) as program:
            orders = await every_order(program)
            await each_message_counts_once(program, wecom.app.name, people.said)
            await stock_adds_up(program, STOCK)
            await chains_hold(program)
            await all_is_told(program, wecom, [order.number for order in orders])
    confirmed = [answer for answer in people.said if "已建单" in answer.text]
    assert sorted(order.number for order in orders) == sorted(answer.order for answer in confirmed)
    assert kills >= 3
    assert people.attempts > len(people.said) >= WORKERS * 6, "the fire must have been felt"


async def _burn(
    wecom: WecomServer, folder: Path, variables: Mapping[str, str], chance: random.Random
) -> tuple[People, int]:
    from storage.schema import upgrade

    await upgrade(variables["GENDAN_DATABASE_URL"])
    end = time.monotonic() + BURNS
    with Served(folder, variables) as server:
        people = People(wecom, (server.url,), chance)
        work = [asyncio.create_task(_trade(people, number, end)) for number in range(WORKERS)]
        kills = 0
        while time.monotonic() < end:
            await asyncio.to_thread(server.wait)
            await asyncio.sleep(chance.uniform(0.05, 2.0))
            server.kill()
            server.start()
            kills += 1
        await asyncio.gather(*work)
    return people, kills


async def _trade(people: People, number: int, end: float) -> None:
    """Enter, confirm, approve and ship orders until the end; each message is brought to its answer."""
    seller, reviewer = crowd.seller(number), crowd.reviewer(number)
    while time.monotonic() < end:
        boxes = people.chance.randint(20, 60), people.chance.randint(1, 30)
        await people.ask(seller, f"{crowd.customer(number)} {WORDS.format(*boxes)}")
        await asyncio.sleep(PAUSE)
        entered = await people.ask(seller, "确认")
        await asyncio.sleep(PAUSE)
        await people.ask(reviewer, f"通过 {entered.order}")
        if people.chance.random() < 0.3:
            await people.ask("madong", f"发货 {entered.order}")
