"""Behind a balancer a re-send reaches another process while the first is still at work."""

import asyncio
from pathlib import Path

import asyncpg

from tests.acceptance.wecom.conftest import Office, an_office, migrate
from tests.served import Served

LINE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


async def test_the_same_message_at_two_processes_at_once_is_one_order_and_one_answer(
    tmp_path: Path, postgres_url: str
) -> None:
    migrate(postgres_url)
    async with an_office(tmp_path, postgres_url) as office:
        (tmp_path / "other").mkdir()
        with Served(tmp_path / "other", office.environment) as other:
            await asyncio.to_thread(other.wait)
            numbers = [await confirmed_at_both(office, other) for _ in range(5)]

    assert len(set(numbers)) == 5
    assert await orders(postgres_url) == 5


async def confirmed_at_both(office: Office, other: Served) -> str:
    """The number of the one order that a confirmation sent to both processes makes."""
    await office.say("lina", LINE)
    confirm = office.wecom.platform.text("LiNa", "确认")
    doors = (office.wecom.callback, f"{other.url}/wecom/callback")
    answers = await asyncio.gather(*(office.wecom.send(confirm, door) for door in doors * 2))
    assert {answer.status for answer in answers} == {200}
    (text,) = {answer.text for answer in answers}
    return text[text.index("#") : text.index("（")]


async def orders(url: str) -> int:
    """How many are written; numbers may have gaps, where a copy of the message came second."""
    connection = await asyncpg.connect(url.replace("+asyncpg", "", 1))
    try:
        return int(await connection.fetchval("SELECT count(*) FROM orders"))
    finally:
        await connection.close()
