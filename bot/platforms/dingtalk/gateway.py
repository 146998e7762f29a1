"""Where a Stream connection is to be opened: asked anew each time, since a ticket opens one and lives 90 seconds.

https://github.com/open-dingtalk/developerpedia/blob/main/docs/learn/stream/protocol.md
"""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bot.platforms.dingtalk import errcodes, fields
from bot.platforms.dingtalk.app import DingTalkApp
from bot.platforms.dingtalk.frames import SUBSCRIPTIONS
from bot.platforms.http import Http
from domain.sending import Misconfigured, TryLater


@dataclass(frozen=True, slots=True)
class Entrance:
    """An address and the ticket that opens it, once."""

    endpoint: str
    ticket: str = field(repr=False)


async def entrance(app: DingTalkApp, http: Http) -> Entrance:
    """A new one. Raises `TryLater`, and `Misconfigured` where somebody must change something first."""
    document = {
        "clientId": app.app_key,
        "clientSecret": app.app_secret,
        "ua": "gendan",
        "localIp": "127.0.0.1",  # asked for by the protocol; what the machine is called inside is nobody's business
        "subscriptions": list(SUBSCRIPTIONS),
    }
    answer = await http.call("POST", f"{app.api_base}/v1.0/gateway/connections/open", document=document)
    if answer.status in (400, 401, 403):
        raise Misconfigured(
            "钉钉不接受 Stream 连接：请核对 GENDAN_DINGTALK__APP_KEY 和 __APP_SECRET，并把应用的消息接收模式设为"
            f" Stream 后发布（{errcodes.code_of(answer) or answer.status}）"
        )
    errcodes.check_new(answer)
    endpoint, ticket = fields.text(answer.document, "endpoint"), fields.text(answer.document, "ticket")
    if not endpoint or not ticket:
        raise TryLater("钉钉的回答里没有 Stream 的地址")
    allowed = ("wss",) if app.api_base.startswith("https://") else ("wss", "ws")
    if urlsplit(endpoint).scheme not in allowed:
        raise Misconfigured("钉钉给的 Stream 地址不是加密的 wss 地址")
    return Entrance(endpoint, ticket)
