"""An open long connection: what is read on it is taken and confirmed, and it is kept alive by pings."""

import asyncio
import base64
import json
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import aiohttp

from bot.platforms.base import Rejected
from bot.platforms.feishu import frames
from bot.platforms.feishu.endpoint import Endpoint, ping_told
from bot.platforms.feishu.events import Document
from bot.platforms.feishu.frames import Frame
from bot.platforms.feishu.parts import Parts
from domain.errors import DatabaseAway

log = logging.getLogger(__name__)

CLOSING = timedelta(seconds=5)
AT_ONCE = 64
"""So many events are under way; no more is read meanwhile, and the platform gives the next to somebody else."""
SILENT_PINGS = 2.5

Take = Callable[[Document], Awaitable[Document | None]]


class Line:
    """An open connection."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, endpoint: Endpoint, take: Take) -> None:
        self._socket = socket
        self._endpoint = endpoint
        self._take = take
        self._ping = endpoint.ping
        self._parts = Parts()
        self._room = asyncio.Semaphore(AT_ONCE)
        self._working: set[asyncio.Task[None]] = set()
        self._pinging = asyncio.create_task(self._keep_pinging())

    async def read(self) -> None:
        """Until it is closed, or raise `TimeoutError` when nothing is heard for longer than two pings."""
        while True:
            silence = SILENT_PINGS * self._ping.total_seconds()
            message = await self._socket.receive(timeout=silence)
            if message.type is aiohttp.WSMsgType.BINARY:
                await self._heard(message.data)
            elif message.type is not aiohttp.WSMsgType.TEXT:
                return

    async def close(self) -> None:
        """Let what is under way end and be confirmed."""
        self._pinging.cancel()
        if self._working:
            await asyncio.wait(self._working, timeout=CLOSING.total_seconds())
        for task in (self._pinging, *self._working):
            task.cancel()
        await asyncio.gather(self._pinging, *self._working, return_exceptions=True)
        await self._socket.close()

    async def _heard(self, data: bytes) -> None:
        try:
            frame = frames.decode(data)
        except Rejected as reason:
            log.warning("frame rejected", extra={"reason": str(reason)})
            return
        if frame.method == frames.CONTROL:
            if frame.header("type") == "pong":
                self._ping = ping_told(frame.payload, self._ping)
            return
        payload = self._parts.add(frame, time.monotonic())
        if payload is not None:
            await self._room.acquire()
            task = asyncio.create_task(self._answer(frame, payload))
            self._working.add(task)
            task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._working.discard(task)
        self._room.release()

    async def _answer(self, frame: Frame, payload: bytes) -> None:
        began = time.monotonic()
        answer = await self._taken(payload)
        took = round((time.monotonic() - began) * 1000)
        try:
            await self._socket.send_bytes(frames.encode(acknowledged(frame, answer, took)))
        except (aiohttp.ClientError, OSError):
            log.info("event not confirmed: the connection is gone")  # it comes again

    async def _taken(self, payload: bytes) -> Document | None:
        try:
            document = json.loads(payload)
            if not isinstance(document, dict):
                raise Rejected("no JSON object")
            return await self._take(document)
        except DatabaseAway:
            log.warning("database away")
        except (Rejected, ValueError, RecursionError) as reason:
            log.warning(
                "event rejected", extra={"reason": str(reason) if isinstance(reason, Rejected) else ""}
            )
        except Exception:
            # The edge: whatever it is, the event comes again and the connection stays.
            log.exception("bug")
        return None

    async def _keep_pinging(self) -> None:
        ping = Frame(frames.CONTROL, self._endpoint.service, (("type", "ping"),))
        while True:
            try:
                await self._socket.send_bytes(frames.encode(ping))
            except (aiohttp.ClientError, OSError):
                return  # whoever reads notices as well
            await asyncio.sleep(self._ping.total_seconds())


def acknowledged(frame: Frame, answer: Document | None, took: int) -> Frame:
    """The frame back: what is answered, or that it must come again (None)."""
    said: dict[str, object] = {"code": 500 if answer is None else 200}
    if answer:
        said["data"] = base64.b64encode(json.dumps(answer, ensure_ascii=False).encode()).decode()
    headers = (*frame.headers, ("biz_rt", str(took)))
    return replace(frame, headers=headers, payload=json.dumps(said).encode())
