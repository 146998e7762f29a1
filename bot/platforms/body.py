"""The body of a request, bounded in size and time."""

import asyncio
from datetime import timedelta

import aiohttp
from aiohttp import web

from bot.platforms.base import Rejected

LONGEST = 1 << 20
READING = timedelta(seconds=3)


class TooLong(Rejected):
    """More than is read."""


async def read_body(request: web.Request, most: int = LONGEST, within: timedelta = READING) -> bytes:
    """The bytes as they came, or raise `Rejected` when they are more than `most` (`TooLong`) or do not arrive."""
    body = bytearray()
    try:
        async with asyncio.timeout(within.total_seconds()):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > most:
                    raise TooLong(f"body over {most} bytes")
    except (TimeoutError, aiohttp.ClientError, web.PayloadAccessError) as error:
        raise Rejected("body did not arrive") from error
    return bytes(body)
