"""WeCom's side of a bot in URL mode: signed and encrypted callbacks, the polling of streams, the address for later.

async with BotCallbacks() as wecom:
    wecom.callback = "http://127.0.0.1:8080/wecom/bot"
    answered = await wecom.say("LiNa", "待办")        # 5 s, three attempts; a stream is asked for until it ends
"""

import asyncio
import dataclasses
import itertools
import json
import secrets
import time
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

import aiohttp
from aiohttp import web

from bot.platforms.wecom.crypto import Envelope
from bot.platforms.wecombot.bot import AiBot
from tests.fakes.wecombot_chat import BOT, Refused, Room, Shown, event, framed, pressed, said

ATTEMPTS = 3
DEADLINE = 5.0
POLLED_FOR = 360.0


@dataclasses.dataclass(frozen=True, slots=True)
class Answered:
    """How a callback ended: the answer as it was read, after so many attempts; `status` 0: nobody answered."""

    status: int
    attempts: int = 1
    body: Mapping[str, Any] | None = None


class WrongAnswer(AssertionError):
    """WeCom would have shown nothing."""


class BotCallbacks:
    """One bot. `polls` is how long WeCom goes on asking, `every` how often; `clock` gives unix seconds."""

    def __init__(self, bot: AiBot = BOT, clock: Callable[[], float] = time.time) -> None:
        self.bot = bot
        self.callback = ""
        self.room = Room()
        self.polls = POLLED_FOR
        self.every = 0.1
        self.later: list[tuple[str, Mapping[str, Any]]] = []
        self.later_status = 200
        self._clock = clock
        self._envelope = Envelope(bot.token, bot.aes_key, "")
        self._urls: dict[str, str] = {}
        self._numbers = itertools.count(1)

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes([web.post("/response/{name}", self._answered_later)])
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self._base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.bot = dataclasses.replace(self.bot, api_base=self._base)
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        await self._runner.cleanup()

    def environment(self) -> dict[str, str]:
        """What `gendan serve` needs to be called by this server."""
        names = ("bot_id", "name", "token", "aes_key", "api_base")
        said = {f"GENDAN_WECOM_BOT__{name.upper()}": str(getattr(self.bot, name)) for name in names}
        return {**said, "GENDAN_WECOM_BOT__MODE": "http"}

    async def say(self, user: str, words: str, chat: str = "", message_id: str = "") -> Answered:
        """Somebody writes."""
        return await self.send(
            said(self.bot, user, words, chat, message_id, response_url=self.url(chat or user))
        )

    async def press(self, user: str, shown: Shown, label: str) -> Answered:
        """Somebody presses a button: told once, never again."""
        body = {**pressed(self.bot, user, shown, label), "response_url": self.url(shown.chat)}
        return await self.send(body, attempts=1)

    async def enter(self, user: str) -> Answered:
        """Somebody opens the chat for the first time that day."""
        return await self.send(event(self.bot, user, "enter_chat"), attempts=1)

    async def send(self, body: Mapping[str, Any], attempts: int = ATTEMPTS, to: str = "") -> Answered:
        """Deliver as WeCom does, and ask for the stream until it ends."""
        answered = Answered(0)
        for attempt in range(1, attempts + 1):
            answered = dataclasses.replace(await self.attempt(body, to), attempts=attempt)
            if answered.status == 200:
                break
        await self._show(body, answered, to)
        return answered

    async def attempt(self, body: Mapping[str, Any], to: str = "") -> Answered:
        """One request."""
        sealed = self._envelope.seal(json.dumps(body, ensure_ascii=False).encode())
        query = self.signed(sealed)
        timeout = aiohttp.ClientTimeout(total=DEADLINE)
        try:
            async with self._session.post(
                to or self.callback, params=query, json={"encrypt": sealed}, timeout=timeout
            ) as response:
                raw = await response.read()
                return Answered(response.status, body=self._read(raw, query["nonce"]) if raw else None)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return Answered(0)

    def signed(self, sealed: str) -> dict[str, str]:
        """The query beside a sealed text."""
        timestamp, nonce = str(int(self._clock())), str(secrets.randbelow(10**10))
        signature = self._envelope.signature(timestamp, nonce, sealed)
        return {"msg_signature": signature, "timestamp": timestamp, "nonce": nonce}

    async def save_address(self, echo: str = "1288432023552776189") -> bool:
        """The administrator saves the address: true when the text is read back within a second."""
        sealed = self._envelope.seal(echo.encode())
        async with self._session.get(
            self.callback,
            params={**self.signed(sealed), "echostr": sealed},
            timeout=aiohttp.ClientTimeout(total=1),
        ) as response:
            return response.status == 200 and await response.read() == echo.encode()

    def url(self, chat: str) -> str:
        """An address at which one answer may be given later."""
        name = secrets.token_urlsafe(16)
        self._urls[name] = chat
        return f"{self._base}/response/{name}"

    def _read(self, raw: bytes, nonce: str) -> Mapping[str, Any]:
        outer = json.loads(raw)
        if set(outer) != {"encrypt", "msgsignature", "timestamp", "nonce"} or outer["nonce"] != nonce:
            raise WrongAnswer(f"fields {sorted(outer)}")
        signature = self._envelope.signature(str(outer["timestamp"]), nonce, outer["encrypt"])
        if outer["msgsignature"] != signature or not isinstance(outer["timestamp"], int):
            raise WrongAnswer("signature of the answer")
        inner: Mapping[str, Any] = json.loads(self._envelope.open(outer["encrypt"]))
        return inner

    async def _show(self, body: Mapping[str, Any], answered: Answered, to: str) -> None:
        said = answered.body
        if said is None:
            return
        user, chat = body["from"]["userid"], body.get("chatid") or body["from"]["userid"]
        if "response_type" in said:
            self.room.update(said, user)
            return
        self.room.show(chat, said)
        ends = time.monotonic() + self.polls
        while said.get("msgtype") == "stream" and not said["stream"]["finish"] and time.monotonic() < ends:
            await asyncio.sleep(self.every)
            asked = framed(
                self.bot, user, body.get("chatid", ""), msgtype="stream", stream={"id": said["stream"]["id"]}
            )
            again = await self.attempt(asked, to)
            if again.body is not None:
                said = again.body
                self.room.show(chat, said)

    async def _answered_later(self, request: web.Request) -> web.Response:
        chat = self._urls.pop(request.match_info["name"], None)
        if self.later_status != 200:
            return web.Response(status=self.later_status, text="<html>oops</html>")
        if chat is None:
            return web.json_response({"errcode": 60140, "errmsg": "used"})
        said = await request.json()
        self.later.append((chat, said))
        try:
            self.room.show(chat, said)
        except Refused as refused:
            return web.json_response({"errcode": refused.code, "errmsg": str(refused)})
        return web.json_response({"errcode": 0, "errmsg": "ok"})
