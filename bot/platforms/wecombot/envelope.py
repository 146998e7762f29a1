"""The signed and encrypted JSON of callbacks. Pure.

The envelope is that of WeCom's apps, for an empty receiver: with nothing to compare at the end of the text, the exact
length is what tells a wrong key. https://developer.work.weixin.qq.com/document/path/101033
"""

import json
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.platforms.base import RawRequest, Rejected
from bot.platforms.wecom.crypto import Envelope
from bot.platforms.wecombot.bot import AiBot

SEALED = re.compile(rb'"encrypt"\s*:\s*"([A-Za-z0-9+/=\\]+)"')


class BotEnvelope:
    """Opens the requests of one bot and seals the answers to them."""

    def __init__(self, bot: AiBot) -> None:
        self._envelope = Envelope(bot.token, bot.aes_key, "")

    def echo(self, request: RawRequest, at: datetime) -> bytes:
        """What the console wants to read back when the address is saved, or raise `Rejected`."""
        return self._envelope.received(request, request.query.get("echostr", ""), at)

    def open(self, request: RawRequest, at: datetime) -> Mapping[str, Any]:
        """The JSON object inside, or raise `Rejected`; nothing is parsed before it is known to be genuine."""
        # Found without parsing, as anybody may have sent it; an escaped slash is JSON's own way to write one.
        if (found := SEALED.search(request.body)) is None:
            raise Rejected("nothing sealed inside")
        inner = self._envelope.received(request, found[1].decode("ascii").replace("\\/", "/"), at)
        try:
            document = json.loads(inner)
        except (ValueError, RecursionError) as error:
            raise Rejected("not JSON") from error
        if not isinstance(document, dict):
            raise Rejected("not a JSON object")
        return document

    def seal(self, answer: Mapping[str, object], nonce: str, at: datetime) -> bytes:
        """The answer for the request that had this nonce."""
        sealed = self._envelope.seal(json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace"))
        seconds = int(at.timestamp())
        document = {
            "encrypt": sealed,
            "msgsignature": self._envelope.signature(str(seconds), nonce, sealed),
            "timestamp": seconds,
            "nonce": nonce,
        }
        return json.dumps(document).encode()
