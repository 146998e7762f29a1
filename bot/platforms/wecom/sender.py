"""How a notice reaches one person: a message of the app.

https://developer.work.weixin.qq.com/document/path/90236
"""

import hashlib
from collections.abc import Mapping, Sequence

from bot.platforms.splitting import split
from bot.platforms.wecom import dialect, errcodes
from bot.platforms.wecom.api import WecomApi
from bot.platforms.wecom.cards import card, title_and_rest
from domain.destinations import DESTINATIONS
from domain.sending import Rendered, Undeliverable
from handlers.message import Button

MESSAGE = DESTINATIONS["wecom"]


class AppSender:
    """`domain.sending.Sender` to the person whose WeCom user id is the address."""

    def __init__(self, api: WecomApi, agent_id: int, *, cards: bool = True) -> None:
        self._api = api
        self._agent_id = agent_id
        self._cards = cards

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        """Deliver all parts; a part that an earlier attempt delivered is not shown again."""
        if not dialect.is_user_id(address):  # `a|b` and `@all` would reach others
            raise Undeliverable("企业微信账号不合法，请核对员工表的 wecom_id")
        for content in self._contents(notice, idempotency_key):
            await self._send(address, {**content, **_once(idempotency_key)})

    def _contents(self, notice: Rendered, key: str) -> Sequence[Mapping[str, object]]:
        buttons = tuple(Button(label, say) for label, say in notice.buttons)
        texts = _texts(_words(notice, buttons))
        if not (self._cards and buttons):
            return texts
        if whole := card(*title_and_rest(notice.text, notice.title, buttons), buttons, key):
            return [_card(whole)]
        short = card(dialect.CHOOSE, "", buttons, key)
        return [*texts, _card(short)] if short else texts

    async def _send(self, address: str, content: Mapping[str, object]) -> None:
        answer = await self._api.post(
            "message/send", {"touser": address, "agentid": self._agent_id, **content}
        )
        if answer.code() == errcodes.DUPLICATE_TASK:
            return
        errcodes.check(answer.code(), str(answer.document.get("errmsg", "")))
        for field, reason in (
            ("invaliduser", "企业微信里没有这个成员，或不在应用的可见范围内"),
            ("unlicenseduser", "这个成员没有企业微信接口许可"),
        ):
            if address.lower() in str(answer.document.get(field) or "").lower().split("|"):
                raise Undeliverable(reason)


def _words(notice: Rendered, buttons: Sequence[Button]) -> str:
    typed = dialect.twins(buttons, beside=notice.text)
    return f"{notice.text}\n\n{typed}" if typed else notice.text


def _texts(words: str) -> Sequence[Mapping[str, object]]:
    """As text where nothing is lost: the WeChat plugin shows no markdown."""
    kind, said = (
        ("markdown", dialect.marked(words)) if dialect.has_marks(words) else ("text", dialect.plain(words))
    )
    return [{"msgtype": kind, kind: {"content": part}} for part in split(said, MESSAGE.bytes)]


def _card(content: Mapping[str, object]) -> Mapping[str, object]:
    return {"msgtype": "template_card", "template_card": content}


def _once(key: str) -> Mapping[str, object]:
    """WeCom drops a second request with the same bytes within the interval.

    A retry of this notice must be dropped, the same words in another notice must not: so each notice has
    an interval of its own, between 5 and 60 minutes.
    """
    spread = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") % 3300
    return {"enable_duplicate_check": 1, "duplicate_check_interval": 300 + spread}
