"""A company on WeCom's AI bot: `gendan serve` as processes, and WeCom on the other side of the long connection."""

import asyncio
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.fakes.wecombot_socket import BotSocket, Shown, until
from tests.served import ROOT, Served

LINE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


def group(key: str) -> str:
    """The platform's id of a group of the company."""
    return f"wr{key.capitalize()}Group01"


@dataclass
class Office:
    """People of the demo company and their groups, all of them on the bot."""

    gendan: Served
    wecom: BotSocket
    database: Path
    environment: Mapping[str, str]

    async def say(self, person: str, words: str, chat: str = "") -> Shown:
        """Somebody writes, and reads what answers it."""
        return await self.wecom.answer(await self.wecom.say(person, words, chat))

    async def number_in(self, shown: Shown) -> str:
        """The order's number."""
        found = re.search(r"#(\d+)", shown.text)
        assert found, shown
        return found[1]

    async def card_in(self, chat: str, label: str) -> Shown:
        """Wait for a card with this button."""

        def there() -> Shown | None:
            found = [one for one in self.wecom.room.in_chat(chat) if one.card and label in one.labels()]
            return found[-1] if found else None

        return await until(there)

    def stored(self, table: str) -> int:
        """How many rows are written."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def company_on_the_bot(folder: Path) -> Path:
    """The demo company, every group on the bot, and people told by it."""
    shutil.copytree(ROOT / "bot" / "demo_company", folder)
    rules = folder / "company.yaml"
    lines: list[str] = []
    key = ""
    for line in rules.read_text(encoding="utf-8").splitlines():
        if named := re.fullmatch(r"  (\w+):", line):
            key = named[1]
        if line.strip() == "ways: [console]":
            lines.append(f"    ways: [{{kind: wecom-bot, chat: {group(key)}}}]")
        else:
            lines.append(re.sub(r"^people: .*", "people: [wecom-bot]", line))
    rules.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@asynccontextmanager
async def an_office(folder: Path, database_url: str = "", *arguments: str) -> AsyncIterator[Office]:
    """Gendan (on SQLite unless told otherwise), connected to WeCom."""
    database = folder / "gendan.db"
    rules = company_on_the_bot(folder / "company")
    async with BotSocket() as wecom:
        environment = {
            "GENDAN_DATABASE_URL": database_url or f"sqlite+aiosqlite:///{database}",
            "GENDAN_COMPANY": str(rules),
            **wecom.environment(),
        }
        with Served(folder, environment, *arguments) as gendan:
            await asyncio.to_thread(gendan.wait)
            await wecom.connected()
            yield Office(gendan, wecom, database, environment)


@pytest.fixture
async def office(tmp_path: Path) -> AsyncIterator[Office]:
    """One for each story: a conversation bears so many messages a minute, which stories told in a second would share."""
    async with an_office(tmp_path) as made:
        yield made
