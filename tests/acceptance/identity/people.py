"""People on several platforms."""

import re
from collections.abc import Sequence
from itertools import count
from pathlib import Path

from bot.office import amending
from domain.facts import Event
from domain.identity import Binding
from domain.ports import MessageKey
from handlers.message import Message, Reply
from storage.engine import connect
from storage.events import OF_STREAM, event_of
from tests.world import World

KEYS = count(1)
OWNER = "linxiaomei"


class Office:
    """A world whose people come in by any door."""

    def __init__(self, world: World) -> None:
        self.world = world

    async def says(
        self,
        platform: str,
        sender: str,
        text: str,
        *,
        also: tuple[str, ...] = (),
        place: str = "",
        key: str = "",
    ) -> Reply:
        """A line there."""
        message = Message(
            MessageKey(platform, "app", key or f"k{next(KEYS)}"),
            sender,
            text,
            self.world.now,
            place,
            also_known=also,
        )
        reply = await self.world.program.desk.answer(message)
        await self.settles()
        return reply

    async def settles(self) -> None:
        """What is due happens."""
        await self.world.passes(minutes=0)

    async def code(self, person: str = "lina") -> str:
        """A code that somebody asked for in WeCom."""
        found = re.search(r"\*\*(\d{6})\*\*", (await self.says("wecom", person, "绑定")).text)
        assert found is not None
        return found[1]

    async def is_known(self, platform: str, sender: str) -> bool:
        """Whether a line there is answered as a colleague's."""
        return "我还不认识您" not in (await self.says(platform, sender, "我的待办")).text

    async def bindings(self) -> Sequence[Binding]:
        """What is bound."""
        return (await self.world.program.store.registry.register()).bindings

    async def hires(self, csv: str) -> None:
        """Rows of staff change, by `gendan import`."""
        await amending(self.world.program.store).merge("staff", Path("s.csv"), csv.encode(), OWNER)


async def happened(url: str, stream: str) -> list[Event]:
    """The events of a chain."""
    async with connect(url) as database, database.session() as session:
        return [event_of(row) for row in await session.rows(OF_STREAM, stream=stream)]
