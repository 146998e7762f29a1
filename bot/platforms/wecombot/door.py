"""What runs while a bot's door is open: the long connection with its answers, and taking up what was left behind."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from bot.platforms.tenure import ended
from bot.platforms.wecombot.attendance import Attendance
from bot.platforms.wecombot.line import Line
from bot.platforms.wecombot.reception import Reception
from domain.errors import DatabaseAway

log = logging.getLogger(__name__)
LOOK = timedelta(seconds=10)


@asynccontextmanager
async def on_the_line(
    reception: Reception, line: Line, attendance: Attendance, woken: Callable[[], None]
) -> AsyncIterator[None]:
    """Hold the connection when it is ours; at the end answer what is under way, then let it go."""
    running = asyncio.create_task(line.run(attendance.attend, woken))
    try:
        async with taking_up(reception, to_chat=True, ours=lambda: line.held):
            yield
    finally:
        await attendance.close()
        await ended(running)


@asynccontextmanager
async def taking_up(
    reception: Reception, *, to_chat: bool, ours: Callable[[], bool] = lambda: True, look: timedelta = LOOK
) -> AsyncIterator[None]:
    """Look now and then for messages that a process which died has left."""
    looking = asyncio.create_task(_look(reception, to_chat, ours, look))
    try:
        yield
    finally:
        await ended(looking)


async def _look(reception: Reception, to_chat: bool, ours: Callable[[], bool], look: timedelta) -> None:
    while True:
        try:
            with suppress(DatabaseAway):
                while ours() and await reception.recover(to_chat=to_chat):
                    pass
        except Exception:
            # The loop of the whole door: it must go on, whatever one look met.
            log.exception("nothing taken up")
        await asyncio.sleep(look.total_seconds())
