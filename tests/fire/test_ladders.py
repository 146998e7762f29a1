"""Three processes, two thousand orders falling due, killed at random: each rung rings once and reaches its people."""

import asyncio
import random
import re
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot.wiring import Program
from storage.schema import upgrade
from tests.fakes import crowd
from tests.fakes.wecom_server import WecomServer
from tests.fire import standing
from tests.fire.aftermath import aftermath
from tests.fire.people import People
from tests.served import Served

ORDERS = 2000
PEOPLE = 48
PROCESSES = 3
SPREAD = 12.0
LONGEST = 60.0
STOCK = {("W01", "D001"): 100_000}
NAMED = re.compile(r"#(\d+)(?!\d)")


@pytest.mark.slow
async def test_every_rung_rings_once_whatever_is_killed(
    postgres_url: str, redis_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = crowd.make(tmp_path / "company", PEOPLE, STOCK)
    workflow = folder / "workflow.yaml"
    workflow.write_text(standing.with_short_limits(workflow.read_text("utf-8")), "utf-8")
    for name, value in crowd.robots(folder).items():
        monkeypatch.setenv(name, value)
    async with WecomServer() as wecom:
        variables = {
            **wecom.environment(),
            **crowd.robots(folder),
            "GENDAN_DATABASE_URL": postgres_url,
            "GENDAN_REDIS_URL": redis_url,
            "GENDAN_COMPANY": str(folder),
        }
        await upgrade(postgres_url)
        numbers, kills = await _burn(wecom, tmp_path, variables, random.Random(20261128))
        async with aftermath(postgres_url, wecom) as program:
            await _rang_once(postgres_url, numbers)
            await _nothing_left(program, wecom)
        twice = await _told_once_too_often(postgres_url, wecom, crowd.robots(folder))
    assert kills >= 5
    assert twice < ORDERS * 2 / 1000, f"{twice} told twice"


async def _burn(
    wecom: WecomServer, folder: Path, variables: Mapping[str, str], chance: random.Random
) -> tuple[range, int]:
    """Let them all fall due while processes are killed; at the end every process is dead."""
    url = variables["GENDAN_DATABASE_URL"]
    with ExitStack() as stack:
        servers = [stack.enter_context(Served(folder, variables)) for _ in range(PROCESSES)]
        await asyncio.gather(*(asyncio.to_thread(server.wait) for server in servers))
        people = People(wecom, tuple(server.url for server in servers), chance)
        await people.ask(crowd.seller(0), f"{crowd.customer(0)} 可乐330ml罐装40箱 明天上午送")
        template = (await people.ask(crowd.seller(0), "确认")).order
        numbers = await standing.stand(url, template, ORDERS, PEOPLE, SPREAD)
        kills, end = 0, time.monotonic() + LONGEST
        while time.monotonic() < end and await _still_to_ring(url):
            await asyncio.sleep(chance.uniform(0.3, 1.5))
            server = chance.choice(servers)
            server.kill()
            server.start()
            kills += 1
    return numbers, kills


async def _still_to_ring(url: str) -> bool:
    [(waiting,)] = await standing.asked(url, standing.WAITING)
    return bool(waiting)


async def _rang_once(url: str, numbers: range) -> None:
    """Each rung of each order is one event, and one row of the outbox for each destination."""
    rang = {(order, rung): count for order, rung, count in await standing.asked(url, standing.EVENTS)}
    expected = {
        (number, rung + 1)
        for number in numbers
        for rung in range(standing.RUNGS)
        if rung < standing.RUNGS - 1 or number % standing.WITH_GROUP == 0
    }
    assert rang.keys() == expected
    assert set(rang.values()) == {1}
    assert await standing.asked(url, standing.TOLD_TWICE) == []


async def _nothing_left(program: Program, wecom: WecomServer) -> None:
    """All is sent, and the platform dropped nothing without a word."""
    assert await program.store.outbox.pending() == ()
    assert await program.store.outbox.dead() == ()
    assert wecom.inbox.dropped == []


async def _told_once_too_often(url: str, wecom: WecomServer, robots: Mapping[str, str]) -> int:
    """Every destination was told of every order it had to be told of; says how often more than that."""
    named = Counter[tuple[str, int]]()
    for message in wecom.inbox.app:
        named.update((message.user.lower(), order) for order in _orders_in(message.text))
    for said in wecom.inbox.groups:
        named.update((said.robot, order) for order in _orders_in(said.text))
    twice, missing = 0, []
    for _, _, address, order, rows in await standing.asked(url, standing.NOTICES):
        seen = named[robots.get(address.removeprefix("env:"), address.lower()), order]
        twice += max(0, seen - rows)
        if not seen:
            missing.append((address, order))
    assert not missing, f"{len(missing)} never told, {missing[:5]}"
    return twice


def _orders_in(text: str) -> set[int]:
    """The orders that a message names."""
    return {int(number) for number in NAMED.findall(text)}
