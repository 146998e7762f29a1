"""Feishu's server API with the app's token.

https://open.feishu.cn/document/server-docs/authentication-management/access-token/tenant_access_token_internal (token)
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta

from bot.platforms.base import SharedCache
from bot.platforms.feishu import endpoint, errcodes
from bot.platforms.feishu.app import FeishuApp
from bot.platforms.http import Answer, Http
from bot.platforms.token import AccessToken, Grant
from domain.ports import Clock
from domain.sending import TryLater


class FeishuApi:
    """Calls in the app's name. A refused token is renewed once per call, never more."""

    def __init__(self, app: FeishuApp, http: Http, clock: Clock, cache: SharedCache | None = None) -> None:
        self._app = app
        self._http = http
        self._token = AccessToken(f"feishu:{app.app_id}", self._fetch, clock, cache)
        self._bot = ""
        self._asking = asyncio.Lock()

    async def call(
        self,
        method: str,
        path: str,
        document: Mapping[str, object] | None = None,
        query: Mapping[str, str] | None = None,
    ) -> Mapping[str, object]:
        """What stands in `data` of a good answer; everything else is one of the three failures."""
        token = await self._token.get()
        answer = await self._call(method, path, document, query, token)
        if errcodes.code_of(answer) in errcodes.TOKEN_ENDED:
            answer = await self._call(method, path, document, query, await self._token.renew(token))
            if (code := errcodes.code_of(answer)) in errcodes.TOKEN_ENDED:
                raise TryLater(f"飞书两次不认 tenant_access_token（{code}）")
        errcodes.check(answer)
        data = answer.document.get("data")
        return data if isinstance(data, Mapping) else answer.document

    async def bot(self) -> str:
        """The bot's own open id, by which it is mentioned; it never changes, so it is asked for once."""
        async with self._asking:
            if not self._bot:
                said = (await self.call("GET", "bot/v3/info")).get("bot")
                open_id = said.get("open_id") if isinstance(said, Mapping) else None
                if not isinstance(open_id, str) or not open_id:
                    raise TryLater("飞书的回答里没有机器人的 open_id")
                self._bot = open_id
        return self._bot

    async def endpoint(self) -> endpoint.Endpoint:
        """Where one long connection may be opened now."""
        return await endpoint.ask(self._app, self._http)

    async def _call(
        self,
        method: str,
        path: str,
        document: Mapping[str, object] | None,
        query: Mapping[str, str] | None,
        token: str,
    ) -> Answer:
        url = f"{self._app.api_base}/open-apis/{path}"
        headers = {"Authorization": f"Bearer {token}"}
        return await self._http.call(method, url, query=query, document=document, headers=headers)

    async def _fetch(self) -> Grant:
        url = f"{self._app.api_base}/open-apis/auth/v3/tenant_access_token/internal"
        said = {"app_id": self._app.app_id, "app_secret": self._app.app_secret}
        answer = await self._http.call("POST", url, document=said)
        errcodes.check(answer)
        token, lives = answer.document.get("tenant_access_token"), str(answer.document.get("expire", 7200))
        if not isinstance(token, str) or not token or not lives.isdigit():
            raise TryLater("飞书的回答里没有 tenant_access_token")
        return Grant(token, timedelta(seconds=int(lives)))
