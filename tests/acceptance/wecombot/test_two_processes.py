"""Of two processes one holds the bot's connection; when it is killed the other takes over, and nothing is lost or twice."""

import asyncio
import re
from pathlib import Path

import aiohttp
import pytest

from tests.acceptance.wecom.conftest import migrate
from tests.acceptance.wecombot.conftest import LINE, Office, an_office, group
from tests.fakes.wecombot_socket import until
from tests.served import Served

SALES, REVIEW = group("sales"), group("review")
TAKEN_OVER_S = 30.0


def pushes(office: Office, chat: str, words: str) -> int:
    """How often these words were pushed there."""
    return sum(words in text for text in office.wecom.room.texts(chat))


async def measured(process: Served) -> str:
    """What a process says of itself."""
    async with aiohttp.ClientSession() as session, session.get(f"{process.url}/metrics") as answer:
        found = re.findall(r"^gendan_deliveries_total.*$", await answer.text(), re.MULTILINE)
    return "\n".join(found)


@pytest.mark.slow
async def test_the_other_takes_over_from_one_that_is_killed(tmp_path: Path, postgres_url: str) -> None:
    migrate(postgres_url)
    async with an_office(tmp_path, postgres_url) as office:
        (tmp_path / "other").mkdir()
        with Served(tmp_path / "other", office.environment) as other:
            await asyncio.to_thread(other.wait)
            await office.say("heting", "帮助", REVIEW)
            await office.say("LiNa", LINE, SALES)
            first = await office.number_in(await office.say("LiNa", "确认", SALES))
            await office.wecom.hears(REVIEW, f"待审核 #{first}", "罐装")
            assert (office.wecom.subscribed, office.wecom.displaced) == (1, 0)

            assert 'way="wecom-bot"' not in await measured(other)

            office.gendan.kill()
            await until(lambda: office.wecom.live is None or None)
            await until(lambda: (office.wecom.live and office.wecom.live.subscribed) or None, TAKEN_OVER_S)

            await office.say("LiNa", LINE, SALES)
            await office.say("LiNa", "确认", SALES)
            await office.wecom.hears(REVIEW, f"待审核 #{int(first) + 1}", "罐装")

            assert (office.wecom.subscribed, office.wecom.displaced) == (2, 0)
            assert pushes(office, REVIEW, f"**待审核 #{first} ") == 1
            assert "notice not delivered" not in other.log.read_text()


async def test_split_over_processes_the_one_that_delivers_holds_the_connection(
    tmp_path: Path, postgres_url: str
) -> None:
    migrate(postgres_url)
    async with an_office(tmp_path, postgres_url, "--no-web") as office:
        (tmp_path / "web").mkdir()
        with Served(tmp_path / "web", office.environment, "--no-worker") as web:
            await asyncio.to_thread(web.wait)
            await office.say("heting", "帮助", REVIEW)
            await office.say("LiNa", LINE, SALES)
            number = await office.number_in(await office.say("LiNa", "确认", SALES))

            await office.wecom.hears(REVIEW, f"待审核 #{number}", "罐装")
            assert "long connection stands" not in web.log.read_text()
