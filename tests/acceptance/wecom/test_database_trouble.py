"""While the database is away or slow WeCom is asked to come again, and nothing is written by halves."""

import asyncio
import sqlite3
import time
from contextlib import closing
from pathlib import Path

import aiohttp
import pytest

from tests.acceptance.wecom.conftest import Office, an_office, migrate
from tests.fakes.wecom_platform import Callback
from tests.services.postgres import postgres

LINE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


async def test_while_the_database_is_away_wecom_is_refused_and_then_answered_once(tmp_path: Path) -> None:
    with postgres(own=True) as server, server.fresh() as url:
        migrate(url)
        async with an_office(tmp_path, url) as office:
            await office.say("lina", LINE)
            confirm = office.wecom.platform.text("LiNa", "确认")

            with server.outage():
                answered = await office.wecom.send(confirm)
                assert (answered.status, answered.attempts, answered.text) == (503, 3, "")
                assert await ready(office) == 503

            made = await eventually_answered(office, confirm)
            assert "#1（" in made
            assert (await office.wecom.send(confirm)).text == made
            assert await office.ordered(LINE) != "1"


@pytest.mark.slow
async def test_a_message_slower_than_an_attempt_is_answered_by_the_next(tmp_path: Path) -> None:
    async with an_office(tmp_path) as office:
        await office.say("lina", LINE)
        with closing(sqlite3.connect(office.database, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")  # somebody else writes for longer than WeCom waits
            saying = asyncio.create_task(office.wecom.say("LiNa", "确认"))
            await asyncio.sleep(4.3)
            other.execute("ROLLBACK")
            answered = await saying

        assert (answered.status, answered.attempts) == (200, 2)
        assert "#1（" in answered.text
        assert office.stored("orders") == 1


async def ready(office: Office) -> int:
    async with aiohttp.ClientSession() as session, session.get(f"{office.gendan.url}/readyz") as response:
        return response.status


async def eventually_answered(office: Office, callback: Callback) -> str:
    end = time.monotonic() + 20
    while time.monotonic() < end:
        answered = await office.wecom.send(callback)
        if answered.status == 200:
            return answered.text
        await asyncio.sleep(0.2)
    raise AssertionError(office.gendan.log.read_text()[-3000:])
