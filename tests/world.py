"""The whole program without sockets: people say things, time passes, groups are told.

Every test run loads this file; the program itself is imported by the first test that plays in a world.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.lapse import Lapse
from domain.facts import Event
from domain.order import Order
from domain.ports import MessageKey, StockLevel
from domain.sending import FeedItem
from handlers.message import Attachment, Button, Message, Reply

if TYPE_CHECKING:
    from bot.wiring import Program

DEMO_COMPANY = Path(__file__).parent.parent / "bot" / "demo_company"
MONDAY_TEN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten in the morning at the company's."""


class WorldClock:
    """Stands still until somebody moves it."""

    def __init__(self, start: datetime = MONDAY_TEN) -> None:
        self._now = start

    def __call__(self) -> datetime:
        return self._now

    def move(self, by: timedelta) -> None:
        """Be so much later from now on."""
        self._now += max(by, timedelta())


class World:
    """The program, its clock, and what people and groups see of it. What is due is delivered at once."""

    def __init__(self, program: Program, clock: WorldClock) -> None:
        self.program = program
        self.clock = clock
        self._keys = count(1)
        self.pushed: list[FeedItem] = []
        self._lapse = Lapse(clock, program.next_due, program.worker.settle)

    @property
    def now(self) -> datetime:
        """What time it is."""
        return self.clock()

    async def says(
        self,
        person: str,
        text: str,
        *,
        place: str = "",
        key: str | None = None,
        kind: str = "text",
        called: bool = False,
    ) -> Reply:
        """Somebody speaks, one to one or in the group `place`; the same `key` again is a redelivery."""
        said = key or f"world-{next(self._keys)}"
        key_of_it = MessageKey("console", "console", said)
        message = Message(key_of_it, person, text, self.now, place, kind, called=called)
        reply = await self.program.desk.answer(message)
        await self.program.worker.settle()
        await self._read_feed()
        return reply

    async def sends(
        self, person: str, name: str, data: bytes | None, *, place: str = "", key: str | None = None
    ) -> tuple[Reply, Reply | None]:
        """Somebody sends a file: what is answered at once, and what they are told once it is read."""
        before = len(self.pushed)
        at_once = await self.leaves_lying(person, name, data, place=place, key=key)
        await self.program.worker.settle()
        await self._read_feed()
        told = [item for item in self.pushed[before:] if item.to == f"user:{person}"]
        if not told:
            return at_once, None
        buttons = tuple(Button(label, say) for label, say in told[-1].buttons)
        return at_once, Reply(told[-1].text, buttons)

    async def leaves_lying(
        self, person: str, name: str, data: bytes | None, *, place: str = "", key: str | None = None
    ) -> Reply:
        """Somebody sends a file that nobody reads yet: what is answered at once."""
        said = key or f"world-{next(self._keys)}"
        attachment = Attachment(name, data)
        message = Message(
            MessageKey("console", "console", said), person, "", self.now, place, "file", attachment=attachment
        )
        return await self.program.desk.answer(message)

    async def presses(self, person: str, reply: Reply, label: str, *, place: str = "") -> Reply:
        """Somebody presses the button with this label under a reply."""
        offered = {button.label: button.say for button in reply.buttons}
        assert label in offered, f"no button {label!r} under: {reply.text}\n{sorted(offered)}"
        return await self.says(person, offered[label], place=place)

    async def passes(self, *, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        """Time passes; what falls due on the way happens at its moment."""
        await self._lapse.advance(timedelta(minutes=minutes, hours=hours, days=days).total_seconds())
        await self._read_feed()

    def told(self, to: str) -> list[str]:
        """What `group:warehouse` or `user:lina` was told, oldest first."""
        return [item.text for item in self.pushed if item.to == to]

    async def order(self, number: int) -> Order:
        """The order as it stands."""
        async with self.program.units() as uow:
            return await uow.orders.get(number)

    async def story(self, number: int) -> tuple[Event, ...]:
        """What was done to an order, oldest first."""
        async with self.program.units() as uow:
            return await uow.events.of_order(number)

    async def stock(self, sku: str) -> dict[str, StockLevel]:
        """What lies of it, by warehouse."""
        async with self.program.units() as uow:
            levels = await uow.stock.levels((sku,))
        return {warehouse: level for (warehouse, _), level in levels.items()}

    async def _read_feed(self) -> None:
        while items := await self.program.store.feed.after(self.pushed[-1].seq if self.pushed else 0):
            self.pushed.extend(items)


@asynccontextmanager
async def a_world(url: str, company: Path = DEMO_COMPANY) -> AsyncIterator[World]:
    """A world on the database at `url`."""
    from bot.settings import Settings
    from bot.wiring import open_program

    clock = WorldClock()
    settings = Settings.model_construct(database_url=url, company=company)
    async with open_program(settings, clock, console=True) as program:
        yield World(program, clock)


@pytest.fixture(scope="session")
def world_seed(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """Founded databases by company folder: a test copies one instead of founding its own."""
    return {}


@pytest.fixture
def world_company() -> Path:
    """Override to play in another company."""
    return DEMO_COMPANY


@pytest.fixture
async def world_url(
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    world_seed: dict[Path, Path],
    world_company: Path,
) -> str:
    """A database file of the test's own; override with `postgres_url` to play on PostgreSQL."""
    if world_company not in world_seed:
        seed = tmp_path_factory.mktemp("world") / "seed.db"
        async with a_world(f"sqlite+aiosqlite:///{seed}", world_company):
            world_seed[world_company] = seed
    own = tmp_path / "world.db"
    shutil.copy(world_seed[world_company], own)
    return f"sqlite+aiosqlite:///{own}"


@pytest.fixture
async def world(world_url: str, world_company: Path) -> AsyncIterator[World]:
    """The whole program without sockets."""
    async with a_world(world_url, world_company) as built:
        yield built
