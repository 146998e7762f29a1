"""A company on WeCom: `gendan serve` as a process, and a WeCom of our own on the other side."""

import asyncio
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.fakes.wecom_inbox import AppMessage
from tests.fakes.wecom_server import WecomServer
from tests.served import ROOT, Served

WAIT_S = 10.0


@dataclass
class Office:
    """People of the demo company, who know each other by user id, and what they see."""

    gendan: Served
    wecom: WecomServer
    database: Path
    environment: Mapping[str, str]

    async def say(self, person: str, words: str) -> str:
        """Somebody writes to the app and reads the answer."""
        answered = await self.wecom.say(person, words)
        assert answered.status == 200, (answered, self.gendan.log.read_text()[-3000:])
        return answered.text

    async def ordered(self, line: str, person: str = "lina") -> str:
        """The number of an order typed and confirmed."""
        await self.say(person, line)
        answer = await self.say(person, "确认")
        found = re.search(r"#(\d+)", answer)
        assert found, answer
        return found[1]

    def logged(self, event: str) -> list[dict[str, object]]:
        """The lines of the log about this."""
        lines = (
            json.loads(line) for line in self.gendan.log.read_text().splitlines() if line.startswith("{")
        )
        return [line for line in lines if line["event"] == event]

    def stored(self, table: str) -> int:
        """How many rows are written; what is not committed is not seen."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    async def group_hears(self, group: str, *words: str) -> str:
        """Wait until a message with these words stands in the group."""
        return await self._seen(
            lambda: (said.text for said in self.wecom.inbox.groups if said.robot == robot(group)),
            words,
            group,
        )

    async def person_hears(self, person: str, *words: str, beyond: int = 0) -> str:
        """Wait until the app told the person something with these words, leaving out the first `beyond`."""
        return await self._seen(
            lambda: (said.text for said in self.wecom.inbox.app[beyond:] if said.user == person),
            words,
            person,
        )

    async def card_for(self, person: str, label: str) -> AppMessage:
        """Wait for a card with this button."""
        await self._seen(
            lambda: (
                said.text for said in self.wecom.inbox.app if said.user == person and label in said.labels()
            ),
            ("",),
            person,
        )
        return next(
            said for said in reversed(self.wecom.inbox.app) if said.user == person and label in said.labels()
        )

    async def _seen(self, told: Callable[[], Iterator[str]], words: tuple[str, ...], who: str) -> str:
        try:
            async with asyncio.timeout(WAIT_S):
                while True:
                    for text in told():
                        if all(word in text for word in words):
                            return text
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"{who} was not told {words}, only: {list(told())}") from None


def robot(group: str) -> str:
    """The key of the group's robot."""
    return f"robot-of-{group}"


def company_on_wecom(folder: Path) -> tuple[Path, dict[str, str]]:
    """The demo company with a robot in every group, and the variables that hold their addresses."""
    shutil.copytree(ROOT / "bot" / "demo_company", folder)
    rules = folder / "company.yaml"
    variables: dict[str, str] = {}
    lines: list[str] = []
    group = ""
    for line in rules.read_text(encoding="utf-8").splitlines():
        if named := re.fullmatch(r"  (\w+):", line):
            group = named[1]
        if line.strip() == "ways: [console]":
            variable = f"GENDAN_ROBOT_{group.upper()}"
            variables[variable] = f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={robot(group)}"
            lines.append(f"    ways: [{{kind: wecom-robot, webhook_env: {variable}}}]")
        else:
            lines.append(re.sub(r"^people: .*", "people: [wecom]", line))
    rules.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder, variables


def migrate(url: str) -> None:
    """Bring a database that is not embedded to the newest schema."""
    command = [sys.executable, "-m", "bot", "migrate"]
    subprocess.run(command, cwd=ROOT, env={**os.environ, "GENDAN_DATABASE_URL": url}, check=True)


@asynccontextmanager
async def an_office(folder: Path, database_url: str = "", **more: str) -> AsyncIterator[Office]:
    """Gendan (on SQLite unless told otherwise) and WeCom, each knowing where the other is."""
    database = folder / "gendan.db"
    rules, variables = company_on_wecom(folder / "company")
    async with WecomServer() as wecom:
        environment = {
            "GENDAN_DATABASE_URL": database_url or f"sqlite+aiosqlite:///{database}",
            "GENDAN_COMPANY": str(rules),
            **variables,
            **wecom.environment(),
            **more,
        }
        with Served(folder, environment) as gendan:
            await asyncio.to_thread(gendan.wait)
            wecom.callback = f"{gendan.url}/wecom/callback"
            yield Office(gendan, wecom, database, environment)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """One for the stories of a module, which know only their own orders."""
    async with an_office(tmp_path_factory.mktemp("office")) as made:
        yield made
