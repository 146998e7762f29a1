"""How a notice reaches a department: the robot of its group, which only speaks.

https://developer.work.weixin.qq.com/document/path/91770
"""

import base64
import hashlib
import logging
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from bot.platforms.http import Http
from bot.platforms.wecom import errcodes
from bot.platforms.wecom.app import API_BASE
from bot.platforms.wecom.groups import contents
from bot.robots import strange_host
from domain.charts import Chart
from domain.destinations import DESTINATIONS
from domain.sending import Misconfigured, Rendered, Undeliverable

log = logging.getLogger(__name__)
Paint = Callable[[Sequence[Chart]], Awaitable[bytes]]
ROBOT = DESTINATIONS["wecom-robot"]
KEY = re.compile(r"[A-Za-z0-9_\-]{8,128}")


class RobotSender:
    """`domain.sending.Sender` to the group whose webhook (or only its key) is the address.

    `wecom_id` gives the WeCom user id of one of ours, or an empty string: who has none cannot be mentioned.
    """

    def __init__(
        self, http: Http, wecom_id: Callable[[str], str], paint: Paint, api_base: str = API_BASE
    ) -> None:
        self._http = http
        self._wecom_id = wecom_id
        self._api_base = api_base
        self._paint = paint
        self._url = f"{api_base}/cgi-bin/webhook/send"

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        """Deliver all parts; the platform has no idempotency key here, so a retry may show twice."""
        key = webhook_key(address, self._api_base)
        picture = await self._picture(notice)
        called = [self._wecom_id(user_id) for user_id in notice.mentions]
        for content in contents(notice, called, ROBOT.bytes):
            await self._send(key, {"msgtype": "markdown", "markdown": {"content": content}})
        if picture:
            await self._show(key, picture)

    async def _send(self, key: str, document: Mapping[str, object]) -> None:
        answer = await self._http.call("POST", self._url, query={"key": key}, document=document)
        errcodes.check(answer.code(), str(answer.document.get("errmsg", "")))

    async def _picture(self, notice: Rendered) -> bytes:
        """Made before anything is sent; empty where none comes of it: the words say it all."""
        try:
            return await self._paint(notice.charts) if notice.charts else b""
        except Exception:
            # Whatever is wrong with the picture, a bug in its drawing included, must not cost the words.
            log.exception("no picture")
            return b""

    async def _show(self, key: str, picture: bytes) -> None:
        # The digest is the platform's check of what arrived, nothing that anybody must not be able to forge.
        image = {
            "base64": base64.b64encode(picture).decode(),
            "md5": hashlib.md5(picture, usedforsecurity=False).hexdigest(),
        }
        try:
            await self._send(key, {"msgtype": "image", "image": image})
        except Undeliverable:
            log.exception("picture refused")  # the words have arrived; once more would only repeat them


def webhook_key(address: str, api_base: str = API_BASE) -> str:
    """The key in a webhook's address, or `address` itself; only our own API base is ever called with it.

    Raises `Misconfigured` for the address of somebody else: its key would be told to WeCom and reach no group.
    """
    if host := strange_host(ROBOT.kind, address, api_base):
        raise Misconfigured(
            f"群机器人的 webhook 地址指向 {host}，不是企业微信：请在群设置里复制完整地址，写进 webhook_env 所指的环境变量"
        )
    key = parse_qs(urlsplit(address).query).get("key", [""])[0] if "://" in address else address
    if not KEY.fullmatch(key):
        raise Misconfigured(
            "群机器人的 webhook 地址里没有 key：请在群设置里复制完整地址，写进 webhook_env 所指的环境变量"
        )
    return key
