"""What Feishu signs and seals: events to us, and what a group's robot must sign itself. Pure.

https://open.feishu.cn/document/server-docs/event-subscription-guide/event-subscription-configure-/encrypt-key-encryption-configuration-case
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from cryptography.hazmat.primitives.padding import PKCS7

from bot.platforms.base import Rejected

BLOCK = 16


@dataclass(frozen=True, slots=True)
class Envelope:
    """Opens and seals with the app's Encrypt Key."""

    key: str = field(repr=False)

    def signature(self, timestamp: str, nonce: str, body: bytes) -> str:
        """Over the bytes as they came: a JSON written anew would be another one."""
        return hashlib.sha256(f"{timestamp}{nonce}{self.key}".encode() + body).hexdigest()

    def check(self, signature: str, timestamp: str, nonce: str, body: bytes) -> None:
        """Raise `Rejected` when somebody else signed this, or nobody."""
        right = self.signature(timestamp, nonce, body)
        if not hmac.compare_digest(signature.encode(), right.encode()):
            raise Rejected("signature does not match")

    def open(self, sealed: str) -> bytes:
        """What is inside, or raise `Rejected`."""
        try:
            raw = base64.b64decode(sealed, validate=True)
        except (binascii.Error, ValueError) as error:
            raise Rejected("not base64") from error
        if len(raw) < 2 * BLOCK or len(raw) % BLOCK:
            raise Rejected("not whole blocks")
        decryptor = Cipher(AES(self._aes()), CBC(raw[:BLOCK])).decryptor()
        padded = decryptor.update(raw[BLOCK:]) + decryptor.finalize()
        unpadder = PKCS7(8 * BLOCK).unpadder()
        try:
            return unpadder.update(padded) + unpadder.finalize()
        except ValueError as error:
            raise Rejected("padding is wrong") from error

    def seal(self, inner: bytes, start: bytes = b"") -> str:
        """The other way round, as Feishu does it; `start` is the initialisation vector."""
        start = start or secrets.token_bytes(BLOCK)
        padder = PKCS7(8 * BLOCK).padder()
        encryptor = Cipher(AES(self._aes()), CBC(start)).encryptor()
        padded = padder.update(inner) + padder.finalize()
        return base64.b64encode(start + encryptor.update(padded) + encryptor.finalize()).decode()

    def _aes(self) -> bytes:
        return hashlib.sha256(self.key.encode()).digest()


def robot_signature(timestamp: int, secret: str) -> str:
    """What a group's robot with 签名校验 wants in the body. The secret is in the key, the message is empty.

    https://open.feishu.cn/document/client-docs/bot-v3/add-custom-bot
    """
    key = f"{timestamp}\n{secret}".encode()
    return base64.b64encode(hmac.new(key, b"", hashlib.sha256).digest()).decode()
