"""How a notice reaches a group through its custom robot (自定义机器人), which only speaks.

https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
"""

import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import parse_qs, urlsplit

from bot.platforms.feishu import cards, dialect, errcodes
from bot.platforms.feishu.app import API_BASE
from bot.platforms.feishu.crypto import robot_signature
from bot.platforms.feishu.texts import texts
from bot.platforms.http import Http
from bot.platforms.splitting import size
from bot.robots import host_of, strange_host
from domain.destinations import DESTINATIONS
from domain.ports import Clock
from domain.sending import Misconfigured, Rendered
from handlers.message import Button

log = logging.getLogger(__name__)
ROBOT = DESTINATIONS["feishu-robot"]
BODY = 20_000
AROUND = 500
"""What stands around a card in the body: its kind, time and signature."""
MENTIONED = ROBOT.bytes // 4
HOOK = re.compile(r"(?:.*/open-apis/bot/v2/hook/)?([A-Za-z0-9\-]{8,128})/?")


@dataclass(frozen=True, slots=True)
class Webhook:
    """A robot's address taken apart. `keyword` is one of those it insists on, if it does."""

    url: str = field(repr=False)
    secret: str = field(default="", repr=False)
    keyword: str = ""


class RobotSender:
    """`domain.sending.Sender` to the group whose webhook is the address.

    `feishu_id` gives the id of one of ours, or an empty string: who has none cannot be mentioned.
    """

    def __init__(
        self, http: Http, feishu_id: Callable[[str], str], clock: Clock, api_base: str = API_BASE
    ) -> None:
        self._http = http
        self._feishu_id = feishu_id
        self._clock = clock
        self._api_base = api_base

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        """Deliver all parts; the platform has no idempotency key here, so a retry may show twice."""
        webhook = webhook_of(address, self._api_base)
        try:
            await self._send(webhook, notice)
        except errcodes.Malformed:
            if not notice.mentions:
                raise
            # One id that names nobody, and Feishu refuses the card for everybody: told without a call is better.
            log.warning("notice sent without its mentions", extra={"to": to})
            await self._send(webhook, replace(notice, mentions=()))

    async def _send(self, webhook: Webhook, notice: Rendered) -> None:
        for content in self._contents(notice, webhook.keyword):
            document = {**self._signed(webhook.secret), **content}
            errcodes.check(await self._http.call("POST", webhook.url, document=document))

    def _signed(self, secret: str) -> Mapping[str, object]:
        if not secret:
            return {}
        seconds = int(self._clock().timestamp())
        return {"timestamp": str(seconds), "sign": robot_signature(seconds, secret)}

    def _contents(self, notice: Rendered, keyword: str) -> Sequence[Mapping[str, object]]:
        """A robot knows no union ids; its cards have no buttons that speak, so they are words."""
        ids = [one for one in map(self._feishu_id, notice.mentions) if not one.startswith("on_")]
        words = [notice.text]
        if notice.buttons:
            words.append(dialect.twins_elsewhere([Button(label, say) for label, say in notice.buttons]))
        text, most = "\n".join(words), BODY - AROUND - size(keyword)
        if not dialect.has_marks(text):
            parts = texts(dialect.plain(text), dialect.called_in_text(ids, MENTIONED), most)
            return [{"msg_type": "text", "content": {"text": _with(keyword, part)}} for part in parts]
        made = cards.cards(
            text, notice.title, calls=dialect.called_in_card(ids, MENTIONED), foot=keyword, most=most
        )
        return [{"msg_type": "interactive", "card": card} for card in made]


def webhook_of(address: str, api_base: str = API_BASE) -> Webhook:
    """The parts of a webhook's address, to which `?secret=…` and `&keyword=…` may have been added.

    Only Feishu's own hosts and our API base are ever called. Raises `Misconfigured` for anything else: what is said in
    the group is nobody else's business.
    """
    if host := strange_host(ROBOT.kind, address, api_base):
        raise Misconfigured(
            f"群机器人的 webhook 地址指向 {host}，不是飞书：请在群设置里复制完整地址，写进 webhook_env 所指的环境变量"
        )
    said = urlsplit(address.strip())
    found = HOOK.fullmatch(said.path)
    if found is None:
        raise Misconfigured(
            "群机器人的 webhook 地址不完整：请在群设置里复制完整地址，写进 webhook_env 所指的环境变量"
        )
    base = f"https://{host}" if (host := host_of(address)) in ROBOT.hosts else api_base
    secret, keyword = (parse_qs(said.query).get(name, [""])[0].strip() for name in ("secret", "keyword"))
    return Webhook(f"{base}/open-apis/bot/v2/hook/{found[1]}", secret, dialect.words(keyword))


def _with(keyword: str, part: str) -> str:
    return part if keyword in part else f"{part}\n{keyword}"
