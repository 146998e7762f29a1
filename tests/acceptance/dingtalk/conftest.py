"""A company on DingTalk: `gendan serve` as a process, and a DingTalk of our own on the other side."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from tests.fakes.dingtalk_company import company_on_dingtalk, conversation
from tests.fakes.dingtalk_inbox import Card
from tests.fakes.dingtalk_server import TEMPLATE, DingTalkServer
from tests.served import Served

WAIT_S = 15.0


@dataclass
class Office:
    """People of the demo company, who know each other by user id, and what they see."""

    gendan: Served
    dingtalk: DingTalkServer
    folder: Path

    async def say(self, person: str, words: str, group: str = "") -> None:
        """Somebody writes to the robot, in a group by calling it."""
        confirmed = await self.dingtalk.say(person, words, conversation(group) if group else "")
        assert confirmed.status == 200, (confirmed, self.gendan.log.read_text()[-3000:])

    async def hears(self, place: str, *words: str, beyond: int = 0) -> str:
        """Wait until a message with these words stands there, leaving out the first `beyond`."""
        try:
            async with asyncio.timeout(WAIT_S):
                while True:
                    for text in self.dingtalk.inbox.said_in(place)[beyond:]:
                        if all(word in text for word in words):
                            return text
                    await asyncio.sleep(0.02)
        except TimeoutError:
            seen = self.dingtalk.inbox.said_in(place)
            raise AssertionError(f"{place} saw only {seen}\n{self.gendan.log.read_text()[-2000:]}") from None

    async def group_hears(self, group: str, *words: str) -> str:
        """The same in a group of the company's."""
        return await self.hears(conversation(group), *words)

    async def card(self, label: str, group: str, *words: str) -> Card:
        """Wait for a card with this button in a group."""
        try:
            async with asyncio.timeout(WAIT_S):
                while True:
                    for card in reversed(list(self.dingtalk.inbox.cards.values())):
                        fits = card.to == conversation(group) and label in card.labels()
                        if fits and all(word in card.text for word in words):
                            return card
                    await asyncio.sleep(0.02)
        except TimeoutError:
            cards = list(self.dingtalk.inbox.cards.values())
            raise AssertionError(f"{group} has no card with {label}, only {cards}") from None

    async def ordered(self, line: str, person: str = "lina") -> str:
        """The number of an order typed and confirmed in the sales group."""
        before = len(self.dingtalk.inbox.said_in(conversation("sales")))
        await self.say(person, line, "sales")
        await self.say(person, "确认", "sales")
        made = await self.hears(conversation("sales"), "已建单", beyond=before)
        found = re.search(r"#(\d+)", made)
        assert found, made
        return found[1]


@asynccontextmanager
async def an_office(folder: Path, **more: str) -> AsyncIterator[Office]:
    """Gendan on SQLite and DingTalk, each knowing where the other is."""
    async with DingTalkServer() as dingtalk:
        environment = {
            "GENDAN_DATABASE_URL": f"sqlite+aiosqlite:///{folder / 'gendan.db'}",
            "GENDAN_COMPANY": str(company_on_dingtalk(folder / "company")),
            **dingtalk.environment(),
            **more,
        }
        with Served(folder, environment) as gendan:
            await asyncio.to_thread(gendan.wait)
            if more.get("GENDAN_DINGTALK__MODE") == "http":
                dingtalk.callback = gendan.url
            else:
                await dingtalk.gateway.standing(2)
            yield Office(gendan, dingtalk, folder)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def office(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """One with cards, for the stories of a module, which know only their own orders."""
    folder = tmp_path_factory.mktemp("office")
    async with an_office(folder, GENDAN_DINGTALK__CARD_TEMPLATE=TEMPLATE) as made:
        yield made
