"""`gendan serve`: runs until it is told to stop, then ends what it has begun."""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

from aiohttp import web

from bot import logs
from bot.app import Mount, make_app
from bot.clock import system_clock
from bot.demo_folder import is_of_a_demo
from bot.doors import doors
from bot.settings import Settings
from bot.wiring import Program, open_program

log = logging.getLogger(__name__)
GRACE_S = 10
# A connection that asks nothing, or never to the end of its headers. Longer than proxies keep theirs to us.
IDLE_S = 75.0
STOPPING = (signal.SIGTERM, signal.SIGINT)


class CannotListen(Exception):
    """The address is taken, not ours, or needs rights we do not have."""


class DemosDatabase(Exception):
    """The file named is that of `gendan demo`."""


async def serve(settings: Settings, *, web: bool, worker: bool) -> None:
    """Answer the platforms and work, or one of the two, until SIGTERM or SIGINT; say how it is in any case."""
    logs.configure(sys.stdout)
    if is_of_a_demo(settings.database_file):
        raise DemosDatabase(settings.database_file)
    async with AsyncExitStack() as stack:
        stop = stop_signal()
        program = await stack.enter_async_context(open_program(settings, system_clock))
        # Modules and the index of names stay for good: no collection needs to walk through them again.
        gc.collect()
        gc.freeze()
        opened = doors(program, web=web, worker=worker)
        # Before the worker, so that at the end nothing is left to deliver when the connection goes.
        for door in (door for door in opened if door.delivers):
            await stack.enter_async_context(door.running())
        if worker:
            await stack.enter_async_context(program.worker.running())
        mounts = [door.mount for door in opened]
        url = await stack.enter_async_context(listening(program, mounts, settings.host))
        for door in (door for door in opened if not door.delivers):
            await stack.enter_async_context(door.running())
        log.info("serving", extra={"url": url, "company": program.rulebook.company().name})
        await stop.wait()
        log.info("stopping")


@asynccontextmanager
async def listening(program: Program, mounts: Sequence[Mount], host: str) -> AsyncIterator[str]:
    """Accept requests; at the end accept no more and let those under way finish. Gives the address."""
    app = make_app(program.health, program.metrics, program.gauge, mounts)
    runner = web.AppRunner(
        app, access_log=None, shutdown_timeout=GRACE_S, keepalive_timeout=IDLE_S, handle_signals=False
    )
    await runner.setup()
    try:
        await _listen(runner, host, program.settings.port)
        port = runner.addresses[0][1]
        shown = f"[{host}]" if ":" in host else host
        yield f"http://{shown}:{port}"
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port).start()
    except OSError as error:
        raise CannotListen(f"cannot listen on {host} port {port}: {error.strerror}") from error


def stop_signal() -> asyncio.Event:
    """Set once the process is asked to stop; asked again it stops at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def asked(number: signal.Signals) -> None:
        stop.set()
        loop.remove_signal_handler(number)

    for number in STOPPING:
        loop.add_signal_handler(number, asked, number)
    return stop
