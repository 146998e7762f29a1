"""Where every platform's messages come in: answered by the dispatcher, counted, and the worker woken."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

from bot.metrics import Metrics
from domain.errors import DatabaseAway
from handlers.message import Message, Reply


@dataclass(frozen=True, slots=True)
class Desk:
    """`answer` is what the platforms call; `wake` is called once something may have been committed."""

    handle: Callable[[Message], Awaitable[Reply]]
    wake: Callable[[], None]
    metrics: Metrics

    async def answer(self, message: Message) -> Reply:
        """The dispatcher's answer, after commit."""
        began = time.perf_counter()
        outcome = "failed"
        try:
            reply = await self.handle(message)
            outcome = "answered" if reply.text else "silent"
        except DatabaseAway:
            outcome = "database_away"
            raise
        finally:
            took = timedelta(seconds=time.perf_counter() - began)
            self.metrics.message(message.key.platform, outcome, took)
        self.wake()
        return reply
