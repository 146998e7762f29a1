"""What the company is told unasked: at its times, each report once, whatever stands still or runs beside."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.reporting import Reporter
from domain.reporting import Due
from scheduler.calendar import ReportWatch
from tests.acceptance.pushing.conftest import arrivals
from tests.world import DEMO_COMPANY, World, a_world

HOUR = timedelta(hours=1)
MANAGERS, FINANCE = "group:managers", "group:finance"


def reports(world: World, to: str = MANAGERS) -> list[str]:
    """The first lines of the reports that this group was told."""
    titles = ("**日报**", "**周报**", "**月报**", "**对账**")
    return [text.splitlines()[0] for text in world.told(to) if text.startswith(titles)]


def watch(world: World, **parts: object) -> ReportWatch:
    """What another process of the same company has."""
    program = world.program
    usual = ReportWatch(
        program.units,
        program.rulebook.company,
        world.clock,
        program.store.rules.founded,
        Reporter(program.rulebook),
    )
    return replace(usual, **parts)  # type: ignore[arg-type]


async def go_to(world: World, hours: float) -> None:
    """Be so much later without anything happening on the way: the program was off."""
    world.clock.move(timedelta(hours=hours))
    await world.program.worker.settle()
    await world._read_feed()


async def test_the_day_is_told_in_the_evening_with_a_picture(world: World):
    await world.says("lina", "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送")
    await world.says("lina", "确认")

    await world.passes(hours=8)
    assert reports(world) == []
    await world.passes(minutes=11)

    (told,) = [item for item in world.pushed if item.to == MANAGERS and item.text.startswith("**日报**")]
    assert "新单 1 张，1,320.00 元" in told.text
    assert (told.at.hour, 1 <= told.at.minute <= 10) == (10, True)
    assert told.charts


async def test_money_is_reconciled_before_the_day_is_told(world: World):
    await world.passes(hours=7.7)

    assert reports(world, FINANCE) == ["**对账** 11-23 周一（今天）"]
    assert reports(world) == []


async def test_each_day_each_week_and_each_month_is_told_once(world: World):
    await world.passes(days=9)

    days = [line for line in reports(world) if "日报" in line]
    assert len(days) == len(set(days)) == 9
    assert [line[:6] for line in reports(world) if "日报" not in line] == ["**周报**", "**月报**"]
    assert "11-23 周一 至 11-29 周日（昨天）" in next(line for line in reports(world) if "周报" in line)
    assert "11-01 周日 至 11-30 周一（昨天）" in next(line for line in reports(world) if "月报" in line)
    assert len(reports(world, FINANCE)) == 9


async def test_who_was_off_at_the_time_tells_it_later_but_not_days_later(world: World):
    await go_to(world, 12)
    assert len(reports(world)) == 1

    await go_to(world, 3 * 24 - 1)

    assert [line[7:12] for line in reports(world)] == ["11-23", "11-26"]


async def test_a_restart_tells_nothing_twice(world: World, world_url: str):
    await world.passes(hours=9)
    async with a_world(world_url) as again:
        await go_to(again, 10)
        await go_to(again, 1)

        assert len(reports(again)) == 1


async def test_a_clock_that_was_ahead_and_is_set_right_keeps_no_report_back(world: World):
    shown = world.now + timedelta(days=3)
    other = watch(world, clock=lambda: shown)
    await other.turn()

    shown = world.now + timedelta(hours=8.2)

    assert await other.turn() == 2


async def test_what_was_due_before_the_company_was_here_is_not_told(world: World):
    await world.passes(hours=0)

    assert reports(world) == []


class Slow:
    """Writes a report, and waits before it is done."""

    def __init__(self, world: World) -> None:
        self._write = Reporter(world.program.rulebook)
        self.begun, self.go_on = asyncio.Event(), asyncio.Event()
        self.killed = False

    async def __call__(self, due: Due, now: object, uow: object) -> object:
        self.begun.set()
        await self.go_on.wait()
        if self.killed:
            raise asyncio.CancelledError
        return await self._write(due, now, uow)  # type: ignore[arg-type]


@pytest.fixture
async def shared(postgres_url: str) -> AsyncIterator[World]:
    """A world on PostgreSQL, which several processes may share; an hour before the day is told."""
    from bot.settings import Settings
    from bot.wiring import migrate

    await migrate(Settings.model_construct(database_url=postgres_url))
    async with a_world(postgres_url) as built:
        await built.passes(hours=7.9)
        built.clock.move(HOUR)
        yield built


@pytest.mark.parametrize("killed", [False, True])
async def test_of_two_processes_at_the_same_moment_one_tells_it(shared: World, killed: bool):
    slow = Slow(shared)
    first = asyncio.create_task(watch(shared, write=slow).turn())
    await slow.begun.wait()
    second = asyncio.create_task(watch(shared).turn())
    await asyncio.sleep(0.2)
    assert not second.done()

    slow.killed = killed
    slow.go_on.set()
    told = await asyncio.gather(first, second, return_exceptions=True)
    await shared.program.worker.settle()
    await shared._read_feed()

    assert told[1] == int(killed)
    assert len([line for line in reports(shared) if line.startswith("**日报**")]) == 1


async def test_a_report_that_cannot_be_written_waits_a_minute_and_stops_no_other(world: World, caplog):
    usual, bugs = Reporter(world.program.rulebook), [KeyError("a bug")]

    async def write(due: Due, now: object, uow: object) -> object:
        if due.report.kind == "reconcile" and bugs:
            raise bugs.pop()
        return await usual(due, now, uow)  # type: ignore[arg-type]

    failing = watch(world, write=write)
    world.clock.move(timedelta(hours=9))

    assert await failing.turn() == 1
    assert await failing.turn() == 0
    world.clock.move(timedelta(minutes=1))
    assert await failing.turn() == 1
    assert [record.message for record in caplog.records] == ["report not told"]


def company_with(tmp_path: Path, **changes: str) -> Path:
    """The demo company with some lines of its rules replaced."""
    folder = tmp_path / "company"
    shutil.copytree(DEMO_COMPANY, folder)
    rules = folder / "company.yaml"
    text = rules.read_text(encoding="utf-8")
    for key, value in changes.items():
        (line,) = [one for one in text.splitlines() if one.strip().startswith(f"{key}:")]
        text = text.replace(line, line[: line.index(key)] + f"{key}: {value}")
    rules.write_text(text, encoding="utf-8")
    return folder


class TestOnAHoliday:
    """The company is closed on Tuesday and Wednesday."""

    @pytest.fixture
    def world_company(self, tmp_path: Path) -> Path:
        return company_with(tmp_path, closed="[2026-11-24, 2026-11-25]")

    async def test_nothing_is_told(self, world: World):
        await world.passes(days=3.5)

        assert [line[7:12] for line in reports(world)] == ["11-23", "11-26"]
        assert [line[7:12] for line in reports(world, FINANCE)] == ["11-23", "11-26"]


class TestAfterWork:
    """The company works until six, when its report is made, and wants quiet in the evening."""

    @pytest.fixture
    def world_company(self, tmp_path: Path) -> Path:
        return company_with(tmp_path, shifts='["08:30-18:00"]', quiet_hours="yes")

    async def test_a_report_comes_at_its_time(self, world: World):
        await world.passes(hours=8.2)

        assert [line[7:12] for line in reports(world)] == ["11-23"]

    async def test_what_waits_there_for_the_morning_does_not_hold_it_back(self, world: World):
        await world.passes(hours=8, minutes=0.1)
        async with world.program.units() as uow:
            await uow.tell(list(arrivals([17], MANAGERS)), world.now, "test")
            await uow.commit()
        await world.program.worker.settle()
        await world.passes(minutes=11)

        assert [line[7:12] for line in reports(world)] == ["11-23"]
        assert not any("#17" in text for text in world.told(MANAGERS))


class TestWithoutReports:
    """The company wants none."""

    @pytest.fixture
    def world_company(self, tmp_path: Path) -> Path:
        return company_with(tmp_path, daily="no", weekly="no", monthly="false", reconcile="no")

    async def test_nothing_is_told_at_all(self, world: World):
        await world.passes(days=8)

        assert reports(world) + reports(world, FINANCE) == []
