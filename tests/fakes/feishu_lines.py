"""Feishu's side of the long connection: where it leads, frames, acknowledgements, and switches that make it fail."""

import asyncio
import base64
import json
import random
from collections import deque
from collections.abc import Mapping
from dataclasses import replace

from aiohttp import WSMsgType, web

from bot.platforms.feishu import frames
from bot.platforms.feishu.app import FeishuApp
from bot.platforms.feishu.frames import Frame
from tests.fakes.feishu_platform import Document, Platform

SERVICE = 33554678
DEADLINE_S = 3.0


class Lines:
    """All connections of one app. `ping_s` is told to clients; `most` connections are allowed."""

    def __init__(self, app: FeishuApp, platform: Platform, ping_s: int = 120, most: int = 50) -> None:
        self.pings = 0
        self.opened = 0
        self.ping_s = ping_s
        self.most = most
        self.refusals: deque[int] = deque()
        self.mute = False
        self.largest_frame = 4096
        self.open: list[web.WebSocketResponse] = []
        self._app = app
        self._platform = platform
        self._waiting: dict[str, asyncio.Future[Document]] = {}

    def routes(self) -> list[web.RouteDef]:
        """Where they are."""
        return [web.post("/callback/ws/endpoint", self._endpoint), web.get("/ws/v2", self._connect)]

    async def deliver(self, document: Document, *, copies: int = 1, kind: str = "event") -> Document | None:
        """One attempt over any one connection: what was acknowledged, None when nothing was within three seconds."""
        message = self._platform.next_id("msg-")
        answered: asyncio.Future[Document] = asyncio.get_running_loop().create_future()
        self._waiting[message] = answered
        try:
            for _ in range(copies):
                socket = random.choice(self.open)
                for frame in self.frames(document, message, kind):
                    await socket.send_bytes(frames.encode(frame))
            return await asyncio.wait_for(answered, DEADLINE_S)
        except (TimeoutError, ConnectionError, IndexError):
            return None
        finally:
            self._waiting.pop(message, None)

    def frames(self, document: Document, message: str, kind: str = "event") -> list[Frame]:
        """A document in as many frames as it takes."""
        payload = json.dumps(document, ensure_ascii=False).encode()
        parts = [payload[at : at + self.largest_frame] for at in range(0, len(payload), self.largest_frame)]
        headers = (("type", kind), ("message_id", message), ("trace_id", "t"), ("sum", str(len(parts))))
        frame = Frame(frames.DATA, SERVICE, sequence=1, log=2)
        return [
            replace(frame, headers=(*headers, ("seq", str(place))), payload=part)
            for place, part in enumerate(parts)
        ]

    async def cut(self, *, half: bytes = b"") -> None:
        """Drop every connection, in the middle of a frame where `half` of one is given."""
        for socket in list(self.open):
            transport = socket._req.transport if socket._req else None
            if transport is not None:
                transport.write(half)
                transport.abort()

    async def hang_up(self) -> None:
        """Close every connection as it should be."""
        for socket in list(self.open):
            await socket.close()

    async def _endpoint(self, request: web.Request) -> web.Response:
        if self.refusals:
            return web.json_response({"code": self.refusals.popleft(), "msg": "made up"})
        said = await request.json()
        if (said.get("AppID"), said.get("AppSecret")) != (self._app.app_id, self._app.app_secret):
            return web.json_response({"code": 514, "msg": "auth failed"})
        if len(self.open) >= self.most:
            return web.json_response({"code": 1000040350, "msg": "too many connections"})
        url = f"ws://{request.host}/ws/v2?device_id=d&service_id={SERVICE}&ticket=made-up-ticket"
        config = {
            "ReconnectCount": -1,
            "ReconnectInterval": 120,
            "ReconnectNonce": 30,
            "PingInterval": self.ping_s,
        }
        return web.json_response({"code": 0, "msg": "", "data": {"URL": url, "ClientConfig": config}})

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        if request.query.get("ticket") != "made-up-ticket":
            return web.Response(status=403, headers={"Handshake-Status": "514", "Handshake-Msg": "auth"})
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        self.opened += 1
        self.open.append(socket)
        try:
            async for message in socket:
                if message.type is WSMsgType.BINARY:
                    await self._heard(socket, frames.decode(message.data))
        finally:
            self.open.remove(socket)
        return socket

    async def _heard(self, socket: web.WebSocketResponse, frame: Frame) -> None:
        if frame.method == frames.CONTROL:
            assert (frame.service, frame.header("type")) == (SERVICE, "ping")
            self.pings += 1
            if not self.mute:
                config = json.dumps({"PingInterval": self.ping_s}).encode()
                await socket.send_bytes(
                    frames.encode(Frame(frames.CONTROL, SERVICE, (("type", "pong"),), config))
                )
            return
        assert frame.header("biz_rt").isdigit()
        waiting = self._waiting.get(frame.header("message_id"))
        if waiting is not None and not waiting.done():
            waiting.set_result(json.loads(frame.payload))


def answer_in(acknowledged: Mapping[str, object] | None) -> Document | None:
    """What the acknowledgement carries; None where it is none, or says that the event must come again."""
    if acknowledged is None or acknowledged.get("code") != 200:
        return None
    data = acknowledged.get("data")
    answer = json.loads(base64.b64decode(str(data))) if data else {}
    assert isinstance(answer, dict)
    return answer
