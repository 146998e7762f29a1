"""DingTalk's server API over HTTP, as far as the product uses it, with switches that make it fail."""

import asyncio
import json
import secrets
import time
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from enum import Enum

from aiohttp import web

from bot.platforms.dingtalk import signing
from bot.platforms.dingtalk.api import HEADER
from bot.platforms.dingtalk.app import DingTalkApp
from tests.fakes.dingtalk_inbox import Document, Failed, Inbox, Refused

PAGE = "<html><h1>oops</h1></html>"
BAN = {"status": 1111, "wait": 5, "source": "x5", "punish": "deny", "uuid": "0ab"}


class Fault(Enum):
    """What can go wrong on the way; a number instead is an errcode, a text the word of a new call's 400."""

    HANGS = "no answer for as long as anybody waits"
    BUSY = "HTTP 504 with a page: not done within three seconds"
    PAGE = "HTTP 200 with a page"
    BANNED = "the document of a gateway that bans the address"
    DROPPED = "the connection is cut"
    TEXT_CODE = "errcode 410100 as a text"
    DONE_AND_DROPPED = "it is done, and the connection is cut before the answer"
    UNAUTHORISED = "HTTP 401: the token ended"


class ServerApi:
    """The calls. `calls` names every one; `sessions` are the addresses that came with messages: place and end."""

    def __init__(self, app: DingTalkApp, inbox: Inbox) -> None:
        self.calls: list[str] = []
        self.token_life = 7200
        self.robots: dict[str, str] = {}
        self.sessions: dict[str, tuple[str, float]] = {}
        self.routes_of_cards: dict[str, tuple[str, str]] = {}
        self._app = app
        self._inbox = inbox
        self._token, self._ends = "", 0.0
        self._faults: defaultdict[str, deque[Fault | int | str]] = defaultdict(deque)

    def routes(self) -> list[web.RouteDef]:
        """Where they are."""
        new: Mapping[tuple[str, str], Callable[[Document], Document]] = {
            ("POST", "robot/groupMessages/send"): self._inbox.group_send,
            ("POST", "robot/oToMessages/batchSend"): self._inbox.person_send,
            ("POST", "card/instances/createAndDeliver"): self._inbox.create_card,
            ("PUT", "card/instances"): self._inbox.change_card,
            ("POST", "card/callbacks/register"): self._register,
        }
        return [
            web.post("/v1.0/oauth2/accessToken", self._access_token),
            web.post("/robot/send", self._robot_send),
            web.post("/robot/sendBySession", self._session_send),
            *(
                web.route(method, f"/v1.0/{path}", self._new(path, take))
                for (method, path), take in new.items()
            ),
        ]

    def fault(self, path: str, fault: Fault | int | str, times: int = 1) -> None:
        """The next `times` calls of `path` go wrong."""
        self._faults[path].extend([fault] * times)

    def move(self, app: DingTalkApp) -> None:
        """Give out addresses of this app from now on."""
        self._app = app

    def forget_token(self) -> None:
        """End the token before its time."""
        self._token = ""

    def session(self, place: str, lives: float = 5400.0) -> tuple[str, float]:
        """A new address to answer at, and when it ends (unix seconds)."""
        name, until = secrets.token_hex(16), time.time() + lives
        self.sessions[name] = (place, until)
        return f"{self._app.oapi_base}/robot/sendBySession?session={name}", until

    async def _access_token(self, request: web.Request) -> web.StreamResponse:
        if (broken := await self._broken(request, "oauth2/accessToken")) is not None:
            return broken
        said = await request.json()
        if (said.get("appKey"), said.get("appSecret")) != (self._app.app_key, self._app.app_secret):
            return failure("invalidClientIdOrSecret", 400)
        if not self._token or time.monotonic() >= self._ends:
            self._token, self._ends = secrets.token_urlsafe(32), time.monotonic() + self.token_life
        return web.json_response({"accessToken": self._token, "expireIn": self.token_life})

    def _new(
        self, path: str, take: Callable[[Document], Document]
    ) -> Callable[[web.Request], "asyncio.Future[web.StreamResponse]"]:
        async def handler(request: web.Request) -> web.StreamResponse:
            if (broken := await self._broken(request, path)) is not None:
                return broken
            if not self._token or request.headers.get(HEADER) != self._token:
                return failure("InvalidAuthentication", 401)
            try:
                return await self._ended(request, path, take(await request.json()))
            except Failed as failed:
                return failure(str(failed), failed.status)

        return handler  # type: ignore[return-value]

    async def _robot_send(self, request: web.Request) -> web.StreamResponse:
        if (broken := await self._broken(request, "robot/send")) is not None:
            return broken
        token = request.query.get("access_token", "")
        if token not in self.robots:
            return _refusal(300005, "token is not exist")
        if (secret := self.robots[token]) and not _signed(secret, request.query):
            return _refusal(310000, "sign not match, more: [https://ding-doc.example]")
        return await self._old(
            request, "robot/send", lambda raw, said: self._inbox.robot_send(token, raw, said)
        )

    async def _session_send(self, request: web.Request) -> web.StreamResponse:
        if (broken := await self._broken(request, "robot/sendBySession")) is not None:
            return broken
        place, until = self.sessions.get(request.query.get("session", ""), ("", 0.0))
        if time.time() >= until:
            return _refusal(300001, "session 不存在")
        return await self._old(
            request, "robot/sendBySession", lambda raw, said: self._inbox.session_send(place, raw, said)
        )

    async def _old(
        self, request: web.Request, path: str, take: Callable[[bytes, Document], Document]
    ) -> web.StreamResponse:
        raw = await request.read()
        try:
            return await self._ended(request, path, take(raw, json.loads(raw)))
        except Refused as refused:
            return _refusal(refused.code, str(refused))

    def _register(self, document: Document) -> Document:
        route = str(document.get("callbackRouteKey", ""))
        self.routes_of_cards[route] = (str(document.get("callbackUrl")), str(document.get("apiSecret")))
        return {"success": True}

    async def _ended(self, request: web.Request, path: str, answer: Document) -> web.StreamResponse:
        if self._faults[path] and self._faults[path][0] is Fault.DONE_AND_DROPPED:
            self._faults[path].popleft()
            assert request.transport is not None
            request.transport.abort()
        return web.json_response(answer)

    async def _broken(self, request: web.Request, path: str) -> web.StreamResponse | None:
        self.calls.append(path)
        if not self._faults[path] or self._faults[path][0] is Fault.DONE_AND_DROPPED:
            return None
        fault = self._faults[path].popleft()
        if isinstance(fault, int):
            return _refusal(fault, "made up")
        if isinstance(fault, str):
            return failure(fault, 400)
        return await failing(request, fault)


async def failing(request: web.Request, fault: Fault) -> web.StreamResponse:
    if fault is Fault.TEXT_CODE:
        return _refusal("410100", "send too fast")
    if fault is Fault.BANNED:
        return web.json_response(BAN)
    if fault is Fault.UNAUTHORISED:
        return failure("InvalidAuthentication", 401)
    if fault is Fault.HANGS:
        await asyncio.sleep(3600)
    if fault is Fault.DROPPED and request.transport is not None:
        request.transport.abort()
    return web.Response(status=504 if fault is Fault.BUSY else 200, text=PAGE, content_type="text/html")


def _signed(secret: str, query: Mapping[str, str]) -> bool:
    timestamp = query.get("timestamp", "0")
    fresh = abs(int(timestamp) / 1000 - time.time()) <= 3600
    return fresh and query.get("sign") == signing.with_secret(secret, timestamp)


def _refusal(code: int | str, message: str) -> web.Response:
    """An old call answers 200; the code decides."""
    return web.json_response({"errcode": code, "errmsg": message})


def failure(word: str, status: int) -> web.Response:
    return web.json_response({"code": word, "message": "made up", "requestid": "r"}, status=status)
