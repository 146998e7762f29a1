"""A DingTalk of our own on loopback: its server API, its Stream gateway, and its side of the callbacks.

    async with DingTalkServer() as dingtalk:                   # dingtalk.app, dingtalk.environment() point at it
        dingtalk.callback = "http://127.0.0.1:8080"            # HTTP mode; leave it empty for Stream
        await dingtalk.say("LiNa", "罐装可乐20箱", group="cid1")
        dingtalk.inbox.shown                                   # what groups and people see
        await dingtalk.press(dingtalk.card("确认"), "确认", "LiNa")
        dingtalk.api.fault("robot/sendBySession", Fault.HANGS)

As a process: `python -m tests.fakes.dingtalk_server` says what to start `gendan serve` with.
"""

import argparse
import asyncio
import dataclasses
import sys
import time
from collections.abc import Callable, Collection, Mapping
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp import web

from bot.platforms.dingtalk.app import DingTalkApp
from tests.fakes.dingtalk_api import Fault, ServerApi
from tests.fakes.dingtalk_gateway import Gateway
from tests.fakes.dingtalk_inbox import Card, Inbox
from tests.fakes.dingtalk_platform import Platform, Request

__all__ = ["APP", "Confirmed", "DingTalkServer", "Fault"]

MESSAGES, PRESSES = "/v1.0/im/bot/messages/get", "/v1.0/card/instances/callback"
TEMPLATE = "00000000-made-up-template.schema"
APP = DingTalkApp("dingmadeupappkey", "made-up-app-secret", "dingmadeupappkey", TEMPLATE)
MESSAGE_S, PRESS_S = 3.0, 2.0


@dataclasses.dataclass(frozen=True, slots=True)
class Confirmed:
    """How a push or a request ended: `status` 0 when nobody answered in time; `body` is the answer."""

    status: int
    body: Mapping[str, object] = dataclasses.field(default_factory=dict)


