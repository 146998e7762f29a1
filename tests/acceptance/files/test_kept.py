"""A file that was acknowledged is read, once, whatever dies before, while and after it is read."""

import asyncio
import json
import time
import urllib.parse
import urllib.request
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from domain.files import ClaimedFile
from domain.pages import Page, PageRow
from handlers.files.reading import FileReader
from handlers.message import Reply
from scheduler.files import ATTEMPTS, LEASE, FileWatch
from tests.demo_program import a_demo_to_be_killed, running_demo
from tests.tables import workbook
from tests.world import World, a_world

ORDER = workbook(["客户", "品名", "数量"], ["福满楼", "纯生", 2])
PAGES = (Page("", (PageRow(1, ("客户", "品名", "数量")), PageRow(2, ("福满楼", "纯生", "2")))),)


def reader(world: World, *, until: asyncio.Event | None = None) -> FileReader:
    """A reader that has read the table already, or does once it is let."""

    async def pages(_: bytes) -> tuple[Page, ...]:
        if until:
            await until.wait()
        return PAGES

    program = world.program
    return FileReader(program.units, program.rulebook, program.clock, pages)


def read(world: World) -> list[str]:
    return [text for text in world.told("user:lina") if "读完了" in text]


async def claimed(world: World) -> ClaimedFile:
    (file,) = await world.program.store.files.claim(world.now, 1, LEASE)
    return file


async def test_a_file_that_came_before_the_program_ended_is_read_by_the_next(world_url: str):
    async with a_world(world_url) as before:
        await before.leaves_lying("lina", "订单.xlsx", ORDER)
    async with a_world(world_url) as after:
        await after.passes(minutes=1)

        assert len(read(after)) == 1


async def test_one_whose_reader_died_is_read_by_another_when_the_lease_ends(world: World):
    await world.leaves_lying("lina", "订单.xlsx", ORDER)
    await claimed(world)  # and never heard of again

    await world.passes(minutes=1)
    assert read(world) == []
    await world.passes(minutes=LEASE.total_seconds() / 60)

    assert len(read(world)) == 1


async def test_a_reader_that_is_too_slow_changes_nothing_any_more(world: World):
    await world.leaves_lying("lina", "订单.xlsx", ORDER)
    slow = await claimed(world)
    await world.passes(minutes=2 * LEASE.total_seconds() / 60)

    await reader(world).read(slow)
    await reader(world).give_up(slow)
    await world.passes(minutes=1)

    assert len(read(world)) == 1
    assert len(world.told("user:lina")) == 1


async def test_two_readers_of_one_file_make_one_draft(world: World):
    await world.leaves_lying("lina", "订单.xlsx", ORDER)
    file, together = await claimed(world), asyncio.Event()
    both = [asyncio.create_task(reader(world, until=together).read(file)) for _ in range(2)]
    together.set()
    await asyncio.gather(*both)
    await world.passes(minutes=1)

    assert len(read(world)) == 1


async def test_what_its_sender_says_meanwhile_is_kept(world: World):
    await world.leaves_lying("lina", "订单.xlsx", ORDER)
    file, let = await claimed(world), asyncio.Event()
    reading = asyncio.create_task(reader(world, until=let).read(file))
    draft = await world.says("lina", "川味轩 雪碧3箱")
    let.set()
    await reading

    written = await world.presses("lina", draft, "确认")

    assert "川味轩火锅" in written.text
    assert "福满楼酒店" in written.text


async def test_one_that_ends_the_process_each_time_is_given_up_and_told(world: World):
    await world.leaves_lying("lina", "订单.xlsx", ORDER)
    for _ in range(ATTEMPTS):
        await claimed(world)
        world.clock.move(LEASE)

    await world.passes(minutes=1)

    (told,) = world.told("user:lina")
    assert "是系统出了问题，什么都没下" in told
    async with world.program.units() as uow:
        assert [todo.kind for todo in await uow.todos(10)] == ["failed"]
    assert await world.program.store.files.next_due() is None


async def test_a_mistake_of_ours_leaves_the_file_for_the_next_attempt(world: World):
    await world.leaves_lying("lina", "订单.xlsx", ORDER)

    async def wrong(_: ClaimedFile) -> None:
        raise RuntimeError

    watch = FileWatch(world.program.store.files, wrong, wrong, world.clock)
    assert await watch.turn() == 0
    assert await watch.turn() == 0
    await world.passes(minutes=2 * LEASE.total_seconds() / 60)

    assert len(read(world)) == 1


async def test_a_sender_who_has_left_gets_nothing_and_the_file_is_done(world: World):
    await world.leaves_lying("lina", "订单.xlsx", ORDER)
    file = await claimed(world)
    gone = replace(file, upload=replace(file.upload, person="nobody"))

    await reader(world).read(gone)
    await world.passes(minutes=1)

    assert world.told("user:lina") == []
    assert await world.program.store.files.next_due() is None


async def test_bytes_go_when_they_are_read_and_all_of_it_after_a_week(world: World):
    await world.sends("lina", "订单.xlsx", ORDER)
    files = world.program.store.files

    assert await files.forget(world.now - timedelta(days=1)) == 0
    assert await files.forget(world.now + timedelta(seconds=1)) == 1


async def test_an_expired_draft_before_it_is_said_with_the_answer(world: World):
    await world.says("lina", "川味轩 雪碧3箱")
    await world.leaves_lying("lina", "订单.xlsx", ORDER)
    world.clock.move(timedelta(days=2))

    await reader(world).read(await claimed(world))
    await world.program.worker.settle()
    await world.passes(minutes=1)

    assert any("草稿已过期" in text and "读完了" in text for text in world.told("user:lina"))


def upload(url: str, name: str, data: bytes, key: str) -> Reply:
    """Send a file as a script would."""
    query = urllib.parse.urlencode({"as": "lina", "name": name, "key": key})
    kind = {"Content-Type": "application/octet-stream"}
    with urllib.request.urlopen(
        urllib.request.Request(f"{url}/console/file?{query}", data, kind), timeout=30
    ) as response:
        return Reply(json.load(response)["reply"]["text"])


def pushed(url: str, words: str) -> list[str]:
    """What lina was told with these words in it, once there is such a thing."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        with urllib.request.urlopen(f"{url}/console/feed?after=0", timeout=30) as response:
            items = json.load(response)["items"]
        if found := [item["text"] for item in items if item["to"] == "user:lina" and words in item["text"]]:
            return found
        time.sleep(0.1)
    return []


@pytest.mark.slow
def test_a_program_killed_right_after_it_acknowledged_reads_the_file_when_it_is_back(tmp_path: Path):
    with a_demo_to_be_killed(tmp_path) as url:
        assert "正在读" in upload(url, "订单.xlsx", ORDER, "k1").text
    with running_demo(tmp_path) as url:
        assert len(pushed(url, "「订单.xlsx」读完了")) == 1
        assert "正在读" in upload(url, "订单.xlsx", ORDER, "k1").text
        time.sleep(2)
        assert len(pushed(url, "「订单.xlsx」")) == 1
