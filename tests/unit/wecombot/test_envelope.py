"""The JSON envelope with an empty receiver: the vectors, and nothing but `Rejected` for anything else."""

import base64
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.base import RawRequest, Rejected
from bot.platforms.wecom.crypto import Envelope
from bot.platforms.wecombot.bot import AiBot
from bot.platforms.wecombot.envelope import BotEnvelope
from bot.platforms.wecombot.heard import hear
from tests.unit.wecom import vectors
from tests.unit.wecom.vectors import BOT_D, KEY_A, TOKEN_A

BOT = AiBot("b1", name="Bot", token=TOKEN_A, aes_key=KEY_A)
OURS = BotEnvelope(BOT)
PLAIN = Envelope(TOKEN_A, KEY_A, "")
NOW = datetime.fromtimestamp(1_700_000_000, UTC)


def request(sealed: str, **query: str) -> RawRequest:
    """As WeCom sends it."""
    signature = PLAIN.signature("1700000000", "nonce123", sealed)
    said = {"msg_signature": signature, "timestamp": "1700000000", "nonce": "nonce123"}
    return RawRequest("POST", {**said, **query}, json.dumps({"encrypt": sealed}).encode())


def test_the_published_callback_is_read() -> None:
    document = OURS.open(request(BOT_D.sealed, msg_signature=BOT_D.signature), NOW)
    heard = hear(document, BOT)

    assert (heard.id, heard.chat, heard.sender) == ("m1", "c1", "zhangsan")
    assert (heard.kind, heard.words) == ("text", "查询 20260101-001")


def test_an_answer_is_sealed_with_the_nonce_of_the_request() -> None:
    outer = json.loads(OURS.seal({"msgtype": "stream", "中": "文"}, "nonce123", NOW))

    assert set(outer) == {"encrypt", "msgsignature", "timestamp", "nonce"}
    assert (outer["timestamp"], outer["nonce"]) == (1_700_000_000, "nonce123")
    PLAIN.check(outer["msgsignature"], "1700000000", "nonce123", outer["encrypt"])
    assert json.loads(PLAIN.open(outer["encrypt"])) == {"msgtype": "stream", "中": "文"}


def test_a_slash_may_be_escaped_as_json_allows() -> None:
    asked = request(BOT_D.sealed)
    escaped = asked.body.replace(b"/", b"\\/")

    assert OURS.open(RawRequest("POST", asked.query, escaped), NOW)["msgid"] == "m1"


@pytest.mark.parametrize("off", [timedelta(minutes=6), -timedelta(minutes=6)])
def test_a_clock_six_minutes_off_is_refused(off: timedelta) -> None:
    with pytest.raises(Rejected):
        OURS.open(request(BOT_D.sealed), NOW + off)


@pytest.mark.parametrize("vector", [vectors.MESSAGE_A, vectors.MESSAGE_B, vectors.SAMPLE_C])
def test_a_text_for_somebody_else_is_no_text_for_the_bot(vector: vectors.Vector) -> None:
    """A receiver, or the rubbish that another key makes, stands behind the text: with none it must end there."""
    with pytest.raises(Rejected):
        PLAIN.open(vector.sealed)


def test_a_length_field_beyond_the_text_is_refused() -> None:
    sealed = PLAIN.seal(b"hello")
    other = Envelope(TOKEN_A, vectors.KEY_B, "")

    with pytest.raises(Rejected):
        other.open(sealed)


@pytest.mark.parametrize("length", [3, 4, 1 << 31])
def test_a_text_shorter_than_it_says_is_refused_although_nothing_stands_behind_it(length: int) -> None:
    plain = b"0" * 16 + length.to_bytes(4, "big") + b"hi"
    padded = plain + bytes([32 - len(plain)]) * (32 - len(plain))
    key = base64.b64decode(KEY_A + "=")
    encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
    sealed = base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    with pytest.raises(Rejected):
        PLAIN.open(sealed)


def test_a_genuine_envelope_around_no_json_object_is_refused() -> None:
    for inside in (b"", b"[]", b"{", b"1", b"\xff"):
        with pytest.raises(Rejected):
            OURS.open(request(PLAIN.seal(inside)), NOW)


@given(
    st.binary(max_size=200),
    st.dictionaries(st.sampled_from(["msg_signature", "timestamp", "nonce"]), st.text()),
)
def test_anything_else_is_refused(body: bytes, query: Mapping[str, str]) -> None:
    with pytest.raises(Rejected):
        OURS.open(RawRequest("POST", query, body), NOW)


@given(st.binary(min_size=1, max_size=96))
def test_genuine_rubbish_is_refused(rubbish: bytes) -> None:
    sealed = base64.b64encode(rubbish).decode()
    with pytest.raises(Rejected):
        OURS.open(request(sealed), NOW)