class DingTalkServer:
    """One company with one app. `members`, `groups` None: everybody and every group exists; `skew` puts its clock wrong."""

    def __init__(
        self,
        app: DingTalkApp = APP,
        *,
        members: Collection[str] | None = None,
        groups: Collection[str] | None = None,
        callback: str = "",
        port: int = 0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.app = app
        self.callback = callback
        self.skew = 0.0
        self._port = port
        self._clock = clock
        self._members, self._groups = members, groups

    async def __aenter__(self) -> Self:
        self._runner = web.AppRunner(
            web.Application(client_max_size=4 << 20), shutdown_timeout=0.1, access_log=None
        )
        self.inbox = Inbox(self._clock, self.app.robot, self._members, self._groups, {TEMPLATE})
        self.gateway = Gateway(self.app, lambda: self.app.api_base.replace("http://", "ws://"))
        # Where it listens is known once it does, and what it gives out names that.
        self.api = ServerApi(self.app, self.inbox)
        self._runner.app.add_routes([*self.api.routes(), *self.gateway.routes(), *self._people()])
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        base = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.app = dataclasses.replace(self.app, api_base=base, oapi_base=base)
        self.api.move(self.app)
        self.platform = Platform(self.app, self.api.session, lambda: time.time() + self.skew)
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        await self._runner.cleanup()

    def environment(self) -> dict[str, str]:
        """What `gendan serve` needs to talk to this server."""
        said = {
            "APP_KEY": self.app.app_key,
            "APP_SECRET": self.app.app_secret,
            "MODE": "http" if self.callback else "stream",
            "API_BASE": self.app.api_base,
            "OAPI_BASE": self.app.oapi_base,
        }
        return {f"GENDAN_DINGTALK__{name}": value for name, value in said.items()}

    async def say(self, user: str, words: str, group: str = "", **more: object) -> Confirmed:
        """Somebody writes to the robot, in a group by calling it."""
        return await self.send(self.platform.text(user, words, group, **more))

    async def send(self, document: Mapping[str, object], within: float = MESSAGE_S) -> Confirmed:
        """Bring a message once, whichever way the app listens."""
        if self.callback:
            return await self.request(self.platform.request(document), "/dingtalk/callback", within)
        answer = await self.gateway.push(MESSAGES, document, within=within)
        return Confirmed(int(str(answer["code"])), _mapping(answer["data"])) if answer else Confirmed(0)

    async def press(self, card: Card, label: str, user: str) -> Confirmed:
        """Somebody presses the button with this label; the card shows what was answered."""
        document = self.platform.press(user, card.id, card.press(label))
        if card.callback == "HTTP":
            url, secret = self.api.routes_of_cards[card.route]
            pressed = await self.request(self.platform.press_request(document, secret), url, PRESS_S)
            answer = pressed.body
        else:
            confirmed = await self.gateway.push(PRESSES, document, within=PRESS_S)
            pressed = (
                Confirmed(int(str(confirmed["code"])), _mapping(confirmed["data"]))
                if confirmed
                else Confirmed(0)
            )
            answer = _mapping(pressed.body.get("response"))
        if pressed.status == 200:
            _apply(card, user, answer)
        return pressed

    async def request(self, request: Request, where: str, within: float) -> Confirmed:
        """One request: 0 when nobody answers in time, or there is no connection."""
        url = where if "://" in where else f"{self.callback}{where}"
        timeout = aiohttp.ClientTimeout(total=within)
        try:
            async with self._session.post(
                url, headers=request.headers, data=request.body, timeout=timeout
            ) as response:
                if response.status != 200:
                    return Confirmed(response.status)
                return Confirmed(200, await response.json())
        except (aiohttp.ClientError, TimeoutError, OSError):
            return Confirmed(0)

    def card(self, label: str, place: str = "") -> Card:
        """The newest card with this button."""
        return next(
            card
            for card in reversed(self.inbox.cards.values())
            if label in card.labels() and place in ("", card.to)
        )

    def _people(self) -> list[web.RouteDef]:
        """For whoever talks to this server from another process."""

        async def say(request: web.Request) -> web.Response:
            said = await request.json()
            confirmed = await self.say(said["user"], said["text"], said.get("group", ""))
            return web.json_response(dataclasses.asdict(confirmed))

        async def seen(request: web.Request) -> web.Response:
            cards = [
                {
                    "id": card.id,
                    "to": card.to,
                    "text": card.text,
                    "buttons": card.labels(),
                    "note": card.values["note"],
                }
                for card in self.inbox.cards.values()
            ]
            shown = [dataclasses.asdict(one) for one in self.inbox.shown]
            return web.json_response({"shown": shown, "cards": cards})

        async def press(request: web.Request) -> web.Response:
            said = await request.json()
            pressed = await self.press(self.inbox.cards[said["card"]], said["label"], said["user"])
            return web.json_response(dataclasses.asdict(pressed))

        return [
            web.post("/people/say", say),
            web.get("/people/seen", seen),
            web.post("/people/press", press),
        ]


def _mapping(said: object) -> Mapping[str, object]:
    return said if isinstance(said, Mapping) else {}


def _apply(card: Card, user: str, answer: Mapping[str, object]) -> None:
    for name, values in (("cardData", card.values), ("userPrivateData", card.private.setdefault(user, {}))):
        changed = _mapping(_mapping(answer.get(name)).get("cardParamMap"))
        values.update({key: str(value) for key, value in changed.items()})


async def _serve(port: int, callback: str) -> None:
    async with DingTalkServer(port=port, callback=callback) as dingtalk:
        for name, value in dingtalk.environment().items():
            sys.stdout.write(f"export {name}={value}\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="A DingTalk of our own on loopback.")
    parser.add_argument("--port", type=int, default=8091)
    parser.add_argument(
        "--callback", default="", help="HTTP mode: where gendan serve listens, e.g. http://127.0.0.1:8080"
    )
    arguments = parser.parse_args()
    asyncio.run(_serve(arguments.port, arguments.callback))
