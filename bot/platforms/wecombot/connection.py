"""One long connection of a bot: frames of JSON, each request answered under its own id.

https://developer.work.weixin.qq.com/document/path/101463
"""

import asyncio
import json
import logging
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp

from bot.platforms.wecombot import errcodes
from bot.platforms.wecombot.bot import AiBot
from domain.sending import Misconfigured, TryLater

log = logging.getLogger(__name__)
LONGEST = 4 << 20
CALLBACKS = frozenset({"aibot_msg_callback", "aibot_event_callback"})
DISPLACED = "disconnected_event"


@dataclass(frozen=True, slots=True)
class Pace:
    """How long everything may take. A ping that finds no answer ends the connection."""

    opening: timedelta = timedelta(seconds=10)
    answer: timedelta = timedelta(seconds=8)
    ping: timedelta = timedelta(seconds=30)
    closing: timedelta = timedelta(seconds=2)


class Displaced(Exception):
    """Another connection of the same bot has taken this one's place."""


@dataclass(frozen=True, slots=True)
class Callback:
    """A frame that wants an answer under the same id."""

    req_id: str
    body: Mapping[str, Any]


class Connection:
    """Requests may be made by many at once; those under one id follow one another, as only the id comes back."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse, pace: Pace) -> None:
        self._socket = socket
        self._pace = pace
        self._waiting: dict[str, asyncio.Future[int]] = {}
        self._in_turn: dict[str, asyncio.Lock] = {}

    async def ask(self, cmd: str, body: Mapping[str, object] | None, req_id: str = "") -> None:
        """Send, and return when the platform has taken it; raises what its code means, `TryLater` without an answer."""
        name = req_id or f"{cmd}-{secrets.token_hex(12)}"
        turn = self._in_turn.setdefault(name, asyncio.Lock())
        try:
            async with asyncio.timeout(self._pace.answer.total_seconds()), turn:
                code = await self._asked(name, cmd, body)
        except TimeoutError:
            raise TryLater("企业微信没有在限定时间内确认（长连接）") from None
        finally:
            if not turn.locked():
                self._in_turn.pop(name, None)
        if code == errcodes.NOT_SUBSCRIBED:
            await self.close()
        errcodes.check(code)

    async def listen(self, attend: Callable[["Connection", Callback], None]) -> None:
        """Hand every callback over until the connection ends; raises `Displaced` when another has taken its place."""
        pinging = asyncio.create_task(self._ping())
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(message.data, attend)
        finally:
            pinging.cancel()
            with suppress(asyncio.CancelledError):
                await pinging
            self._lost()

    async def close(self) -> None:
        """End it; who waits for an answer learns that none will come."""
        self._lost()
        await self._socket.close()

    async def _asked(self, name: str, cmd: str, body: Mapping[str, object] | None) -> int:
        frame: dict[str, object] = {"cmd": cmd, "headers": {"req_id": name}}
        said = frame if body is None else {**frame, "body": body}
        answer: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._waiting[name] = answer
        try:
            await self._socket.send_str(
                json.dumps(said, ensure_ascii=False).encode("utf-8", "replace").decode()
            )
            return await answer
        except (aiohttp.ClientError, OSError) as error:
            raise errcodes.Dead(f"长连接断了（{type(error).__name__}）") from None
        finally:
            self._waiting.pop(name, None)

    def _take(self, said: str, attend: Callable[["Connection", Callback], None]) -> None:
        frame = _object(said)
        req_id = str(_inside(frame, "headers").get("req_id", ""))
        if frame.get("cmd") in CALLBACKS:
            body = _inside(frame, "body")
            if _inside(body, "event").get("eventtype") == DISPLACED:
                raise Displaced
            attend(self, Callback(req_id, body))
        elif (waiting := self._waiting.get(req_id)) is not None and not waiting.done():
            waiting.set_result(_code(frame))

    async def _ping(self) -> None:
        while True:
            await asyncio.sleep(self._pace.ping.total_seconds())
            try:
                await self.ask("ping", None)
            except (TryLater, Misconfigured):
                log.warning("long connection gives no sign of life")
                await self._socket.close()
                return

    def _lost(self) -> None:
        for waiting in self._waiting.values():
            if not waiting.done():
                waiting.set_exception(errcodes.Dead("长连接断了"))


@asynccontextmanager
async def connected(bot: AiBot, session: aiohttp.ClientSession, pace: Pace) -> AsyncIterator[Connection]:
    """A connection open to frames, closed at the end. Raises `TryLater` where nobody answers."""
    try:
        async with asyncio.timeout(pace.opening.total_seconds()):
            socket = await session.ws_connect(
                bot.socket_url,
                timeout=aiohttp.ClientWSTimeout(ws_close=pace.closing.total_seconds()),
                max_msg_size=LONGEST,
            )
    except aiohttp.InvalidURL:
        raise Misconfigured("长连接地址（GENDAN_WECOM_BOT__SOCKET_URL）不是一个网址") from None
    except (TimeoutError, aiohttp.ClientError, OSError) as error:
        raise TryLater(f"连不上企业微信的长连接（{type(error).__name__}）") from None
    try:
        yield Connection(socket, pace)
    finally:
        await socket.close()


def _object(said: str) -> Mapping[str, Any]:
    """The frame; what is none is nobody's."""
    try:
        frame = json.loads(said)
    except (ValueError, RecursionError):
        return {}
    return frame if isinstance(frame, dict) else {}


def _inside(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    inner = document.get(name)
    return inner if isinstance(inner, dict) else {}


def _code(frame: Mapping[str, Any]) -> int:
    try:
        return int(str(frame.get("errcode", 0)))
    except ValueError:
        return -1
