"""The signed and encrypted envelope of WeCom's callbacks. Pure.

https://developer.work.weixin.qq.com/document/path/90968
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from bot.platforms.base import RawRequest, Rejected
from domain.sending import Misconfigured

BLOCK = 32  # WeCom pads to 32 bytes although AES has blocks of 16; a stock unpadder refuses 17…32
FRESH = timedelta(minutes=5)
HEAD = 16 + 4  # random bytes, then the length of the text


class Envelope:
    """Seals and opens what goes between WeCom and one receiver (corp id; empty for AI bots)."""

    def __init__(self, token: str, aes_key: str, receiver: str) -> None:
        if not re.fullmatch(r"[A-Za-z0-9]{43}", aes_key):
            raise Misconfigured("EncodingAESKey 应是 43 位字母和数字，请从应用的「接收消息」页面重新复制")
        key = base64.b64decode(aes_key + "=")
        self._token = token.encode()
        self._receiver = receiver.encode()
        self._cipher: Cipher[CBC] = Cipher(AES(key), CBC(key[:16]))

    def signature(self, timestamp: str, nonce: str, sealed: str) -> str:
        """What the platform and we both write beside a sealed text."""
        parts = sorted([self._token, *(_bytes(part) for part in (timestamp, nonce, sealed))])
        return hashlib.sha1(b"".join(parts), usedforsecurity=False).hexdigest()

    def check(self, signature: str, timestamp: str, nonce: str, sealed: str) -> None:
        """Raise `Rejected` unless the token signed this; every wrong signature takes the same time."""
        if not hmac.compare_digest(_bytes(signature), self.signature(timestamp, nonce, sealed).encode()):
            raise Rejected("signature does not match")

    def received(self, request: RawRequest, sealed: str, at: datetime, fresh: timedelta = FRESH) -> bytes:
        """The text that a request of this moment brought sealed, or raise `Rejected`."""
        query = request.query
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        self.check(query.get("msg_signature", ""), timestamp, nonce, sealed)
        if not re.fullmatch(r"[0-9]{1,12}", timestamp, re.ASCII):
            raise Rejected("timestamp is no number")
        if abs(int(timestamp) - at.timestamp()) > fresh.total_seconds():
            raise Rejected("timestamp too old or too new")
        return self.open(sealed)

    def open(self, sealed: str) -> bytes:
        """The text inside, or raise `Rejected`."""
        plain = self._unpadded(self._decrypted(sealed))
        length = int.from_bytes(plain[16:HEAD], "big")
        receiver = plain[HEAD + length :]
        if len(plain) < HEAD or HEAD + length > len(plain):
            raise Rejected("length field beyond the text")
        if not hmac.compare_digest(receiver, self._receiver):
            raise Rejected("for another receiver")
        return plain[HEAD : HEAD + length]

    def seal(self, text: bytes, salt: bytes | None = None) -> str:
        """`text` so that only the platform can read it; `salt` is 16 random bytes unless given."""
        plain = (salt or secrets.token_bytes(16)) + len(text).to_bytes(4, "big") + text + self._receiver
        pad = BLOCK - len(plain) % BLOCK
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()).decode()

    def _decrypted(self, sealed: str) -> bytes:
        try:
            raw = base64.b64decode(sealed, validate=True)
        except (binascii.Error, ValueError) as error:
            raise Rejected("not base64") from error
        if not raw or len(raw) % BLOCK:
            raise Rejected("not whole blocks")
        decryptor = self._cipher.decryptor()
        return decryptor.update(raw) + decryptor.finalize()

    @staticmethod
    def _unpadded(padded: bytes) -> bytes:
        pad = padded[-1]
        if not 1 <= pad <= BLOCK or not hmac.compare_digest(padded[-pad:], bytes([pad]) * pad):
            raise Rejected("padding is wrong")
        return padded[:-pad]


def _bytes(text: str) -> bytes:
    """Whatever a query or a body may hold, lone surrogates too."""
    return text.encode("utf-8", "surrogatepass")
