"""How a notice reaches a group that the app has made: it calls people, has no buttons, and hears nothing.

https://developer.work.weixin.qq.com/document/path/90248
"""

import re
from collections.abc import Callable

from bot.platforms.wecom import errcodes
from bot.platforms.wecom.api import WecomApi
from bot.platforms.wecom.groups import contents
from domain.destinations import DESTINATIONS
from domain.sending import Misconfigured, Rendered

CHAT = re.compile(r"[0-9A-Za-z]{1,32}")
ROOM = DESTINATIONS["wecom-appchat"].bytes


class AppchatSender:
    """`domain.sending.Sender` to the group whose chat id is the address. `wecom_id` gives the id of one of ours."""

    def __init__(self, api: WecomApi, wecom_id: Callable[[str], str]) -> None:
        self._api = api
        self._wecom_id = wecom_id

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        """Deliver all parts; the platform has no idempotency key here, so a retry may show twice."""
        if not CHAT.fullmatch(address):
            raise Misconfigured(
                "群的 chatid 不合法：应是建群时定的 32 位以内字母和数字，请核对 company.yaml 里的 chat"
            )
        for content in contents(notice, [self._wecom_id(user_id) for user_id in notice.mentions], ROOM):
            said = {"chatid": address, "msgtype": "markdown", "markdown": {"content": content}, "safe": 0}
            answer = await self._api.post("appchat/send", said)
            errcodes.check(answer.code(), str(answer.document.get("errmsg", "")))
