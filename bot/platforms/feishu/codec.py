"""A request of Feishu to the JSON inside, checked before it is read. Pure.

https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/encrypt-key-encryption-configuration-case
"""

import hmac
import json
import re
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.platforms.base import Rejected
from bot.platforms.feishu.app import FeishuApp
from bot.platforms.feishu.crypto import Envelope
from bot.platforms.feishu.events import Document

FRESH = timedelta(hours=8)
"""What was not answered is sent again for seven hours, and no document says that the time is then a new one. That a
message is heard once is held by its key, which is kept for longer than this (`scheduler.housekeeping`)."""
VERIFICATION = "url_verification"


class FeishuCodec:
    """Events and callbacks of one app."""

    def __init__(self, app: FeishuApp, fresh: timedelta = FRESH) -> None:
        self._token = app.verification_token
        self._fresh = fresh
        self._envelope = Envelope(app.encrypt_key)

    def opened(self, headers: Mapping[str, str], body: bytes, at: datetime) -> Document:
        """What Feishu says, or raise `Rejected`.

        Only the question whether the address is ours comes without a signature: what else does is nobody's.
        """
        signature = headers.get("X-Lark-Signature", "")
        if signature:
            timestamp = headers.get("X-Lark-Request-Timestamp", "")
            self._envelope.check(signature, timestamp, headers.get("X-Lark-Request-Nonce", ""), body)
            self._must_be_fresh(timestamp, at)
        sealed = _object(body).get("encrypt")
        if not isinstance(sealed, str):
            raise Rejected("not encrypted")
        document = _object(self._envelope.open(sealed))
        if not signature and document.get("type") != VERIFICATION:
            raise Rejected("not signed")
        self._must_know_the_token(document)
        return document

    def _must_be_fresh(self, timestamp: str, at: datetime) -> None:
        if not re.fullmatch(r"[0-9]{1,12}", timestamp, re.ASCII):
            raise Rejected("timestamp is no number")
        if abs(int(timestamp) - at.timestamp()) > self._fresh.total_seconds():
            raise Rejected("timestamp too old or too new")

    def _must_know_the_token(self, document: Document) -> None:
        header = document.get("header")
        said = (header if isinstance(header, Mapping) else document).get("token")
        if self._token and not hmac.compare_digest(str(said or "").encode(), self._token.encode()):
            raise Rejected("verification token differs")


def challenge(document: Document) -> str | None:
    """What Feishu wants to read back when the address is saved; None when it says something else."""
    said = document.get("challenge")
    return said if document.get("type") == VERIFICATION and isinstance(said, str) else None


def _object(raw: bytes) -> Document:
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Rejected("not JSON") from error
    if not isinstance(document, dict):
        raise Rejected("no JSON object")
    return document
