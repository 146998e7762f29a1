"""A company on Feishu: `gendan serve` as a process, and a Feishu of our own on the other side."""

import asyncio
import json
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.fakes.feishu_inbox import Message
from tests.fakes.feishu_server import BOT, Answered, FeishuServer
from tests.served import ROOT, Served

WAIT_S = 10.0


@dataclass
class Office:
    """People of the demo company, known by their open ids, and what they see."""

    gendan: Served
    feishu: FeishuServer
    database: Path
    environment: Mapping[str, str]

    async def say(self, person: str, words: str, *expected: str) -> Message:
        """Somebody writes to the bot 1:1 and reads the answer, which has these words."""
        before = len(self.feishu.inbox.messages)
        self._confirmed(await self.feishu.say(person, words))
        return await self.hears(f"ou_{person}", *expected, beyond=before)

    async def say_in(self, group: str, person: str, words: str, *expected: str) -> Message:
        """Somebody calls the bot in a group and reads the answer there."""
        before = len(self.feishu.inbox.messages)
        said = await self.feishu.say(person, f"@_user_1 {words}", chat=chat(group), calls=[BOT])
        self._confirmed(said)
        return await self.hears(chat(group), *expected, beyond=before)

    async def hears(self, to: str, *words: str, beyond: int = 0, label: str = "") -> Message:
        """Wait until a message with these words, and this button, stands in the chat."""

        def told() -> Iterator[Message]:
            return (one for one in self.feishu.inbox.messages[beyond:] if one.to == to)

        await self._seen(
            lambda: any(
                all(word in one.text for word in words) and (not label or label in one.labels)
                for one in told()
            ),
            lambda: f"{to} was not told {words} {label}, only: {[(one.text, one.labels) for one in told()]}",
        )
        return next(
            one
            for one in told()
            if all(word in one.text for word in words) and (not label or label in one.labels)
        )

    async def becomes(self, seen: Callable[[], object]) -> None:
        """Wait for it."""
        await self._seen(seen, lambda: "it did not come to that")

    def logged(self, event: str) -> list[dict[str, object]]:
        """The lines of the log about this."""
        lines = (
            json.loads(line) for line in self.gendan.log.read_text().splitlines() if line.startswith("{")
        )
        return [line for line in lines if line["event"] == event]

    def stored(self, table: str) -> int:
        """How many rows are written."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    def owed(self) -> int:
        """How many notices and answers have not arrived."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM outbox WHERE sent_at IS NULL").fetchone()[0])

    def _confirmed(self, answered: Answered) -> None:
        assert answered.answer is not None, self.gendan.log.read_text()[-3000:]

    async def _seen(self, seen: Callable[[], object], otherwise: Callable[[], str]) -> None:
        try:
            async with asyncio.timeout(WAIT_S):
                while True:
                    if seen():
                        return
                    await asyncio.sleep(0.02)
        except TimeoutError:
            raise AssertionError(f"{otherwise()}\n{self.gendan.log.read_text()[-2000:]}") from None


def chat(group: str) -> str:
    """The id of the group's chat."""
    return f"oc_{group}"


def company_on_feishu(folder: Path) -> Path:
    """The demo company with the bot in every group, its people known by each of the three ids."""
    shutil.copytree(ROOT / "bot" / "demo_company", folder)
    rules = folder / "company.yaml"
    lines: list[str] = []
    group = ""
    for line in rules.read_text(encoding="utf-8").splitlines():
        if named := re.fullmatch(r"  (\w+):", line):
            group = named[1]
        if line.strip() == "ways: [console]":
            lines.append(f"    ways: [{{kind: feishu-chat, chat: {chat(group)}}}]")
        else:
            lines.append(re.sub(r"^people: .*", "people: [feishu]", line))
    rules.write_text("\n".join(lines) + "\n", encoding="utf-8")
    staff = folder / "staff.csv"
    head, *rows = staff.read_text(encoding="utf-8").splitlines()
    # Whatever kind of id a company has at hand; of the last third none, so that the user id holds.
    ids = [("ou_", "on_", "")[place % 3] for place in range(len(rows))]
    people = [f"{row},{kind}{row.split(',')[0]}" for row, kind in zip(rows, ids, strict=True)]
    staff.write_text("\n".join([f"{head},feishu_id", *people]) + "\n", encoding="utf-8")
    return folder


@asynccontextmanager
async def an_office(
    folder: Path, mode: str = "http", database_url: str = "", **more: str
) -> AsyncIterator[Office]:
    """Gendan (on SQLite unless told otherwise) and Feishu, each knowing where the other is."""
    database = folder / "gendan.db"
    rules = company_on_feishu(folder / "company")
    async with FeishuServer() as feishu:
        environment = {
            "GENDAN_DATABASE_URL": database_url or f"sqlite+aiosqlite:///{database}",
            "GENDAN_COMPANY": str(rules),
            **feishu.environment(mode),
            **more,
        }
        with Served(folder, environment) as gendan:
            await asyncio.to_thread(gendan.wait)
            office = Office(gendan, feishu, database, environment)
            if mode == "http":
                feishu.callback = f"{gendan.url}/feishu/event"
            else:
                await office.becomes(lambda: feishu.lines.open)
            yield office


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["http", "socket"])
async def office(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Office]:
    """One for the stories of a module, which know only their own orders; by either way in."""
    async with an_office(tmp_path_factory.mktemp("office"), request.param) as made:
        yield made
