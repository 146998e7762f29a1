"""A Feishu of our own on loopback: its server API, its events over HTTP or over long connections, its robots.

    async with FeishuServer() as feishu:                      # feishu.app, feishu.environment() point at it
        feishu.callback = "http://127.0.0.1:8080/feishu/event"   # empty: over the long connections
        await feishu.say("lina", "待办")                       # sealed, signed, 3 s, sent again where it fails
        await feishu.say("lina", "@_user_1 待办", chat="oc_sales", calls=[BOT])
        answer = await feishu.press("heting", feishu.inbox.messages[-1], "通过 #1")
        feishu.inbox.messages                                 # what stands in the chats
        feishu.api.fault("create", Fault.HANGS, times=2)

As a process: `python -m tests.fakes.feishu_server` says what to start `gendan serve` with.
"""

import argparse
import asyncio
import dataclasses
import io
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from bot.platforms.feishu.app import FeishuApp
from tests.fakes.feishu_api import Fault, ServerApi
from tests.fakes.feishu_cards import Refused
from tests.fakes.feishu_inbox import Inbox, Message
from tests.fakes.feishu_lines import Lines, answer_in
from tests.fakes.feishu_platform import BOT, Document, Platform, Sealed

__all__ = ["APP", "BOT", "Answered", "Fault", "FeishuServer"]

DEADLINE_S = 3.0
APP = FeishuApp("cli_made_up", "made-up-app-secret", "made-up-encrypt-key", "made-up-verification-token")


@dataclasses.dataclass(frozen=True, slots=True)
class Answered:
    """How an event ended, after how many attempts; `answer` None: nobody confirmed it."""

    answer: Document | None
    attempts: int

    @property
    def toast(self) -> str:
        """What stands above the chat after a press."""
        said = (self.answer or {}).get("toast")
        return str(said["content"]) if isinstance(said, Mapping) else ""


class FeishuServer:
    """One company with one app. `resends` are the seconds after which an event that failed comes again."""

    def __init__(
        self,
        app: FeishuApp = APP,
        *,
        chats: Collection[str] | None = None,
        people: Collection[str] | None = None,
        robot_secrets: Mapping[str, str] | None = None,
        resends: Sequence[float] = (0.05, 0.05, 0.05, 0.05),
        callback: str = "",
        port: int = 0,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.app = app
        self.callback = callback
        self.resends = resends
        self.platform = Platform(app, clock)
        self.inbox = Inbox(chats=chats, people=people)
        self.api = ServerApi(app, self.inbox, dict(robot_secrets or {}))
        self.lines = Lines(app, self.platform)
        self._port = port

    async def __aenter__(self) -> Self:
        server = web.Application(client_max_size=4 << 20)
        server.add_routes([*self.api.routes(), *self.lines.routes(), *self._people()])
        self._runner = web.AppRunner(server, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        port = self._runner.addresses[0][1]
        self.app = dataclasses.replace(self.app, api_base=f"http://127.0.0.1:{port}")
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        await self.lines.cut()
        await self._runner.cleanup()

    def environment(self, mode: str = "http") -> dict[str, str]:
        """What `gendan serve` needs to talk to this server."""
        names = ("app_id", "app_secret", "api_base", "encrypt_key", "verification_token")
        said = {f"GENDAN_FEISHU__{name.upper()}": str(getattr(self.app, name)) for name in names}
        return {**said, "GENDAN_FEISHU__MODE": mode}

    async def say(
        self, user: str, words: str, chat: str = "", message_id: str = "", calls: Sequence[str] = ()
    ) -> Answered:
        """Somebody writes to the bot, or in a group."""
        return await self.send(self.platform.text(user, words, chat, message_id, calls))

    async def press(self, user: str, message: Message, label: str) -> Answered:
        """Somebody presses the button with this label; what is answered changes the card at once. It comes once."""
        chat = message.to if message.to.startswith("oc_") else f"oc_alone_{user}"
        said = self.platform.press(user, message.value_of(label), chat, message.id)
        answer = await self.attempt(said)
        shown = (answer or {}).get("card")
        if isinstance(shown, Mapping):
            if shown.get("type") != "raw":
                raise Refused(200673, "card")
            message.show(shown["data"])
        return Answered(answer, 1)

    async def send(self, document: Document) -> Answered:
        """Deliver as Feishu does: three seconds, and again where it fails."""
        for attempt, wait in enumerate((*self.resends, 0.0), 1):
            if (answer := await self.attempt(document)) is not None:
                return Answered(answer, attempt)
            await asyncio.sleep(wait)
        return Answered(None, len(self.resends) + 1)

    async def attempt(self, document: Document) -> Document | None:
        """Once: over HTTP where an address is known, else over a long connection."""
        if self.callback:
            status, answer = await self.post(self.platform.seal(document))
            return answer if status == 200 else None
        return answer_in(await self.lines.deliver(document))

    async def post(
        self, sealed: Sealed, to: str = "", within: float = DEADLINE_S
    ) -> tuple[int, Document | None]:
        """The status (0: no answer in time, or no connection) and the body."""
        timeout = aiohttp.ClientTimeout(total=within)
        try:
            async with self._session.post(
                to or self.callback, data=io.BytesIO(sealed.body), headers=sealed.headers, timeout=timeout
            ) as response:
                good = response.status == 200
                return response.status, await response.json() if good else None
        except (aiohttp.ClientError, TimeoutError, OSError):
            return 0, None

    async def save_address(self, challenge: str = "ajls384k-4a6e-made-up") -> bool:
        """The administrator saves the address: true when the app reads the text back within a second."""
        return await self.post(self.platform.check(challenge), within=1.0) == (200, {"challenge": challenge})

    def _people(self) -> list[web.RouteDef]:
        """For whoever talks to this server from another process."""

        async def say(request: web.Request) -> web.Response:
            said = await request.json()
            chat = said.get("chat", "")
            words = f"@_user_1 {said['text']}" if chat else said["text"]
            return web.json_response(
                dataclasses.asdict(await self.say(said["user"], words, chat, calls=[BOT] if chat else ()))
            )

        async def press(request: web.Request) -> web.Response:
            said = await request.json()
            message = next(one for one in self.inbox.messages if one.id == said["message"])
            return web.json_response(
                dataclasses.asdict(await self.press(said["user"], message, said["label"]))
            )

        async def seen(_: web.Request) -> web.Response:
            shown = [{**dataclasses.asdict(one), "labels": one.labels} for one in self.inbox.messages]
            return web.json_response({"messages": shown})

        return [web.post("/people/say", say), web.post("/people/press", press), web.get("/people/seen", seen)]


async def _serve(port: int, callback: str) -> None:
    async with FeishuServer(port=port, callback=callback) as feishu:
        for name, value in feishu.environment("http" if callback else "socket").items():
            sys.stdout.write(f"export {name}={value}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A Feishu of our own on loopback.")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--callback", default="", help="where events go; without it over the long connection")
    arguments = parser.parse_args()
    asyncio.run(_serve(arguments.port, arguments.callback))
