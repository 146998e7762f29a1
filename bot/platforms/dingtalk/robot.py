"""How a notice reaches a department: the custom robot of its group, which only speaks.

https://open.dingtalk.com/document/orgapp/custom-robots-send-group-messages
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from bot.platforms.dingtalk import dialect, errcodes, signing
from bot.platforms.dingtalk.app import OAPI_BASE
from bot.platforms.dingtalk.parts import AROUND, BODY, parts
from bot.platforms.http import Http
from bot.platforms.splitting import size
from bot.robots import strange_host
from domain.destinations import DESTINATIONS
from domain.ports import Clock
from domain.sending import Misconfigured, Rendered
from handlers.message import Button

ROBOT = DESTINATIONS["dingtalk-robot"]
MENTIONED = ROBOT.bytes // 4
"""So much of a message may call people; the rest is for the words."""
MOST_CALLED = 50


@dataclass(frozen=True, slots=True)
class Webhook:
    """A robot's address taken apart. `keyword` is one of those it insists on, if it does."""

    token: str = field(repr=False)
    secret: str = field(default="", repr=False)
    keyword: str = ""


class RobotSender:
    """`domain.sending.Sender` to the group whose webhook is the address.

    `dingtalk_id` gives the DingTalk user id of one of ours, or an empty string: who has none cannot be mentioned.
    """

    def __init__(
        self, http: Http, dingtalk_id: Callable[[str], str], clock: Clock, oapi_base: str = OAPI_BASE
    ) -> None:
        self._http = http
        self._dingtalk_id = dingtalk_id
        self._clock = clock
        self._oapi_base = oapi_base

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        """Deliver all parts; a part that an earlier attempt delivered is not shown again."""
        webhook = webhook_of(address, self._oapi_base)
        called = dialect.mentions([self._dingtalk_id(one) for one in notice.mentions], MENTIONED)[
            :MOST_CALLED
        ]
        for number, words in enumerate(_contents(notice, called, webhook.keyword)):
            # The title is what a notification shows.
            document = {
                "msgtype": "markdown",
                "markdown": {"title": dialect.title(notice.title or notice.text), "text": words},
                "at": {"atUserIds": list(called) if number == 0 else [], "isAtAll": False},
                "msgUuid": _uuid(idempotency_key, number),
            }
            answer = await self._http.call(
                "POST", f"{self._oapi_base}/robot/send", query=self._query(webhook), document=document
            )
            errcodes.check(answer)

    def _query(self, webhook: Webhook) -> Mapping[str, str]:
        if not webhook.secret:
            return {"access_token": webhook.token}
        timestamp = str(int(self._clock().timestamp() * 1000))
        sign = signing.with_secret(webhook.secret, timestamp)
        return {"access_token": webhook.token, "timestamp": timestamp, "sign": sign}


def webhook_of(address: str, oapi_base: str = OAPI_BASE) -> Webhook:
    """The parts of a webhook's address, to which `&secret=…` and `&keyword=…` may have been added.

    Raises `Misconfigured` for the address of somebody else: what is called is never taken from it.
    """
    if "://" not in address or strange_host(ROBOT.kind, address, oapi_base):
        raise Misconfigured(
            "群机器人的 webhook 地址不是钉钉的：请在群设置里复制完整地址，写进 webhook_env 所指的环境变量"
        )
    query = parse_qs(urlsplit(address.strip()).query)
    token, secret, keyword = (
        query.get(name, [""])[0].strip() for name in ("access_token", "secret", "keyword")
    )
    if not token:
        raise Misconfigured(
            "群机器人的 webhook 地址里没有 access_token：请在群设置里复制完整地址，写进 webhook_env 所指的环境变量"
        )
    return Webhook(token, secret, keyword)


def _contents(notice: Rendered, called: Sequence[str], keyword: str) -> tuple[str, ...]:
    """The mentions stand in the first part, where they call; the keyword in each."""
    words = [notice.text]
    if notice.buttons:
        words.append(dialect.twins_elsewhere([Button(label, say) for label, say in notice.buttons]))
    calls = " ".join(f"@{user_id}" for user_id in called)
    insisted = f"\n\n{keyword}" if keyword else ""
    room = ROBOT.bytes - size(calls) - size(insisted) - 2
    around = AROUND + 2 * size(calls) + size(insisted)  # once in the text, once in the list
    first, *others = parts(dialect.marked("\n".join(words)), room, BODY, around)
    whole = (f"{first}\n\n{calls}" if calls else first, *others)
    return tuple(part if keyword in part else part + insisted for part in whole)


def _uuid(key: str, number: int) -> str:
    """One for each part: the same when it is sent again."""
    return hashlib.sha256(f"{key}/{number}".encode()).hexdigest()[:32]
