"""WeCom's server API over HTTP, as far as the product uses it, with switches that make it fail."""

import asyncio
import json
import secrets
import time
from collections import defaultdict, deque
from collections.abc import Callable
from enum import Enum

from aiohttp import web

from bot.platforms.wecom.app import WecomApp
from tests.fakes.wecom_inbox import Document, Inbox, Refused

NOT_TRUSTED = "not allow to access from your ip, hint: [1700000000], from ip: 203.0.113.7, more info at ..."
PAGE = "<html><h1>oops</h1></html>"


class Fault(Enum):
    """What can go wrong on the way; a number instead of one of these is an errcode."""

    HANGS = "no answer for as long as anybody waits"
    BUSY = "HTTP 502 with a page"
    PAGE = "HTTP 200 with a page"
    DROPPED = "the connection is cut"
    TEXT_CODE = "errcode 45009 as a text"


class ServerApi:
    """`gettoken`, `message/send`, `webhook/send`, `appchat/send`, `batch/openuserid_to_userid`.

    `calls` names every call; `token_life` is in seconds, and so is what `slow` robots take. `open_ids` are the encrypted
    ids of those whom the app may see.
    """

    def __init__(self, app: WecomApp, inbox: Inbox) -> None:
        self.calls: list[str] = []
        self.token_life = 7200
        self.slow: dict[str, float] = {}
        self.open_ids: dict[str, str] = {}
        self._app = app
        self._inbox = inbox
        self._token, self._ends = "", 0.0
        self._faults: defaultdict[str, deque[Fault | int]] = defaultdict(deque)

    def routes(self) -> list[web.RouteDef]:
        """Where they are."""
        return [
            web.get("/cgi-bin/gettoken", self._gettoken),
            web.post("/cgi-bin/message/send", self._message_send),
            web.post("/cgi-bin/webhook/send", self._webhook_send),
            web.post("/cgi-bin/appchat/send", self._appchat_send),
            web.post("/cgi-bin/batch/openuserid_to_userid", self._resolve),
        ]

    def fault(self, path: str, fault: Fault | int, times: int = 1) -> None:
        """The next `times` calls of `path` go wrong."""
        self._faults[path].extend([fault] * times)

    def forget_token(self) -> None:
        """End the token before its time, as WeCom may."""
        self._token = ""

    async def _gettoken(self, request: web.Request) -> web.StreamResponse:
        if (broken := await self._broken(request, "gettoken")) is not None:
            return broken
        if request.query.get("corpid") != self._app.corp_id:
            return _refusal(40013, "invalid corpid")
        if request.query.get("corpsecret") != self._app.secret:
            return _refusal(40001, "invalid credential")
        if not self._token or time.monotonic() >= self._ends:
            self._token, self._ends = secrets.token_urlsafe(64), time.monotonic() + self.token_life
        return web.json_response({"errcode": 0, "access_token": self._token, "expires_in": self.token_life})

    async def _message_send(self, request: web.Request) -> web.StreamResponse:
        if (broken := await self._unopened(request, "message/send")) is not None:
            return broken
        return await _taken(request, self._inbox.take_app)

    async def _appchat_send(self, request: web.Request) -> web.StreamResponse:
        if (broken := await self._unopened(request, "appchat/send")) is not None:
            return broken
        return await _taken(request, self._inbox.take_chat)

    async def _resolve(self, request: web.Request) -> web.StreamResponse:
        if (broken := await self._unopened(request, "batch/openuserid_to_userid")) is not None:
            return broken
        return await _taken(request, self._resolved)

    def _resolved(self, raw: bytes, document: Document) -> Document:
        asked = document.get("open_userid_list")
        if not isinstance(asked, list) or not 0 < len(asked) <= 1000:
            raise Refused(40035, "invalid open_userid_list")
        known = [{"open_userid": one, "userid": self.open_ids[one]} for one in asked if one in self.open_ids]
        unknown = [one for one in asked if one not in self.open_ids]
        return {"errcode": 0, "errmsg": "ok", "userid_list": known, "invalid_open_userid_list": unknown}

    async def _unopened(self, request: web.Request, path: str) -> web.StreamResponse | None:
        """What is answered to whoever has no token, or to whom something goes wrong."""
        if (broken := await self._broken(request, path)) is not None:
            return broken
        if not self._token or request.query.get("access_token") != self._token:
            return _refusal(40014, "invalid access_token")
        if time.monotonic() >= self._ends:
            return _refusal(42001, "access_token expired")
        return None

    async def _webhook_send(self, request: web.Request) -> web.StreamResponse:
        if (broken := await self._broken(request, "webhook/send")) is not None:
            return broken
        key = request.query.get("key", "")
        await asyncio.sleep(self.slow.get(key, 0.0))
        return await _taken(request, lambda raw, document: self._inbox.take_robot(key, raw, document))

    async def _broken(self, request: web.Request, path: str) -> web.StreamResponse | None:
        self.calls.append(path)
        if not self._faults[path]:
            return None
        fault = self._faults[path].popleft()
        if isinstance(fault, int):
            return _refusal(fault, NOT_TRUSTED if fault == 60020 else "made up")
        return await _failing(request, fault)


async def _failing(request: web.Request, fault: Fault) -> web.StreamResponse:
    if fault is Fault.TEXT_CODE:
        return web.json_response({"errcode": "45009", "errmsg": "api freq out of limit"})
    if fault is Fault.HANGS:
        await asyncio.sleep(3600)
    if fault is Fault.DROPPED and request.transport is not None:
        request.transport.abort()
    return web.Response(status=502 if fault is Fault.BUSY else 200, text=PAGE, content_type="text/html")


async def _taken(request: web.Request, take: Callable[[bytes, Document], Document]) -> web.StreamResponse:
    raw = await request.read()
    try:
        document = json.loads(raw)
        if not isinstance(document, dict):
            raise Refused(40035, "invalid parameter")
        return web.json_response(take(raw, document))
    except ValueError:
        return _refusal(47001, "data format error")
    except Refused as refused:
        return _refusal(refused.code, str(refused))


def _refusal(code: int, message: str) -> web.Response:
    """Every answer is a 200; the code decides."""
    return web.json_response({"errcode": code, "errmsg": message})
