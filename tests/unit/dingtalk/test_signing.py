"""Signatures of DingTalk, by its documents' own inputs."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.platforms.base import Rejected
from bot.platforms.dingtalk import signing

AT = datetime.fromtimestamp(1577262236757 / 1000, UTC)
SECRET, STAMP = "this is a secret", "1577262236757"


def test_a_message_is_signed_as_the_document_says():
    assert signing.with_secret(SECRET, STAMP) == "DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CA="


def test_a_custom_robot_is_called_with_the_same_rule():
    signed = signing.with_secret("SECtest0000", "1700000000000")

    assert signed == "vnXGs3iLBrhWP5FlVeFaKWEXtHxmrew6anASiLXEfm0="


def test_a_press_is_signed_over_its_timestamp():
    assert signing.of_card("ACTION", STAMP) == "tVos68jVJXqljqySDXh3tsgD1YV3z5xi3pG6ZaZEPBo="


@pytest.mark.parametrize("minutes", [-5, 0, 5])
def test_what_is_fresh_and_signed_passes(minutes):
    signed = signing.with_secret(SECRET, STAMP)

    signing.check(signed, signed, STAMP, AT + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("signature", "stamp", "late"),
    [
        ("", STAMP, timedelta()),
        ("DJrE6qdyVGCQz9z5r2MDuNcNAhwYnuAkyj13cx169CB=", STAMP, timedelta()),
        ("签名", STAMP, timedelta()),
        (None, STAMP, timedelta(minutes=6)),
        (None, STAMP, timedelta(minutes=-6)),
        (None, "", timedelta()),
        (None, "-1577262236757", timedelta()),
        (None, "１577262236757", timedelta()),
        (None, "9" * 4000, timedelta()),
    ],
)
def test_the_rest_is_refused(signature, stamp, late):
    expected = signing.with_secret(SECRET, stamp)

    with pytest.raises(Rejected):
        signing.check(expected if signature is None else signature, expected, stamp, AT + late)
