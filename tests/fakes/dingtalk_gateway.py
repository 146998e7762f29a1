"""DingTalk's Stream gateway: tickets that open one connection each, pushes to any of them, and bad lines."""

import asyncio
import json
import random
import secrets
import struct
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from aiohttp import WSMsgType, web

from bot.platforms.dingtalk.app import DingTalkApp
from tests.fakes.dingtalk_api import Fault, failing, failure

TICKET_LIVES = 90.0
TOPICS = {"/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback"}


@dataclass(eq=False)
class Connection:
    """One line that an app holds. `frames` are what it answered, by message id."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport
    leaving: bool = False
    answers: dict[str, asyncio.Future[Mapping[str, object]]] = field(default_factory=dict)

    async def send(self, frame: Mapping[str, object], *, split: bool = False) -> None:
        """Push it; `split` in two pieces, as a line may."""
        text = json.dumps(frame, ensure_ascii=False)
        if not split:
            await self.socket.send_str(text)
            return
        raw = text.encode()
        half = len(raw) // 2
        self.transport.write(_head(0x01, half) + raw[:half])
        await asyncio.sleep(0.02)
        self.transport.write(_head(0x80, len(raw) - half) + raw[half:])

    def break_off(self) -> None:
        """End in the middle of a frame."""
        self.transport.write(_head(0x81, 1000) + b'{"specVersion"')
        self.transport.abort()


class Gateway:
    """`opened` counts connections ever made, `connections` are those that stand."""

    def __init__(self, app: DingTalkApp, address: Callable[[], str]) -> None:
        self.connections: list[Connection] = []
        self.opened = 0
        self.asked = 0
        self.subscribed: list[object] = []
        self.closing_after = 10.0
        self.faults: deque[Fault | int] = deque()
        self._app = app
        self._address = address
        self._tickets: dict[str, float] = {}
        self._opened = asyncio.Event()

    def routes(self) -> list[web.RouteDef]:
        """Where it is."""
        return [
            web.post("/v1.0/gateway/connections/open", self._open),
            web.get("/connect", self._connect),
        ]

    async def standing(self, count: int, within: float = 10.0) -> None:
        """Return once so many connections stand that nobody has asked to leave."""
        async with asyncio.timeout(within):
            while len(self.listening) < count:
                self._opened.clear()
                await self._opened.wait()

    @property
    def listening(self) -> list[Connection]:
        """Where pushes go."""
        return [one for one in self.connections if not (one.leaving or one.transport.is_closing())]

    async def push(
        self,
        topic: str,
        data: Mapping[str, object],
        *,
        to: Connection | None = None,
        within: float = 10.0,
        split: bool = False,
        message_id: str = "",
    ) -> Mapping[str, object] | None:
        """Give it to one connection, any; says how it was confirmed, or None when it was not in time."""
        if to is None and not self.listening:
            return None  # said while nobody listens: lost
        line = to or random.choice(self.listening)
        name = message_id or secrets.token_hex(8)
        answer = line.answers.setdefault(name, asyncio.get_running_loop().create_future())
        await line.send(_frame("CALLBACK", topic, name, data), split=split)
        try:
            return await asyncio.wait_for(asyncio.shield(answer), within)
        except (TimeoutError, asyncio.CancelledError):
            return None

    async def ping(self, line: Connection) -> Mapping[str, object]:
        """Ask whether it listens."""
        name = secrets.token_hex(8)
        answer = line.answers[name] = asyncio.get_running_loop().create_future()
        await line.send(_frame("SYSTEM", "ping", name, {"opaque": name}))
        return await asyncio.wait_for(answer, 5)

    async def disconnect(self, line: Connection) -> None:
        """Say that the line will be closed, and close it a little later."""
        line.leaving = True
        await line.send(
            _frame("SYSTEM", "disconnect", secrets.token_hex(8), {"reason": "connection is expired"})
        )
        asyncio.get_running_loop().call_later(self.closing_after, line.transport.abort)

    async def _open(self, request: web.Request) -> web.StreamResponse:
        self.asked += 1
        if self.faults:
            fault = self.faults.popleft()
            return failure("system.error", fault) if isinstance(fault, int) else await failing(request, fault)
        said = await request.json()
        if (said.get("clientId"), said.get("clientSecret")) != (self._app.app_key, self._app.app_secret):
            return failure("authFailed", 401)
        self.subscribed = said["subscriptions"]
        ticket = secrets.token_hex(16)
        self._tickets[ticket] = time.monotonic() + TICKET_LIVES
        return web.json_response({"endpoint": f"{self._address()}/connect", "ticket": ticket})

    async def _connect(self, request: web.Request) -> web.StreamResponse:
        if time.monotonic() >= self._tickets.pop(request.query.get("ticket", ""), 0.0):
            return web.Response(status=401)
        socket = web.WebSocketResponse(heartbeat=None)
        await socket.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        line = Connection(socket, request.transport)
        self.connections.append(line)
        self.opened += 1
        self._opened.set()
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._answered(line, json.loads(message.data))
        finally:
            self.connections.remove(line)
        return socket

    @staticmethod
    def _answered(line: Connection, frame: Mapping[str, object]) -> None:
        headers = frame["headers"]
        assert isinstance(headers, Mapping)
        assert isinstance(frame["data"], str)
        answer = line.answers.get(str(headers["messageId"]))
        if answer is not None and not answer.done():
            answer.set_result({"code": frame["code"], "data": json.loads(frame["data"])})


def _frame(kind: str, topic: str, name: str, data: Mapping[str, object]) -> Mapping[str, object]:
    headers = {
        "topic": topic,
        "messageId": name,
        "contentType": "application/json",
        "time": str(int(time.time() * 1000)),
        "appId": "app",
        "connectionId": "c",
    }
    return {
        "specVersion": "1.0",
        "type": kind,
        "headers": headers,
        "data": json.dumps(data, ensure_ascii=False),
    }


def _head(first: int, length: int) -> bytes:
    """The head of a WebSocket frame from a server."""
    return bytes([first, 126]) + struct.pack("!H", length) if length > 125 else bytes([first, length])
