"""The bot in URL mode: `gendan serve` called by WeCom, an order from the first word to the yes."""

import asyncio
import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.acceptance.wecombot.conftest import LINE, company_on_the_bot, group
from tests.fakes.wecombot_http import BotCallbacks
from tests.served import Served

SALES = group("sales")


async def test_an_order_is_placed_in_a_group_and_a_button_confirms_it(tmp_path: Path) -> None:
    database = tmp_path / "gendan.db"
    rules = company_on_the_bot(tmp_path / "company")
    async with BotCallbacks() as wecom:
        environment = {
            "GENDAN_DATABASE_URL": f"sqlite+aiosqlite:///{database}",
            "GENDAN_COMPANY": str(rules),
            **wecom.environment(),
        }
        with Served(tmp_path, environment) as gendan:
            await asyncio.to_thread(gendan.wait)
            wecom.callback = f"{gendan.url}/wecom/bot"
            assert await wecom.save_address()

            await wecom.say("LiNa", LINE, SALES)
            (draft,) = wecom.room.in_chat(SALES)
            assert "可乐330ml罐装 20箱" in draft.text
            assert draft.labels() == ["确认", "放弃"]

            first = await wecom.say("LiNa", "价格 罐装可乐", "", message_id="m-same")
            assert await wecom.say("LiNa", "价格 罐装可乐", "", message_id="m-same") == first
            await wecom.press("LiNa", draft, "确认")

            confirmed = str(draft.card_for("LiNa"))
            assert re.search(r"已建单 #\d+", confirmed)
            with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
                assert opened.execute("SELECT count(*) FROM orders").fetchone() == (1,)
            for secret in (wecom.bot.token, wecom.bot.aes_key, "/response/"):
                assert secret.encode() not in written(tmp_path, gendan)


def written(folder: Path, gendan: Served) -> bytes:
    """All that stands in the log and in the database."""
    return gendan.log.read_bytes() + b"".join(file.read_bytes() for file in folder.glob("gendan.db*"))
