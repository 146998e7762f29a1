"""Talks to a running demo over HTTP, as a person would."""

import asyncio
import json
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import aiohttp

ATTEMPTS = 3
PAUSE_S = 0.5
ANSWER_S = 60.0


class Unreachable(Exception):
    """Nobody answers at the address."""


class Refused(Exception):
    """The demo said no; the message is its sentence."""


class ConsoleClient:
    """One person's line to the demo."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._http = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_S, connect=5))

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._http.close()

    async def state(self) -> Mapping[str, Any]:
        """Who is there, which groups there are."""
        return await self._ask("GET", "/console/state")

    async def latest(self) -> int:
        """The number of the newest push."""
        items = (await self._ask("GET", "/console/feed"))["items"]
        return max((int(item["seq"]) for item in items), default=0)

    async def say(self, person: str, group: str | None, text: str) -> Mapping[str, Any]:
        """Say it once: when the line breaks it is sent again with the same key, so it counts once."""
        body = {"as": person, "in": group, "text": text, "key": uuid.uuid4().hex}
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._ask("POST", "/console/say", body)
            except Unreachable:
                await asyncio.sleep(PAUSE_S)
        return await self._ask("POST", "/console/say", body)

    async def pushes(self, after: int) -> AsyncIterator[Mapping[str, Any]]:
        """Pushes as they arrive, for ever; a broken line is taken up again where it broke."""
        while True:
            with suppress(aiohttp.ClientError, TimeoutError, OSError):
                async for item in self._stream(after):
                    after = int(item["seq"])
                    yield item
            await asyncio.sleep(PAUSE_S)

    async def _stream(self, after: int) -> AsyncIterator[Mapping[str, Any]]:
        timeout = aiohttp.ClientTimeout(total=None, sock_read=30)
        url = f"{self._url}/console/events?after={after}"
        kind = ""
        async with self._http.get(url, timeout=timeout, raise_for_status=True) as response:
            async for raw in response.content:
                line = raw.decode().rstrip("\n")
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ")
                elif line.startswith("data: ") and kind == "push":
                    yield json.loads(line.removeprefix("data: "))

    async def _ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Mapping[str, Any]:
        try:
            async with self._http.request(method, self._url + path, json=body) as response:
                document: Mapping[str, Any] = await response.json(content_type=None)
                status = response.status
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError) as error:
            raise Unreachable(self._url) from error
        if status >= 500:
            raise Unreachable(self._url)
        if status != 200:
            raise Refused(str(document.get("error", status)))
        return document
