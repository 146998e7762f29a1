"""Talking to a platform's API: one client for all, every call bounded, every failure one of three.

What an address or a body holds may open doors (keys, tokens, secrets), so no error raised here carries the
cause with it: aiohttp quotes the whole address in some of its messages.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

import aiohttp

from domain.sending import Misconfigured, TryLater, Undeliverable

PATIENCE = timedelta(seconds=8)
LONGEST = 1 << 20


@dataclass(frozen=True, slots=True)
class Answer:
    """What the platform said: a JSON object, perhaps beside a 4xx; `after` is how long it asks us to wait."""

    status: int
    document: Mapping[str, object]
    after: timedelta | None = None

    def code(self, name: str = "errcode") -> int:
        """The platform's own code, 0 when absent; some write it as a text."""
        said = self.document.get(name, 0)
        try:
            return int(str(said))
        except ValueError:
            return -1


class Http:
    """The one client. Raises `TryLater`, `Misconfigured`, `Undeliverable`; shows no address, no body."""

    def __init__(self, session: aiohttp.ClientSession, patience: timedelta = PATIENCE) -> None:
        self._session = session
        self._timeout = aiohttp.ClientTimeout(
            total=patience.total_seconds(), connect=patience.total_seconds() / 2
        )

    async def call(
        self,
        method: str,
        url: str,
        *,
        query: Mapping[str, str] | None = None,
        document: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Ask, and give back the JSON object that was answered."""
        # Real UTF-8, not \uXXXX: WeCom refuses escapes with 40033.
        data = (
            None if document is None else json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
        )
        sent = {"Content-Type": "application/json; charset=utf-8", **(headers or {})}
        try:
            async with self._session.request(
                method,
                url,
                params=query,
                data=data,
                headers=sent,
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                return _answer(response.status, _asked_to_wait(response.headers), await _body(response))
        except TimeoutError:
            raise TryLater("平台没有在限定时间内回答") from None
        except aiohttp.InvalidURL:
            raise Misconfigured("平台接口地址（API_BASE）不是一个网址") from None
        except (aiohttp.ClientError, OSError) as error:
            raise TryLater(f"连不上平台（{type(error).__name__}）") from None


@asynccontextmanager
async def open_http(patience: timedelta = PATIENCE) -> AsyncIterator[Http]:
    """The client, closed at the end."""
    connector = aiohttp.TCPConnector(limit=64, limit_per_host=16, ttl_dns_cache=60)
    async with aiohttp.ClientSession(connector=connector, cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield Http(session, patience)


async def _body(response: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for chunk in response.content.iter_chunked(65536):
        body += chunk
        if len(body) > LONGEST:
            raise TryLater("平台的回答过长")
    return bytes(body)


def _asked_to_wait(headers: Mapping[str, str]) -> timedelta | None:
    """In whole seconds, by the usual header or by Feishu's own."""
    said = next((headers[name] for name in ("Retry-After", "x-ogw-ratelimit-reset") if name in headers), "")
    return timedelta(seconds=min(int(said), 3600)) if said.isascii() and said.isdigit() else None


def _answer(status: int, after: timedelta | None, body: bytes) -> Answer:
    """The answer, or the failure that its status means. Gateways answer HTML, and a ban may lack any code."""
    document = _document(body)
    if status >= 500:
        raise TryLater(f"平台忙（HTTP {status}）", after)
    if document is not None and not 300 <= status < 400:
        return Answer(status, document, after)
    if status < 300 or status == 429:
        raise TryLater("平台的回答不是 JSON（可能是网关或限流页面）", after)
    if status == 413:
        raise Undeliverable("消息过大，平台拒收（HTTP 413）")
    raise Misconfigured(f"平台接口地址不对或被拦截（HTTP {status}）")


def _document(body: bytes) -> Mapping[str, object] | None:
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return document if isinstance(document, dict) else None
