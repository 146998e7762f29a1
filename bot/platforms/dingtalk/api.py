"""DingTalk's server API with the app's token.

https://open.dingtalk.com/document/orgapp/obtain-the-access_token-of-an-internal-app
"""

from collections.abc import Mapping
from datetime import timedelta

from bot.platforms.base import SharedCache
from bot.platforms.dingtalk import errcodes
from bot.platforms.dingtalk.app import DingTalkApp
from bot.platforms.http import Answer, Http
from bot.platforms.token import AccessToken, Grant
from domain.ports import Clock
from domain.sending import TryLater

HEADER = "x-acs-dingtalk-access-token"


class DingTalkApi:
    """Calls in the app's name. A refused token is renewed once per call, never more."""

    def __init__(self, app: DingTalkApp, http: Http, clock: Clock, cache: SharedCache | None = None) -> None:
        self._app = app
        self._http = http
        self._token = AccessToken(f"dingtalk:{app.name}", self._fetch, clock, cache)

    async def call(self, method: str, path: str, document: Mapping[str, object]) -> Mapping[str, object]:
        """What a new call answers; raises what its error means."""
        token = await self._token.get()
        answer = await self._call(method, path, document, token)
        if _token_ended(answer):
            answer = await self._call(method, path, document, await self._token.renew(token))
            if _token_ended(answer):
                raise TryLater("钉钉两次不认 access token")
        errcodes.check_new(answer)
        return answer.document

    async def _call(self, method: str, path: str, document: Mapping[str, object], token: str) -> Answer:
        url = f"{self._app.api_base}/v1.0/{path}"
        return await self._http.call(method, url, document=document, headers={HEADER: token})

    async def _fetch(self) -> Grant:
        document = {"appKey": self._app.app_key, "appSecret": self._app.app_secret}
        url = f"{self._app.api_base}/v1.0/oauth2/accessToken"
        answer = await self._http.call("POST", url, document=document)
        errcodes.check_new(answer)
        token, lives = answer.document.get("accessToken"), str(answer.document.get("expireIn", 7200))
        if not isinstance(token, str) or not token or not lives.isdigit():
            raise TryLater("钉钉的回答里没有 accessToken")
        return Grant(token, timedelta(seconds=int(lives)))


def _token_ended(answer: Answer) -> bool:
    """401 beside any word: which one stands in no document."""
    return answer.status == 401 or errcodes.code_of(answer) in errcodes.TOKEN_ENDED
