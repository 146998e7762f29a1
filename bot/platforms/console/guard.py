"""Who may talk to the console: pages and programs of this machine, nobody else's web page."""

import json
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

from aiohttp import web

from bot.platforms.base import Rejected
from bot.platforms.body import TooLong, read_body

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
UPLOADING = timedelta(seconds=60)
_LOOPBACK = re.compile(r"(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?", re.IGNORECASE)


class WrongInput(ValueError):
    """What was sent cannot be used; the message is one sentence for whoever sent it."""


def refusal(status: int, sentence: str) -> web.Response:
    """One sentence as JSON."""
    return web.json_response({"error": sentence}, status=status, dumps=_dumps)


def answer(document: Mapping[str, object]) -> web.Response:
    """A JSON answer that no cache keeps."""
    return web.json_response(document, dumps=_dumps, headers={"Cache-Control": "no-store"})


def local_only(handler: Handler) -> Handler:
    """Refuse names other than loopback (DNS rebinding) and posts from another site's page (CSRF)."""

    async def guarded(request: web.Request) -> web.StreamResponse:
        host = request.headers.get("Host", "")
        if _LOOPBACK.fullmatch(host) is None:
            return refusal(403, "演示页面只在本机打开：请用 http://127.0.0.1 或 http://localhost 访问。")
        origin = request.headers.get("Origin")
        if request.method != "GET" and origin is not None and origin.lower() != f"http://{host}".lower():
            return refusal(403, "这个请求来自别的网页，没有执行。")
        try:
            return await handler(request)
        except WrongInput as error:
            return refusal(400, str(error))

    return guarded


async def json_body(request: web.Request) -> Mapping[str, object]:
    """The body: a JSON object that says so, which a foreign page may not send without asking first."""
    if request.content_type != "application/json":
        raise WrongInput("请求头要写明 Content-Type: application/json。")
    try:
        body = json.loads(await request.read())
    except web.HTTPRequestEntityTooLarge:
        raise WrongInput("内容太长了，最多 1 MB。") from None
    except (ValueError, RecursionError) as error:
        raise WrongInput("内容不是正确的 JSON。") from error
    if not isinstance(body, dict):
        raise WrongInput('内容应当是一个 JSON 对象，例如 {"as": "lina", "in": null, "text": "帮助"}。')
    return body


async def raw_body(request: web.Request, most: int) -> bytes | None:
    """The body as bytes that say so, which a foreign page may not send without asking first; None beyond `most`."""
    if request.content_type != "application/octet-stream":
        raise WrongInput("请求头要写明 Content-Type: application/octet-stream。")
    try:
        return await read_body(request, most, UPLOADING)
    except TooLong:
        return None
    except Rejected:
        raise WrongInput("文件没有传完，请再发一次。") from None


def _dumps(document: object) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
