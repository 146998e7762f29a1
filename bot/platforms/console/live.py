"""Server-sent events: pushes and the clock, as they come."""

import asyncio
import json
from datetime import timedelta

from aiohttp import web

from bot.platforms.console.console import Console
from bot.platforms.console.documents import local_time, pushed


async def stream(console: Console, request: web.Request, after: int) -> web.StreamResponse:
    """Send what is pushed after `after` until the page leaves or the program stops."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    try:
        await response.prepare(request)
        await _write(response, "hello", {"run": console.run})
        while not console.news.closed:
            ticket = console.news.ticket()
            for item in await console.pushed(after):
                await _write(response, "push", pushed(item, console.company()), item.seq)
                after = item.seq
            await _write(response, "clock", {"now": local_time(console.now(), console.company())})
            await _rest(ticket, console.heartbeat)
    except ConnectionResetError:
        pass  # the page was closed: that is how a stream normally ends
    return response


async def _rest(ticket: asyncio.Event, at_most: timedelta) -> None:
    """Until there is news, or long enough that the page should see that we are alive."""
    try:
        await asyncio.wait_for(ticket.wait(), at_most.total_seconds())
    except TimeoutError:
        return


async def _write(response: web.StreamResponse, kind: str, data: object, seq: int | None = None) -> None:
    head = f"event: {kind}\n" if seq is None else f"id: {seq}\nevent: {kind}\n"
    await response.write(f"{head}data: {json.dumps(data, ensure_ascii=False)}\n\n".encode())
