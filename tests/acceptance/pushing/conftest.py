"""A company whose groups are reached by robots of a WeCom on loopback, and a clock that is moved."""

import shutil
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from bot.lapse import Lapse
from bot.settings import Settings
from bot.wiring import Program, open_program
from domain.facts import Notice
from domain.ports import MessageKey
from handlers.message import Message, Reply
from tests.builders import MONDAY, boxes, entered
from tests.fakes.wecom_inbox import GroupMessage
from tests.fakes.wecom_server import WecomServer
from tests.world import DEMO_COMPANY, WorldClock

RESTED = timedelta(minutes=2)
"""After so long a program that has just begun no longer fears what the one before it may have sent."""
ROBOTS = {"warehouse": "robot-warehouse", "sales": "robot-sales", "review": "robot-review"}


@dataclass
class Street:
    """The program, the other side, and the time between them."""

    program: Program
    wecom: WecomServer
    clock: WorldClock
    lapse: Lapse
    keys: Iterator[int] = field(default_factory=count)

    async def owe(self, notices: Iterable[Notice]) -> None:
        """Put all of them into the outbox in one transaction."""
        async with self.program.units() as uow:
            await uow.tell(list(notices), self.clock(), "burst")
            await uow.commit()

    async def says(self, person: str, text: str) -> Reply:
        """Somebody speaks to the app; what is due is delivered at once."""
        said = MessageKey("wecom", "app", f"said-{next(self.keys)}")
        reply = await self.program.desk.answer(Message(said, person, text, self.clock()))
        await self.settle()
        return reply

    async def ordered(self, person: str, line: str) -> int:
        """The number of an order typed and confirmed."""
        await self.says(person, line)
        number = (await self.says(person, "确认")).order
        assert number is not None
        return number

    async def settle(self) -> None:
        """Deliver what may leave now."""
        await self.program.worker.settle()

    async def passes(self, minutes: float) -> None:
        """Time passes; what falls due on the way happens at its moment."""
        await self.lapse.advance(minutes * 60)

    def said(self, group: str) -> list[GroupMessage]:
        """What a group's robot said."""
        return [message for message in self.wecom.inbox.groups if message.robot == ROBOTS[group]]

    @asynccontextmanager
    async def restarted(self) -> AsyncIterator["Street"]:
        """Another process on the same database, at the same moment."""
        async with open_program(self.program.settings, self.clock) as program:
            yield replace(
                self,
                program=program,
                lapse=Lapse(self.clock, program.store.next_due, program.worker.settle),
            )

    async def owed(self) -> int:
        """How many notices are still to be delivered."""
        return len(await self.program.store.outbox.pending(10_000))


def arrivals(
    numbers: Iterable[int], to: str = "group:warehouse", *, urgent: Sequence[int] = (), name: str = "东市超市"
) -> Iterable[Notice]:
    """Orders that enter their step, with all the facts that this has."""
    (notice, *_) = entered(boxes(2)).notices
    for number in numbers:
        lane = "urgent" if number in urgent else "normal"
        facts = {**notice.facts, "customer": f"{name}{number:04}", "urgent": number in urgent}
        yield replace(notice, to=to, order=number, lane=lane, facts=facts, mentions=("wangqiang",))


@pytest.fixture
def robots_company(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo company, three of its groups with a robot each."""
    folder = tmp_path / "company"
    shutil.copytree(DEMO_COMPANY, folder)
    text = (folder / "company.yaml").read_text()
    for group, key in ROBOTS.items():
        monkeypatch.setenv(f"GENDAN_ROBOT_{group.upper()}", key)
        start = text.index(f"\n  {group}:")
        place = text.index("ways: [console]", start)
        way = f"ways: [{{kind: wecom-robot, webhook_env: GENDAN_ROBOT_{group.upper()}}}]"
        text = text[:place] + way + text[place + len("ways: [console]") :]
    (folder / "company.yaml").write_text(text)
    return folder


@pytest.fixture
async def street(robots_company: Path, tmp_path: Path) -> AsyncIterator[Street]:
    """The whole program with sockets to the other side only."""
    clock = WorldClock()
    async with WecomServer(clock=lambda: clock().timestamp()) as wecom:
        settings = Settings(
            database_url=f"sqlite+aiosqlite:///{tmp_path / 'street.db'}",
            company=robots_company,
            wecom={
                name: getattr(wecom.app, name)
                for name in ("corp_id", "agent_id", "secret", "token", "aes_key", "api_base")
            },
        )
        async with open_program(settings, clock) as program:
            lapse = Lapse(clock, program.store.next_due, program.worker.settle)
            clock.move(RESTED)
            yield Street(program, wecom, clock, lapse)


__all__ = ["MONDAY", "Street", "arrivals"]
