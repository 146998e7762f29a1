"""Whether every ladder rang as it should: the auditor, by night and by hand."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.company.load import load
from domain.catchup import LATE
from scheduler.nightly import AGAIN, NAME, NightAudit
from tests.world import DEMO_COMPANY, World

ORDER = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"
Tamper = Callable[[str], Awaitable[None]]


@pytest.fixture(params=["sqlite", "postgres"])
def world_url(request: pytest.FixtureRequest, world_url: str) -> str:
    """On both engines; on PostgreSQL the company is founded anew."""
    if request.param == "sqlite":
        return world_url
    from storage.schema import upgrade

    url: str = request.getfixturevalue("postgres_url")
    asyncio.run(upgrade(url))
    return url


@pytest.fixture
def tamper(world_url: str) -> Tamper:
    """Somebody with a database client."""

    async def run(statement: str) -> None:
        engine = create_async_engine(world_url)
        async with engine.begin() as connection:
            await connection.execute(text(statement))
        await engine.dispose()

    return run


async def _an_order(world: World) -> int:
    await world.says("lina", ORDER)
    number = (await world.says("lina", "确认")).order
    assert number is not None
    return number


async def _found(world: World, since: datetime | None = None) -> list[str]:
    return (await world.program.store.inspector(world.clock).inspect(since)).lines()


async def _a_busy_day(world: World) -> list[int]:
    """Orders that ring, are silenced, put off, approved and taken back, also over a stop of the program."""
    numbers = [await _an_order(world) for _ in range(5)]
    await world.passes(minutes=40)
    await world.says("heting", f"收到 {numbers[0]}")
    await world.says("heting", f"{numbers[1]} 一小时后提醒")
    await world.says("heting", f"通过 {numbers[2]}")
    await world.says("heting", "撤销")
    await world.passes(hours=2)
    world.clock.move(timedelta(hours=5))
    await world.passes(minutes=1)
    await world.says("heting", f"通过 {numbers[3]}")
    await world.passes(hours=9)
    return numbers


async def test_what_the_program_does_by_itself_satisfies_its_auditor(world):
    numbers = await _a_busy_day(world)

    inspection = await world.program.store.inspector(world.clock).inspect()

    assert inspection.lines() == []
    assert inspection.orders == len(numbers)
    rang = [
        event for number in numbers for event in await world.story(number) if event.kind == "order:escalated"
    ]
    assert len(rang) > 2 * len(numbers)


async def test_a_rung_that_is_missing_is_named_with_the_moment_it_was_due(world, tamper):
    number = await _an_order(world)
    due = (await world.order(number)).step_since + timedelta(hours=1)
    await world.passes(hours=2)
    await tamper(f"DELETE FROM events WHERE stream = 'order:{number}' AND source = 'timer:{number}:1:1:0'")

    assert await _found(world) == [
        f"#{number} reviewing (entry 1) rung 2 repeat 1: missing, {due.isoformat(timespec='seconds')}"
    ]
    assert await _found(world, since=due) != []
    assert await _found(world, since=due + timedelta(seconds=1)) == []


async def test_a_rung_that_rang_twice_is_named(world, tamper):
    number = await _an_order(world)
    await world.passes(hours=2)
    await tamper(
        "INSERT INTO events (stream, seq, kind, at, actor, source, data, hash) "
        f"SELECT stream, seq + 100, kind, at, actor, source, data, hash FROM events "
        f"WHERE source = 'timer:{number}:1:0:0'"
    )

    [line] = await _found(world)

    assert line.startswith(f"#{number} reviewing (entry 1) rung 1 repeat 1: doubled, ")


async def test_the_rules_of_their_time_count(world):
    first = await _an_order(world)
    await world.passes(hours=2)
    texts = dict(load(DEMO_COMPANY).texts)
    texts["workflow.yaml"] = texts["workflow.yaml"].replace(
        "after: 30m, tell: owner", "after: 45m, tell: owner"
    )
    await world.program.store.rules.add(world.now, "linxiaomei", "later", texts)
    second = await _an_order(world)
    await world.passes(hours=2)

    assert await _found(world) == []
    rings = [
        next(event.at for event in await world.story(number) if event.kind == "order:escalated")
        - (await world.order(number)).step_since
        for number in (first, second)
    ]
    assert rings == [timedelta(minutes=30), timedelta(minutes=45)]


async def test_a_story_that_cannot_be_read_is_named_and_stops_no_other(world, tamper):
    broken, other = await _an_order(world), await _an_order(world)
    await world.passes(hours=2)
    await tamper(f"DELETE FROM events WHERE stream = 'order:{broken}' AND seq = 1")
    await tamper(f"DELETE FROM events WHERE source = 'timer:{other}:1:0:0'")

    lines = await _found(world)

    assert lines[0] == f"#{broken}: its story cannot be read"
    assert lines[1].startswith(f"#{other} reviewing (entry 1) rung 1 repeat 1: missing")


def _night(world: World, found: list[tuple[int, datetime]]) -> NightAudit:
    """The chore of one process."""
    store = world.program.store

    async def audit(since: datetime) -> list[str]:
        return (await store.inspector(world.clock).inspect(since)).lines()

    return NightAudit(
        store.runs,
        audit,
        world.program.rulebook.company,
        world.clock,
        store.todos.add,
        lambda count, at: found.append((count, at)),
    )


async def test_each_night_one_process_audits_and_says_only_what_is_wrong(world, tamper):
    number = await _an_order(world)
    await world.passes(hours=2)
    found: list[tuple[int, datetime]] = []
    processes = [_night(world, found) for _ in range(3)]

    await asyncio.gather(*(process.turn() for process in processes))
    assert [count for count, _ in found] == [0]
    assert await world.program.store.todos.open() == ()

    await _an_order(world)
    await world.passes(hours=24)
    await tamper(f"DELETE FROM events WHERE source = 'timer:{number + 1}:1:0:0'")
    await asyncio.gather(*(process.turn() for process in processes))
    assert [count for count, _ in found] == [0, 1]
    [listed] = await world.program.store.todos.open()
    assert listed.todo.kind == "ladders_audited"
    assert f"#{number + 1} reviewing (entry 1) rung 1" in listed.todo.text
    assert "超时提醒漏了或重复了" in (await world.says("linxiaomei", "我的待办")).text

    # What was told is not told again.
    await world.passes(hours=24)
    await asyncio.gather(*(process.turn() for process in processes))
    assert [count for count, _ in found] == [0, 1, 0]


async def test_before_two_at_night_nobody_audits(world):
    found: list[tuple[int, datetime]] = []
    night = _night(world, found)
    # Ten in the morning; sixteen hours on it is two at night.
    world.clock.move(timedelta(hours=14))
    await night.turn()
    world.clock.move(timedelta(hours=1.9))
    await night.turn()
    assert found == []

    world.clock.move(timedelta(hours=0.1))
    await night.turn()

    assert len(found) == 1
    assert await world.program.store.runs.last(NAME) == world.now


async def test_an_audit_that_was_cut_off_is_done_by_another_process(world):
    found: list[tuple[int, datetime]] = []
    night = _night(world, found)
    day = world.now.astimezone(world.program.rulebook.company().calendar.zone).date()
    assert await world.program.store.runs.claim(NAME, day.isoformat(), world.now, 2 * AGAIN)

    await night.turn()
    world.clock.move(AGAIN)
    await night.turn()
    assert found == []
    world.clock.move(AGAIN)
    await night.turn()

    assert len(found) == 1
    assert LATE < AGAIN
