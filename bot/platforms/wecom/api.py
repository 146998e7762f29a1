"""WeCom's server API with the app's token.

https://developer.work.weixin.qq.com/document/path/91039 (token), 90313 (codes)
"""

from collections.abc import Mapping
from datetime import timedelta

from bot.platforms.base import SharedCache
from bot.platforms.http import Answer, Http
from bot.platforms.token import AccessToken, Grant
from bot.platforms.wecom import errcodes
from bot.platforms.wecom.app import WecomApp
from domain.ports import Clock
from domain.sending import TryLater


class WecomApi:
    """Calls in the app's name. A refused token is renewed once per call, never more."""

    def __init__(self, app: WecomApp, http: Http, clock: Clock, cache: SharedCache | None = None) -> None:
        self._app = app
        self._http = http
        self._token = AccessToken(f"wecom:{app.name}", self._fetch, clock, cache)

    async def post(self, path: str, document: Mapping[str, object]) -> Answer:
        """The answer, whatever its code; only a token that ended is dealt with here."""
        token = await self._token.get()
        answer = await self._post(path, document, token)
        if answer.code() in errcodes.TOKEN_ENDED:
            answer = await self._post(path, document, await self._token.renew(token))
            if answer.code() in errcodes.TOKEN_ENDED:
                raise TryLater(f"企业微信两次不认 access_token（{answer.code()}）")
        return answer

    async def _post(self, path: str, document: Mapping[str, object], token: str) -> Answer:
        url = f"{self._app.api_base}/cgi-bin/{path}"
        return await self._http.call("POST", url, query={"access_token": token}, document=document)

    async def _fetch(self) -> Grant:
        query = {"corpid": self._app.corp_id, "corpsecret": self._app.secret}
        answer = await self._http.call("GET", f"{self._app.api_base}/cgi-bin/gettoken", query=query)
        errcodes.check(answer.code(), str(answer.document.get("errmsg", "")))
        token, lives = answer.document.get("access_token"), answer.document.get("expires_in", 7200)
        if not isinstance(token, str) or not token or not str(lives).isdigit():
            raise TryLater("企业微信的回答里没有 access_token")
        return Grant(token, timedelta(seconds=int(str(lives))))
