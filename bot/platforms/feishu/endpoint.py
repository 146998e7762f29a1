"""Where the long connection leads, and how it is kept. Pure but for the asking."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

from bot.platforms.feishu.app import FeishuApp
from bot.platforms.feishu.errcodes import code_of
from bot.platforms.http import Answer, Http
from domain.sending import Misconfigured, TryLater

PING = timedelta(seconds=120)
SHORTEST, LONGEST = timedelta(seconds=1), timedelta(minutes=10)
TOO_MANY = 1000040350
WRONG = {
    403: "飞书不让这个应用用长连接：请在开发者后台「事件与回调」里选「使用长连接接收」（403）",
    514: "App ID 或 App Secret 不对：请核对 GENDAN_FEISHU__APP_ID 和 GENDAN_FEISHU__APP_SECRET（514）",
    TOO_MANY: "这个应用的长连接太多了（最多 50 个）：请少开几个进程，或改用 GENDAN_FEISHU__MODE=http（1000040350）",
}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address that opens one connection; it is as good as a password. `service` stands in our pings."""

    url: str = field(repr=False)
    service: int
    ping: timedelta = PING


async def ask(app: FeishuApp, http: Http) -> Endpoint:
    """Ask Feishu for one; every failure is `TryLater` or `Misconfigured`."""
    said = {"AppID": app.app_id, "AppSecret": app.app_secret}
    answer = await http.call(
        "POST", f"{app.api_base}/callback/ws/endpoint", document=said, headers={"locale": "zh"}
    )
    return read(answer)


def read(answer: Answer) -> Endpoint:
    """The endpoint in an answer."""
    code = code_of(answer)
    if code in WRONG:
        raise Misconfigured(WRONG[code])
    data = answer.document.get("data")
    url = data.get("URL") if isinstance(data, Mapping) else None
    if code != 0 or not isinstance(data, Mapping) or not isinstance(url, str):
        raise TryLater(f"飞书没有给出长连接的地址（{code}）")
    service = parse_qs(urlsplit(url).query).get("service_id", [""])[0]
    if not url.startswith(("wss://", "ws://")) or not service.isdigit():
        raise TryLater("飞书给出的长连接地址看不懂")
    return Endpoint(url, int(service), ping_in(data.get("ClientConfig"), PING))


def ping_told(payload: bytes, before: timedelta) -> timedelta:
    """How often to ping from now on: an answer to a ping may carry a new configuration."""
    try:
        return ping_in(json.loads(payload), before) if payload else before
    except (ValueError, RecursionError):
        return before


def ping_in(config: object, before: timedelta) -> timedelta:
    """Within reason, whatever is said."""
    said = config.get("PingInterval") if isinstance(config, Mapping) else None
    if not isinstance(said, int) or isinstance(said, bool) or said <= 0:
        return before
    return min(max(timedelta(seconds=min(said, 86_400)), SHORTEST), LONGEST)
