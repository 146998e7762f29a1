"""A WeCom of our own on loopback: its server API, and its side of the callbacks.

    async with WecomServer() as wecom:                       # wecom.app, wecom.environment() point at it
        wecom.callback = "http://127.0.0.1:8080/wecom/callback"
        answer = await wecom.say("LiNa", "待办")              # signed, encrypted, 5 s, up to three attempts
        await wecom.press(wecom.inbox.app[-1], "确认")
        wecom.inbox.groups                                   # what the groups' robots said
        wecom.api.fault("message/send", Fault.HANGS, times=2)

As a process: `python -m tests.fakes.wecom_server` says what to start `gendan serve` with.
"""

import argparse
import asyncio
import dataclasses
import itertools
import sys
import time
from collections.abc import Callable, Collection
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from bot.platforms.wecom.app import WecomApp
from tests.fakes.wecom_api import Fault, ServerApi
from tests.fakes.wecom_inbox import AppMessage, Inbox
from tests.fakes.wecom_platform import SILENCE, Callback, Passive, Platform, response_code

__all__ = ["APP", "Answered", "Fault", "WecomServer"]

ATTEMPTS = 3
DEADLINE = 5.0
KEY = "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt"  # the one WeCom publishes with its samples
APP = WecomApp("ww1436e0e65a779aee", 1000002, "made-up-app-secret", "madeUpCallbackToken", KEY)


@dataclasses.dataclass(frozen=True, slots=True)
class Answered:
    """How a callback ended: what the user sees, after how many attempts; `status` 0 when nobody answered."""

    status: int
    attempts: int
    passive: Passive = SILENCE

    @property
    def text(self) -> str:
        """What the user reads at once; empty when nothing came back."""
        return self.passive.text


class WecomServer:
    """One corp with one app. `members` and `robots` None: everybody exists."""

    def __init__(
        self,
        app: WecomApp = APP,
        *,
        members: Collection[str] | None = None,
        robots: Collection[str] | None = None,
        callback: str = "",
        port: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app = app
        self.callback = callback
        self.platform = Platform(app)
        self.inbox = Inbox(app.agent_id, clock, members, robots)
        self.api = ServerApi(app, self.inbox)
        self._port = port
        self._presses = itertools.count(1)

    async def __aenter__(self) -> Self:
        server = web.Application(client_max_size=4 << 20)
        server.add_routes([*self.api.routes(), *self._people()])
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
        await self._runner.cleanup()

    def environment(self) -> dict[str, str]:
        """What `gendan serve` needs to talk to this server."""
        names = ("corp_id", "agent_id", "secret", "token", "aes_key", "api_base")
        return {f"GENDAN_WECOM__{name.upper()}": str(getattr(self.app, name)) for name in names}

    async def say(self, user: str, words: str, message_id: str = "") -> Answered:
        """Somebody writes to the app."""
        return await self.send(self.platform.text(user, words, message_id))

    async def press(self, message: AppMessage, label: str) -> Answered:
        """The receiver of a card presses the button with this label."""
        task = str((message.card or {})["task_id"])
        pressed = self.platform.event(
            message.user,
            "template_card_event",
            EventKey=message.key_of(label),
            TaskId=task,
            CardType="button_interaction",
            ResponseCode=response_code(f"{task}/{next(self._presses)}", message.user),
        )
        return await self.send(pressed)

    async def send(self, callback: Callback, to: str = "") -> Answered:
        """Deliver as WeCom does: five seconds, three attempts, anything but a 200 is a failure."""
        status = 0
        for attempt in range(1, ATTEMPTS + 1):
            status, body = await self.attempt(callback, to)
            if status == 200:
                return Answered(status, attempt, self.platform.read(callback, body))
        return Answered(status, ATTEMPTS)

    async def attempt(self, callback: Callback, to: str = "") -> tuple[int, bytes]:
        """One attempt: the status (0: no answer in time, or no connection) and the body."""
        timeout = aiohttp.ClientTimeout(total=DEADLINE)
        try:
            async with self._session.post(
                to or self.callback, params=callback.query, data=callback.body, timeout=timeout
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError):
            return 0, b""

    async def save_address(self, echo: str = "1288432023552776189") -> bool:
        """The administrator saves the address: true when the app reads the text back within a second."""
        async with self._session.get(
            self.callback, params=self.platform.check(echo), timeout=aiohttp.ClientTimeout(total=1)
        ) as response:
            return response.status == 200 and await response.read() == echo.encode()

    def _people(self) -> list[web.RouteDef]:
        """For whoever talks to this server from another process."""

        async def say(request: web.Request) -> web.Response:
            said = await request.json()
            return web.json_response(
                dataclasses.asdict(await self.say(said["user"], said["text"], said.get("id", "")))
            )

        async def seen(request: web.Request) -> web.Response:
            app = [dataclasses.asdict(message) for message in self.inbox.app]
            groups = [dataclasses.asdict(message) for message in self.inbox.groups]
            return web.json_response({"app": app, "groups": groups})

        return [web.post("/people/say", say), web.get("/people/seen", seen)]


async def _serve(port: int, callback: str) -> None:
    async with WecomServer(port=port, callback=callback) as wecom:
        for name, value in wecom.environment().items():
            sys.stdout.write(f"export {name}={value}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A WeCom of our own on loopback.")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--callback", default="http://127.0.0.1:8080/wecom/callback")
    arguments = parser.parse_args()
    asyncio.run(_serve(arguments.port, arguments.callback))
