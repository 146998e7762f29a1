"""WeCom's end of a bot's long connection on loopback: one connection at a time, and switches that make it fail.

async with BotSocket() as wecom:                     # wecom.bot, wecom.environment() point at it
    await wecom.connected()
    body = await wecom.say("LiNa", "待办", chat="wr-sales")
    shown = await wecom.answer(body)                 # what stands in the chat
    await wecom.press("HeTing", shown, "通过")
"""

import asyncio
import dataclasses
import json
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Self, TypeVar

import aiohttp
from aiohttp import web

from bot.platforms.wecombot.bot import AiBot
from tests.fakes.wecombot_chat import BOT, Refused, Room, Shown, event, pressed, said

__all__ = ["BOT", "BotSocket", "Shown"]

Found = TypeVar("Found")
WAIT_S = 10.0
HURRY_S = 5.0
HURRIED = {"aibot_respond_welcome_msg": "enter_chat", "aibot_respond_update_msg": "template_card_event"}


@dataclasses.dataclass
class Live:
    """A connection: what was asked on it, by its request id."""

    socket: web.WebSocketResponse
    transport: asyncio.Transport
    subscribed: bool = False
    asked: dict[str, tuple[dict[str, Any], float]] = dataclasses.field(default_factory=dict)


class BotSocket:
    """One bot. `codes` are errcodes for the next frames of a command; `mute` commands get no answer."""

    def __init__(self, bot: AiBot = BOT, port: int = 0) -> None:
        self.bot = bot
        self.room = Room()
        self.live: Live | None = None
        self.subscribed = 0
        self.displaced = 0
        self.frames: list[dict[str, Any]] = []
        self.codes: dict[str, list[int]] = {}
        self.mute: set[str] = set()
        self._port = port
        self._numbers = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes([web.get("/", self._serve)])
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        port = self._runner.addresses[0][1]
        self.bot = dataclasses.replace(self.bot, socket_url=f"ws://127.0.0.1:{port}")
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._runner.cleanup()

    def environment(self) -> dict[str, str]:
        """What `gendan serve` needs to talk to this server."""
        names = ("bot_id", "name", "secret", "socket_url")
        return {f"GENDAN_WECOM_BOT__{name.upper()}": str(getattr(self.bot, name)) for name in names}

    async def connected(self, beyond: int = 0) -> None:
        """Wait until somebody has subscribed, more often than `beyond` times."""
        await until(lambda: bool(self.live and self.live.subscribed and self.subscribed > beyond) or None)

    async def say(
        self, user: str, words: str, chat: str = "", message_id: str = "", **more: object
    ) -> dict[str, Any]:
        """Somebody writes; gives the body, which sent again is a re-send."""
        return await self.send(said(self.bot, user, words, chat, message_id, **more))

    async def press(self, user: str, shown: Shown, label: str) -> dict[str, Any]:
        """Somebody presses a button."""
        return await self.send(pressed(self.bot, user, shown, label))

    async def enter(self, user: str) -> dict[str, Any]:
        """Somebody opens the chat for the first time that day."""
        return await self.send(event(self.bot, user, "enter_chat"))

    async def send(self, body: dict[str, Any]) -> dict[str, Any]:
        """A callback, to whoever is connected; nobody: it is lost, as nothing is sent again."""
        if body.get("msgtype") != "event":
            self.room.spoken.add(body.get("chatid") or body["from"]["userid"])
        self._numbers += 1
        req_id = f"req-{self._numbers}"
        if self.live is None or not self.live.subscribed:
            return body
        self.live.asked[req_id] = (body, time.monotonic())
        cmd = "aibot_event_callback" if body.get("msgtype") == "event" else "aibot_msg_callback"
        await self.live.socket.send_str(_frame(cmd, req_id, body))
        return body

    async def answer(self, body: dict[str, Any]) -> Shown:
        """What this message was answered in the chat: the first that is finished and new there."""

        def there() -> Shown | None:
            return next(
                (one for one in self.room.shown if one.stream == body["msgid"] and one.finished), None
            )

        return await until(there)

    async def hears(self, chat: str, *words: str) -> Shown:
        """Wait until something with these words stands in this chat."""

        def there() -> Shown | None:
            found = (one for one in self.room.in_chat(chat) if all(word in one.text for word in words))
            return next(found, None)

        try:
            return await until(there)
        except TimeoutError:
            raise AssertionError(f"{chat} was not told {words}, only {self.room.texts(chat)}") from None

    def drop(self, *, mid_frame: bool = False) -> None:
        """The connection is cut, perhaps in the middle of a frame."""
        assert self.live is not None
        if mid_frame:
            self.live.transport.write(b'\x81\x7e\x03\xe8{"cmd":"aibot_msg_callback","headers":{"req')
        self.live.transport.close()

    async def close(self, code: int = 1000) -> None:
        """The connection is closed in good order."""
        assert self.live is not None
        await self.live.socket.close(code=code)

    async def _serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        assert isinstance(request.transport, asyncio.Transport)
        live = Live(socket, request.transport)
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    await self._take(live, json.loads(message.data))
        finally:
            if self.live is live:
                self.live = None
        return socket

    async def _take(self, live: Live, frame: dict[str, Any]) -> None:
        self.frames.append(frame)
        cmd, req_id = frame["cmd"], frame["headers"]["req_id"]
        if cmd in self.mute:
            return
        try:
            if self.codes.get(cmd):
                raise Refused(self.codes[cmd].pop(0), "made up")
            await self._do(live, cmd, req_id, frame.get("body") or {})
            code, why = 0, "ok"
        except Refused as refused:
            code, why = refused.code, str(refused)
        answer = {"headers": {"req_id": req_id}, "errcode": code, "errmsg": why}
        if not live.socket.closed:
            await live.socket.send_str(json.dumps(answer))

    async def _do(self, live: Live, cmd: str, req_id: str, body: dict[str, Any]) -> None:
        if cmd == "aibot_subscribe":
            await self._subscribe(live, body)
        elif not live.subscribed:
            raise Refused(846609, "not subscribed")
        elif cmd == "aibot_send_msg":
            if body["chatid"] not in self.room.spoken:
                raise Refused(846699, "nobody has spoken there")
            self.room.show(body["chatid"], body)
        elif cmd != "ping":
            self._respond(live, cmd, req_id, body)

    def _respond(self, live: Live, cmd: str, req_id: str, body: dict[str, Any]) -> None:
        if req_id not in live.asked:
            raise Refused(846605, "invalid req_id")
        callback, at = live.asked[req_id]
        chat = callback.get("chatid") or callback["from"]["userid"]
        if cmd in HURRIED:
            late = time.monotonic() - at > HURRY_S
            if late or callback.get("event", {}).get("eventtype") != HURRIED[cmd]:
                raise Refused(846605, "too late, or no such event")
        if cmd == "aibot_respond_update_msg":
            self.room.update(body, callback["from"]["userid"])
        else:
            if body["msgtype"] == "stream_with_template_card":
                raise Refused(40008, "callbacks only")
            shown = self.room.show(chat, body)
            shown.stream = shown.stream or callback["msgid"]

    async def _subscribe(self, live: Live, body: dict[str, Any]) -> None:
        if (body.get("bot_id"), body.get("secret")) != (self.bot.bot_id, self.bot.secret):
            raise Refused(853000, "invalid bot_id or secret")
        old, self.live = self.live, live
        live.subscribed = True
        self.subscribed += 1
        if old is not None and old is not live and not old.socket.closed:
            self.displaced += 1
            gone = event(self.bot, "", "disconnected_event")
            await old.socket.send_str(_frame("aibot_event_callback", "gone", gone))
            await old.socket.close()


def _frame(cmd: str, req_id: str, body: dict[str, Any]) -> str:
    return json.dumps({"cmd": cmd, "headers": {"req_id": req_id}, "body": body}, ensure_ascii=False)


async def until(there: Callable[[], Found | None], wait_s: float = WAIT_S) -> Found:
    """What `there` gives as soon as it gives something, or raise `TimeoutError`."""
    async with asyncio.timeout(wait_s):
        while (found := there()) is None:  # noqa: ASYNC110 - what is waited for happens elsewhere
            await asyncio.sleep(0.01)
        return found
