"""What goes wrong on the way: processes that die, lines that break, a platform that is slow, bans."""

import asyncio
import time
from pathlib import Path

import asyncpg
import pytest

from tests.acceptance.feishu.conftest import Office, an_office, chat
from tests.acceptance.wecom.conftest import migrate
from tests.fakes.feishu_api import Fault
from tests.fakes.feishu_server import BOT
from tests.served import Served

LINE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


async def draft_of(office: Office, person: str = "lina") -> None:
    await office.say(person, LINE, "华联超市(人民路店)")


def answers(office: Office, word: str, to: str = "ou_lina") -> int:
    """How often somebody was told something with this word."""
    return sum(word in one.text for one in office.feishu.inbox.messages if one.to == to)


@pytest.mark.slow
async def test_two_processes_by_http_make_one_order_and_one_answer_of_copies(
    tmp_path: Path, postgres_url: str
) -> None:
    migrate(postgres_url)
    async with an_office(tmp_path, "http", postgres_url) as office:
        (tmp_path / "other").mkdir()
        with Served(tmp_path / "other", office.environment) as other:
            await asyncio.to_thread(other.wait)
            for number in range(1, 4):
                await draft_of(office)
                confirm = office.feishu.platform.seal(office.feishu.platform.text("lina", "确认"))
                doors = (office.feishu.callback, f"{other.url}/feishu/event")
                said = await asyncio.gather(*(office.feishu.post(confirm, door) for door in doors * 2))
                assert {status for status, _ in said} <= {200, 503}
                await office.becomes(lambda number=number: answers(office, "已建单") == number)  # type: ignore[misc]
    assert await orders(postgres_url) == 3
    assert answers(office, "已建单") == 3


@pytest.mark.slow
async def test_of_two_processes_by_long_connection_one_may_die(tmp_path: Path, postgres_url: str) -> None:
    migrate(postgres_url)
    async with an_office(tmp_path, "socket", postgres_url) as office:
        (tmp_path / "other").mkdir()
        with Served(tmp_path / "other", office.environment) as other:
            await asyncio.to_thread(other.wait)
            await office.becomes(lambda: len(office.feishu.lines.open) == 2)
            await asyncio.gather(*(draft_of(office, person) for person in ("lina", "wangqiang", "zhaolei")))

            while await owed(postgres_url):  # noqa: ASYNC110 - else the dead one's lease must run out first
                await asyncio.sleep(0.05)
            other.kill()
            await office.becomes(lambda: len(office.feishu.lines.open) == 1)

            await office.say("lina", "确认", "已建单")
    assert await orders(postgres_url) == 1


@pytest.mark.slow
async def test_killed_in_the_middle_of_a_message_it_is_one_order_afterwards(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        await draft_of(office)
        await office.becomes(lambda: not office.owed())  # else the dead one's lease must run out first
        office.feishu.resends = (1.0, 1.0, 2.0, 4.0, 8.0)
        said = asyncio.create_task(office.feishu.say("lina", "确认"))
        await asyncio.sleep(0.01)

        office.gendan.kill()
        office.gendan.start()
        await asyncio.to_thread(office.gendan.wait)

        assert (await said).answer == {}
        await office.becomes(lambda: answers(office, "已建单") == 1)
        assert office.stored("orders") == 1


async def test_lines_that_break_lose_nothing(tmp_path: Path) -> None:
    async with an_office(tmp_path, "socket") as office:
        office.feishu.resends = (0.3,) * 20
        said = [asyncio.create_task(office.feishu.say("lina", f"查单 {number}")) for number in range(20)]
        for half in (b"", b"\x82\x7e\x01\x00half a frame", b""):
            await asyncio.sleep(0.05)
            await office.feishu.lines.cut(half=half)
        told = await asyncio.gather(*said)

        assert {str(one.answer) for one in told} == {"{}"}
        await office.becomes(lambda: office.stored("inbox") == 40)  # each question and its answer, once


@pytest.mark.slow
async def test_what_feishu_does_not_take_now_arrives_later_and_once(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        for fault in (Fault.LATE, Fault.PAGE, Fault.LIMITED):
            office.feishu.api.fault("create", fault)
        office.feishu.api.fault("token", Fault.BUSY)
        said = await office.feishu.say("lina", "@_user_1 帮助", chat=chat("sales"), calls=[BOT])

        assert said.answer == {}
        await office.becomes(lambda: office.feishu.api.calls.count("create") >= 1)
        await asyncio.to_thread(_patient, office)

        assert len(office.feishu.inbox.said_to(chat("sales"))) == 1
        assert office.stored("outbox") == 1


def _patient(office: Office) -> None:
    """Longer than a test usually waits: the pauses are the real ones."""
    end = time.monotonic() + 60
    while office.feishu.api.calls.count("create") < 4:
        assert time.monotonic() < end
        time.sleep(0.1)


async def orders(url: str) -> int:
    """How many are written."""
    return await _count(url, "SELECT count(*) FROM orders")


async def owed(url: str) -> int:
    """How many notices and answers have not arrived."""
    return await _count(url, "SELECT count(*) FROM outbox WHERE sent_at IS NULL")


async def _count(url: str, query: str) -> int:
    connection = await asyncpg.connect(url.replace("+asyncpg", "", 1))
    try:
        return int(await connection.fetchval(query))
    finally:
        await connection.close()
