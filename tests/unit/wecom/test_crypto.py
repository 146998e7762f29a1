"""The envelope: every published example, and nothing but `Rejected` for anything else."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.base import Rejected
from bot.platforms.wecom.crypto import Envelope
from domain.sending import Misconfigured
from tests.unit.wecom import vectors
from tests.unit.wecom.vectors import CORP_A, KEY_A, TOKEN_A, Vector

OURS = Envelope(TOKEN_A, KEY_A, CORP_A)


def envelope(vector: Vector) -> Envelope:
    return Envelope(vector.token, vector.key, vector.receiver)


def raw(plain: bytes) -> str:
    """`plain` encrypted as it is: whoever knows the key can send any padding."""
    key = base64.b64decode(KEY_A + "=")
    encryptor = Cipher(AES(key), CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


def padded(plain: bytes) -> bytes:
    pad = 32 - len(plain) % 32
    return plain + bytes([pad]) * pad


@pytest.mark.parametrize("vector", vectors.SIGNED, ids=lambda vector: vector.name)
def test_a_published_signature_is_believed_and_no_other(vector: Vector) -> None:
    envelope(vector).check(vector.signature, vector.timestamp, vector.nonce, vector.sealed)

    for said in ("", vector.signature.upper(), vector.signature[:-1] + "x", "签名", "\ud800"):
        with pytest.raises(Rejected):
            envelope(vector).check(said, vector.timestamp, vector.nonce, vector.sealed)
    with pytest.raises(Rejected):
        envelope(vector).check(vector.signature, vector.timestamp, vector.nonce + "1", vector.sealed)


@pytest.mark.parametrize("vector", vectors.ALL, ids=lambda vector: vector.name)
def test_a_published_text_opens_and_seals_to_the_same_bytes(vector: Vector) -> None:
    text = envelope(vector).open(vector.sealed)

    assert vector.text is None or text.decode() == vector.text
    assert envelope(vector).seal(text, vector.salt.encode()) == vector.sealed


def test_the_published_hello_is_inside() -> None:
    text = envelope(vectors.MESSAGE_B).open(vectors.MESSAGE_B.sealed).decode()

    for part in ("hello", "mycreate", "4561255354251345929", "218"):
        assert part in text


def test_another_receiver_is_rejected() -> None:
    for receiver in ("", CORP_A[:-1], CORP_A + "x", "wx5823bf96d3bd56c7"):
        with pytest.raises(Rejected, match="receiver"):
            Envelope(TOKEN_A, KEY_A, receiver).open(vectors.MESSAGE_A.sealed)


def test_another_key_is_rejected_even_without_a_receiver() -> None:
    for receiver in ("", CORP_A, vectors.CORP_B):
        with pytest.raises(Rejected):
            Envelope(TOKEN_A, KEY_A, receiver).open(vectors.MESSAGE_B.sealed)


@pytest.mark.parametrize(
    "plain",
    [
        b"x" * 31 + b"\x00",
        b"x" * 31 + b"\x21",
        b"x" * 28 + b"\x03\x04\x04\x04",
        b"\x1f" * 31 + b"\x20",
        b"x" * 31 + b"\xff",
    ],
)
def test_padding_must_be_whole(plain: bytes) -> None:
    with pytest.raises(Rejected, match="padding"):
        OURS.open(raw(plain))


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"r" * 16,
        b"r" * 19,
        b"r" * 16 + (5).to_bytes(4, "big") + b"abcd",
        b"r" * 16 + b"\xff\xff\xff\xff" + b"abcd" + CORP_A.encode(),
    ],
)
def test_a_length_beyond_the_text_is_rejected(plain: bytes) -> None:
    with pytest.raises(Rejected, match="length"):
        OURS.open(raw(padded(plain)))


@pytest.mark.parametrize("pad", range(1, 33))
def test_every_length_of_padding_opens(pad: int) -> None:
    text = b"t" * (2 * 32 - 20 - len(CORP_A) - pad + 32)

    assert OURS.open(OURS.seal(text)) == text


@pytest.mark.parametrize(
    "sealed", ["", "=", "%%%%", "YWJj", "YWJj" * 8 + "=", "中文", "YWJj\n" * 8, "\ud800", "A" * 20]
)
def test_what_is_no_base64_or_no_whole_block_is_rejected(sealed: str) -> None:
    with pytest.raises(Rejected):
        OURS.open(sealed)


@pytest.mark.parametrize("junk", ["\n", "*", " ", "-", "_"])
def test_a_character_too_many_is_rejected(junk: str) -> None:
    with pytest.raises(Rejected, match="base64"):
        OURS.open(vectors.MESSAGE_A.sealed[:8] + junk + vectors.MESSAGE_A.sealed[8:])


@given(st.text())
def test_any_text_is_rejected_and_nothing_else(sealed: str) -> None:
    with pytest.raises(Rejected):
        OURS.open(sealed)


@given(st.binary(max_size=200).map(lambda plain: raw(padded(plain))))
def test_anything_sealed_with_the_key_opens_to_its_text_or_is_rejected(sealed: str) -> None:
    try:
        text = OURS.open(sealed)
    except Rejected:
        return
    assert OURS.open(OURS.seal(text)) == text


@given(st.lists(st.text(), min_size=4, max_size=4))
def test_any_strings_are_a_wrong_signature_and_nothing_else(said: list[str]) -> None:
    with pytest.raises(Rejected):
        OURS.check(said[0], said[1], said[2], said[3])


@given(st.binary())
def test_what_is_sealed_opens_again(text: bytes) -> None:
    assert OURS.open(OURS.seal(text)) == text
    assert OURS.seal(text) != OURS.seal(text)


@pytest.mark.parametrize(
    "key", ["", KEY_A[:-1], KEY_A + "a", KEY_A[:-1] + "=", KEY_A[:-1] + "/", KEY_A[:-1] + "\n"]
)
def test_a_key_that_is_none_is_told_in_plain_words(key: str) -> None:
    with pytest.raises(Misconfigured, match="EncodingAESKey") as told:
        Envelope(TOKEN_A, key, CORP_A)
    assert not key or key not in str(told.value)
