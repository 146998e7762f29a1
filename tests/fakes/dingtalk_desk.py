"""Stand-ins for what lies behind DingTalk's door: a dispatcher, and an outbox that holds replies."""

import asyncio
from collections import deque
from collections.abc import Sequence
from datetime import timedelta

from domain.errors import DatabaseAway
from handlers.message import Message, Reply


class Desk:
    """Answers each message once and gives the recorded reply after that, as the dispatcher does."""

    def __init__(self) -> None:
        self.heard: list[Message] = []
        self.reply = Reply("好")
        self.takes = timedelta()
        self.failures: deque[Exception] = deque()
        self._recorded: dict[str, Reply] = {}

    async def answer(self, message: Message) -> Reply:
        """As `handlers.dispatch.Dispatcher.handle`."""
        key = str(message.key)
        if key not in self._recorded:
            await asyncio.sleep(self.takes.total_seconds())
            if self.failures:
                raise self.failures.popleft()
            self.heard.append(message)
            self._recorded[key] = self.reply
        return self._recorded[key]


class Owed:
    """`bot.platforms.dingtalk.answering.Owed` in memory."""

    def __init__(self) -> None:
        self.held: dict[str, Reply] = {}
        self.done: list[str] = []
        self.released: list[tuple[str, str]] = []
        self.strangers: set[str] = set()
        self.away = False

    async def hold(self, message: Message, reply: Reply, held: timedelta) -> tuple[str, ...] | None:
        """Owe it under the message's key."""
        name = message.key.key
        if name in self.held:
            return None
        self.held[name] = reply
        return () if message.sender in self.strangers else (name,)

    async def said(self, owed: Sequence[str]) -> None:
        """Cross off."""
        self._there()
        self.done += owed

    async def release(self, owed: Sequence[str], reason: str) -> None:
        """Let it go the other way."""
        self._there()
        self.released += [(one, reason) for one in owed]

    def _there(self) -> None:
        if self.away:
            raise DatabaseAway
