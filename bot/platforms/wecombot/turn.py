"""One callback on its way to its answer, and whose turn it is: what one person says in one place keeps its order."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from bot.platforms.wecombot.connection import Connection
from bot.platforms.wecombot.heard import ENTERED, Heard
from handlers.message import Message


class Turn:
    """One callback on its way: whether it is `kept`, and whether its answer has `begun`."""

    def __init__(self, connection: Connection, req_id: str, heard: Heard) -> None:
        self.heard = heard
        self.kept = False
        self.begun = False
        self._connection = connection
        self._req_id = req_id
        self._since = asyncio.get_running_loop().time()

    def older(self, than: timedelta) -> bool:
        """True when it came longer ago."""
        return asyncio.get_running_loop().time() - self._since > than.total_seconds()

    async def say(self, body: Mapping[str, object]) -> None:
        """Answer under its own id; what may answer depends on what it was."""
        cmd = "aibot_respond_msg"
        if self.heard.pressed and "response_type" in body:
            cmd = "aibot_respond_update_msg"
        elif self.heard.kind == f"event:{ENTERED}":
            cmd = "aibot_respond_welcome_msg"
        await self._connection.ask(cmd, body, self._req_id)


class Places:
    """Who says something somewhere waits until what they said there before is answered."""

    def __init__(self) -> None:
        self._last: dict[str, Place] = {}

    def enter(self, message: Message) -> "Place":
        """The next place in the line, taken at once; it must be left."""
        name = f"{message.sender}/{message.chat}"
        place = self._last[name] = Place(self._last, name, self._last.get(name))
        return place


class Place:
    """A place in a line."""

    def __init__(self, last: "dict[str, Place]", name: str, before: "Place | None") -> None:
        self._last = last
        self._name = name
        self._before = before
        self._left = asyncio.Event()

    async def turn(self) -> None:
        """Return when everybody before has left."""
        if self._before is not None:
            await self._before._left.wait()  # noqa: SLF001 - of one's own kind
            self._before = None

    def leave(self) -> None:
        """Let the next one go on."""
        self._left.set()
        if self._last.get(self._name) is self:
            del self._last[self._name]
