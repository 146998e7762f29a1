"""Feishu's server API over HTTP, as far as the product uses it, with switches that make it fail."""

import asyncio
import json
import secrets
import time
from collections import defaultdict, deque
from collections.abc import Callable
from enum import Enum

from aiohttp import web

from bot.platforms.feishu.app import FeishuApp
from bot.platforms.feishu.crypto import robot_signature
from tests.fakes.feishu_cards import Document, Refused
from tests.fakes.feishu_inbox import Inbox
from tests.fakes.feishu_platform import BOT

PAGE = "<html><h1>oops</h1></html>"
HOUR_S = 3600


class Fault(Enum):
    """What can go wrong on the way; a number instead of one of these is a code."""

    HANGS = "no answer for as long as anybody waits"
    BUSY = "HTTP 502 with a page"
    PAGE = "HTTP 200 with a page"
    DROPPED = "the connection is cut"
    NOTHING = "HTTP 200 with nothing in it"
    TEXT_CODE = "a code that is a text"
    LIMITED = "HTTP 429 with 99991400 and how long to wait"
    LATE = "it is done, and then the connection is cut"


class ServerApi:
    """The token, the bot, messages, robots. `calls` names every call; `banned_until` is unix seconds."""

    def __init__(self, app: FeishuApp, inbox: Inbox, robot_secrets: dict[str, str]) -> None:
        self.calls: list[str] = []
        self.token_life = 7200
        self.banned_until = 0.0
        self._app = app
        self._inbox = inbox
        self._robot_secrets = robot_secrets
        self._token = ""
        self._faults: defaultdict[str, deque[Fault | int]] = defaultdict(deque)

    def routes(self) -> list[web.RouteDef]:
        """Where they are."""
        api = "/open-apis"
        return [
            web.post(f"{api}/auth/v3/tenant_access_token/internal", self._tenant_token),
            web.get(f"{api}/bot/v3/info", self._bot_info),
            web.post(f"{api}/im/v1/messages", self._create),
            web.patch(f"{api}/im/v1/messages/{{id}}", self._change),
            web.post(f"{api}/bot/v2/hook/{{robot}}", self._hook),
        ]

    def fault(self, name: str, fault: Fault | int, times: int = 1) -> None:
        """The next `times` calls of `token`, `bot`, `create`, `change` or `hook` go wrong."""
        self._faults[name].extend([fault] * times)

    def forget_token(self) -> None:
        """End the token before its time."""
        self._token = ""

    async def _tenant_token(self, request: web.Request) -> web.StreamResponse:
        if (broken := await self._broken(request, "token")) is not None:
            return broken
        said = await request.json()
        if said.get("app_id") != self._app.app_id:
            return _answer(10003, "invalid param")
        if said.get("app_secret") != self._app.app_secret:
            return _answer(10014, "app secret invalid")
        self._token = self._token or f"t-{secrets.token_urlsafe(32)}"
        return web.json_response(
            {"code": 0, "msg": "ok", "tenant_access_token": self._token, "expire": self.token_life}
        )

    async def _bot_info(self, request: web.Request) -> web.StreamResponse:
        if (broken := await self._broken(request, "bot")) is not None:
            return broken
        if (refused := self._not_known(request)) is not None:
            return refused
        return web.json_response({"code": 0, "msg": "ok", "bot": {"app_name": "跟单助手", "open_id": BOT}})

    async def _create(self, request: web.Request) -> web.StreamResponse:
        def create(document: Document, _: int) -> Document:
            message = self._inbox.create(request.query.get("receive_id_type", ""), document)
            return {"message_id": message.id, "chat_id": message.to}

        return await self._authorised(request, "create", create)

    async def _change(self, request: web.Request) -> web.StreamResponse:
        def change(document: Document, _: int) -> Document:
            self._inbox.change(request.match_info["id"], document)
            return {}

        return await self._authorised(request, "change", change)

    async def _hook(self, request: web.Request) -> web.StreamResponse:
        robot = request.match_info["robot"]

        def hook(document: Document, size: int) -> Document:
            self._must_be_signed(robot, document)
            self._inbox.hook(robot, document, size)
            return {}

        if (broken := await self._broken(request, "hook")) is not None:
            return broken
        return await self._taken(request, hook)

    async def _authorised(
        self, request: web.Request, name: str, take: Callable[[Document, int], Document]
    ) -> web.StreamResponse:
        late = bool(self._faults[name]) and self._faults[name][0] is Fault.LATE
        if not late and (broken := await self._broken(request, name)) is not None:
            return broken
        if (refused := self._not_known(request)) is not None:
            return refused
        answer = await self._taken(request, take)
        return await self._broken(request, name) or answer if late else answer

    def _not_known(self, request: web.Request) -> web.StreamResponse | None:
        if not self._token or request.headers.get("Authorization") != f"Bearer {self._token}":
            return _answer(99991663, "Invalid access token for authorization.", 400)
        if time.time() < self.banned_until:
            return _limited(int(self.banned_until - time.time()) + 1)
        return None

    def _must_be_signed(self, robot: str, document: Document) -> None:
        secret = self._robot_secrets.get(robot)
        if secret is None:
            return
        timestamp = str(document.get("timestamp") or "0")
        fresh = abs(int(timestamp) - time.time()) < HOUR_S
        if not fresh or document.get("sign") != robot_signature(int(timestamp), secret):
            raise Refused(19021, "sign match fail or timestamp is not within one hour from current time")

    async def _taken(
        self, request: web.Request, take: Callable[[Document, int], Document]
    ) -> web.StreamResponse:
        raw = await request.read()
        try:
            document = json.loads(raw)
            return web.json_response({"code": 0, "msg": "success", "data": take(document, len(raw))})
        except ValueError:
            return _answer(9499, "Bad Request", 400)
        except Refused as refused:
            return _answer(refused.code, str(refused), 400)

    async def _broken(self, request: web.Request, name: str) -> web.StreamResponse | None:
        self.calls.append(name)
        if not self._faults[name]:
            return None
        fault = self._faults[name].popleft()
        return _answer(fault, "made up") if isinstance(fault, int) else await _failing(request, fault)


async def _failing(request: web.Request, fault: Fault) -> web.StreamResponse:
    if fault is Fault.TEXT_CODE:
        return web.json_response({"code": "99991400", "msg": "request trigger frequency limit"})
    if fault is Fault.LIMITED:
        return _limited(7)
    if fault is Fault.NOTHING:
        return web.Response()
    if fault is Fault.HANGS:
        await asyncio.sleep(3600)
    if fault in {Fault.DROPPED, Fault.LATE} and request.transport is not None:
        request.transport.abort()
    return web.Response(status=502 if fault is Fault.BUSY else 200, text=PAGE, content_type="text/html")


def _limited(seconds: int) -> web.Response:
    return web.json_response(
        {"code": 99991400, "msg": "request trigger frequency limit"},
        status=429,
        headers={"x-ogw-ratelimit-limit": "50", "x-ogw-ratelimit-reset": str(seconds)},
    )


def _answer(code: int, message: str, status: int = 200) -> web.Response:
    return web.json_response({"code": code, "msg": message}, status=status)
