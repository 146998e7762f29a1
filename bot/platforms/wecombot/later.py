"""Answering a callback later, at the address that came with it: once, within an hour.

https://developer.work.weixin.qq.com/document/path/101138
"""

from collections.abc import Mapping

from bot.platforms.http import Http
from bot.platforms.wecombot import errcodes
from bot.robots import host_of
from domain.sending import Undeliverable


class Later:
    """Whoever knows such an address may speak once: it is never shown, and only WeCom's own are called."""

    def __init__(self, http: Http, api_base: str) -> None:
        self._http = http
        self._host = host_of(api_base)

    async def say(self, url: str, body: Mapping[str, object]) -> None:
        """Raises `TryLater`, `Misconfigured`, `Undeliverable`; after any of them the address counts as used."""
        if not url or host_of(url) != self._host:
            raise Undeliverable("这条消息没有可用的回复地址")
        errcodes.check((await self._http.call("POST", url, document=body)).code())
