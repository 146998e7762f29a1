"""A process killed between sending and writing it down: the next one says the same again, and nothing is lost."""

import asyncio
import json
import signal
import sys
from pathlib import Path

import pytest

from scheduler.post import LEASE
from storage.engine import connect
from storage.schema import upgrade
from tests.acceptance.pushing.conftest import arrivals
from tests.acceptance.pushing.desk import a_post
from tests.fakes.outbox import NOON, FakeClock, FakeDestination
from tests.served import ROOT

WAY = (("wecom-robot", "robot-key-1"),)


@pytest.fixture(params=["sqlite", "postgres"])
async def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that outlives a process, on each engine."""
    if request.param == "postgres":
        found: str = request.getfixturevalue("postgres_url")
    else:
        found = f"sqlite+aiosqlite:///{tmp_path / 'killed.db'}"
    await upgrade(found)
    return found


async def killed(url: str, file: Path) -> list[str]:
    """A process delivers until its first message kills it: the message's key and words."""
    program = [sys.executable, "-m", "tests.acceptance.pushing.desk", url, str(file), NOON.isoformat()]
    process = await asyncio.create_subprocess_exec(*program, cwd=ROOT)
    assert await asyncio.wait_for(process.wait(), 30) == -signal.SIGKILL
    return list(json.loads(file.read_bytes()))  # noqa: ASYNC240 - a line on the disk


@pytest.mark.parametrize("count", [1, 30])
async def test_the_same_message_comes_again_with_the_same_key(url: str, tmp_path: Path, count: int):
    clock, robot = FakeClock(), FakeDestination()
    async with connect(url) as database:
        units = database.units(lambda to: WAY)
        async with units() as uow:
            await uow.tell(list(arrivals(range(1, count + 1))), NOON, "before")
            await uow.commit()
        said = await killed(url, tmp_path / "said.json")
        async with units() as uow:
            await uow.tell(list(arrivals([100])), NOON, "after")
            await uow.commit()
        post = a_post(database, robot, clock)

        assert await post.drain() == 0
        clock.move(LEASE)
        await post.drain()

    assert [robot.arrived[0], robot.shown[0].text] == said
    assert len(robot.arrived) == 2
    assert "#100" in robot.shown[1].text
