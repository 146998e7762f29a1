"""`gendan demo`: the demo company, a chat page on this machine only, and a clock that can be moved on."""

import logging
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from bot import logs
from bot.app import Mount
from bot.clock import MovableClock
from bot.company.demo_orders import SCRIPT, play
from bot.demo_folder import DemoFolder
from bot.lapse import Lapse
from bot.platforms.console.console import Console
from bot.platforms.console.routes import mount as mount_console
from bot.service import listening, stop_signal
from bot.settings import Settings
from bot.wiring import Program, open_program
from handlers.message import Message, Reply

LOOPBACK = "127.0.0.1"
FIRST_DAY = timedelta(minutes=25)
"""So long ago its orders begin: long enough for step times, short enough that nobody needs a reminder yet."""
COMPANY = Path(__file__).parent / "demo_company"


async def demo(settings: Settings, data: Path) -> None:
    """Serve the chat page until SIGTERM or SIGINT; the data stay in `data`."""
    logs.configure(sys.stderr, logging.WARNING)
    folder = DemoFolder(data)
    clock = MovableClock(folder.clock)
    if folder.is_new:
        clock.begin(FIRST_DAY)
    stop = stop_signal()
    async with AsyncExitStack() as stack:
        program = await stack.enter_async_context(
            open_program(_demo_settings(settings, data), clock, console=True)
        )
        if folder.is_new:
            await play(_as_in_life(program, clock))
            clock.catch_up()
            folder.mark_played()
        await stack.enter_async_context(program.worker.running())
        url = await stack.enter_async_context(listening(program, _console(program, clock), LOOPBACK))
        print(f"跟单助手演示 / demo: {url}\nCtrl-C ends it; what happened stays in {data}/", flush=True)  # noqa: T201
        await stop.wait()


def _as_in_life(program: Program, clock: MovableClock) -> Callable[[Message], Awaitable[Reply]]:
    """Answers so that everybody hears of a step a little before the next one is taken."""

    async def answer(message: Message) -> Reply:
        reply = await program.desk.answer(message)
        await program.worker.settle()
        clock.move(FIRST_DAY / len(SCRIPT))
        return reply

    return answer


def _demo_settings(settings: Settings, data: Path) -> Settings:
    """The demo runs on a file of its own and talks to nobody, whatever the environment says."""
    url = f"sqlite+aiosqlite:///{data.resolve() / 'gendan.db'}"
    return settings.model_copy(
        update={"database_url": url, "wecom": None, "company": settings.company or COMPANY}
    )


def _console(program: Program, clock: MovableClock) -> Sequence[Mount]:
    lapse = Lapse(clock, program.next_due, program.worker.settle)
    console = Console(
        handle=program.desk.answer,
        feed=program.store.feed,
        advance=lapse.advance,
        company=program.rulebook.company,
        now=clock,
        replied=program.store.inbox.reply,
        paint=program.paint,
        news=program.news,
    )
    return (lambda app: mount_console(app, console),)
