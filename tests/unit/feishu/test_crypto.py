"""Vectors of the platform's documents, and our own that were checked against its SDK."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.base import Rejected
from bot.platforms.feishu.crypto import Envelope, robot_signature

ENVELOPE = Envelope("test key")
DOCUMENTED = "P37w+VZImNgPEO1RBhJ6RtKl7n6zymIbEG1pReEzghk="
OWN = (
    "MDEyMzQ1Njc4OWFiY2RlZnIJTlxSgcccTcTxKskvXXwtTc8InwFJ6H4vuiwEXQ0vmiYkptvyl/G9yM7T05Nw"
    "lnuaKN5lAahWug+ydKbaDBw="
)
OWN_INSIDE = b'{"challenge":"abc","token":"tok","type":"url_verification"}'
BODY = b'{"encrypt":"' + OWN.encode() + b'"}'
SIGNATURE = "19656bdce0c0490e94f1e6d51aed3ab1a94ae98bf8d2485b94d14983797e1e9d"


def test_the_documented_text_opens() -> None:
    assert ENVELOPE.open(DOCUMENTED) == b"hello world"


def test_an_event_opens_and_seals_to_the_same() -> None:
    assert ENVELOPE.open(OWN) == OWN_INSIDE
    assert ENVELOPE.seal(OWN_INSIDE, b"0123456789abcdef") == OWN


def test_the_signature_is_over_the_bytes_as_they_came() -> None:
    assert ENVELOPE.signature("1700000000", "nonce123", BODY) == SIGNATURE
    ENVELOPE.check(SIGNATURE, "1700000000", "nonce123", BODY)
    for wrong in (
        (SIGNATURE.upper(), "1700000000", "nonce123", BODY),
        (SIGNATURE, "1700000001", "nonce123", BODY),
        (SIGNATURE, "1700000000", "nonce124", BODY),
        (SIGNATURE, "1700000000", "nonce123", BODY.replace(b":", b": ")),
        ("", "1700000000", "nonce123", BODY),
        ("é", "1700000000", "nonce123", BODY),
    ):
        with pytest.raises(Rejected):
            ENVELOPE.check(*wrong)


def test_a_robot_signs_with_an_empty_message() -> None:
    assert robot_signature(1599360473, "demo") == "l1N0gAcBjdwBvGm1xMjOF0XSyaLRpR7tuO5dHfhAYc8="


@pytest.mark.parametrize(
    "sealed", ["", "äöü", "AAAA", "A" * 44, DOCUMENTED[:-4], DOCUMENTED + "=", " " + DOCUMENTED]
)
def test_what_was_not_sealed_so_is_rejected(sealed: str) -> None:
    with pytest.raises(Rejected):
        ENVELOPE.open(sealed)


def test_another_key_opens_nothing() -> None:
    with pytest.raises(Rejected):
        Envelope("another key").open(DOCUMENTED)


def test_keys_are_not_shown() -> None:
    assert "test key" not in repr(ENVELOPE)


@given(st.binary(max_size=200))
def test_whatever_is_sealed_opens(inner: bytes) -> None:
    assert ENVELOPE.open(ENVELOPE.seal(inner)) == inner
