"""The signatures between DingTalk and us. Pure.

None of them covers the body: whoever reads one can use it for as long as it is fresh, so that is not long.
https://open.dingtalk.com/document/orgapp/receive-message; robots custom-robots-send-group-messages
"""

import base64
import hashlib
import hmac
import re
from datetime import datetime, timedelta

from bot.platforms.base import Rejected

FRESH = timedelta(minutes=5)


def with_secret(secret: str, timestamp: str) -> str:
    """What stands beside a message of a person (the app's secret) or of a custom robot (its own)."""
    return _signed(secret, f"{timestamp}\n{secret}")


def of_card(secret: str, timestamp: str) -> str:
    """What stands beside a press on a card."""
    return _signed(secret, timestamp)


def check(signature: str, expected: str, timestamp: str, at: datetime) -> None:
    """Raise `Rejected` unless it is the one expected, from now; every wrong one takes the same time."""
    if not hmac.compare_digest(signature.encode("utf-8", "replace"), expected.encode()):
        raise Rejected("signature does not match")
    if not re.fullmatch(r"[0-9]{1,15}", timestamp, re.ASCII):
        raise Rejected("timestamp is no number")
    if abs(int(timestamp) / 1000 - at.timestamp()) > FRESH.total_seconds():
        raise Rejected("timestamp too old or too new")


def _signed(secret: str, words: str) -> str:
    digest = hmac.new(secret.encode(), words.encode("utf-8", "replace"), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()
