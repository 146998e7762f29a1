"""Requests are checked before they are read."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.platforms.base import Rejected
from bot.platforms.feishu.app import FeishuApp
from bot.platforms.feishu.codec import FRESH, FeishuCodec, challenge
from scheduler.housekeeping import INBOX_KEPT
from tests.fakes.feishu_platform import Platform, Sealed
from tests.fakes.feishu_server import APP
from tests.unit.feishu.test_crypto import BODY, OWN_INSIDE, SIGNATURE

NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)
CODEC = FeishuCodec(APP)


def platform_at(at: datetime, app: FeishuApp = APP) -> Platform:
    return Platform(app, at.timestamp)


def opened(sealed: Sealed) -> object:
    return CODEC.opened(sealed.headers, sealed.body, NOW)


def test_a_vector_checked_against_the_platforms_sdk() -> None:
    codec = FeishuCodec(FeishuApp("cli_a", "s", "test key", "tok"))
    headers = {
        "X-Lark-Signature": SIGNATURE,
        "X-Lark-Request-Timestamp": "1700000000",
        "X-Lark-Request-Nonce": "nonce123",
    }

    document = codec.opened(headers, BODY, datetime.fromtimestamp(1_700_000_000, UTC))

    assert document == json.loads(OWN_INSIDE)
    assert challenge(document) == "abc"
    assert challenge(codec.opened({}, BODY, NOW)) == "abc"  # this one question comes unsigned
    with pytest.raises(Rejected):
        codec.opened(headers, BODY, NOW)
    with pytest.raises(Rejected):
        codec.opened(headers, BODY + b" ", datetime.fromtimestamp(1_700_000_000, UTC))


def test_an_event_opens() -> None:
    platform = platform_at(NOW)
    said = platform.text("lina", "待办")

    assert opened(platform.seal(said)) == said
    assert challenge(said) is None


@pytest.mark.parametrize("off", [timedelta(minutes=6), timedelta(minutes=-6), FRESH, -FRESH])
def test_clocks_may_differ_and_a_resend_may_bear_its_first_time(off: timedelta) -> None:
    platform = platform_at(NOW + off)

    assert opened(platform.seal(platform.text("lina", "待办")))


@pytest.mark.parametrize("off", [FRESH + timedelta(seconds=1), -FRESH - timedelta(seconds=1)])
def test_what_is_older_than_any_resend_is_rejected(off: timedelta) -> None:
    platform = platform_at(NOW + off)

    with pytest.raises(Rejected, match="too old or too new"):
        opened(platform.seal(platform.text("lina", "待办")))


def test_keys_are_kept_for_longer_than_a_copy_would_be_believed() -> None:
    assert INBOX_KEPT > 2 * FRESH


def test_an_event_without_a_signature_is_nobodys() -> None:
    platform = platform_at(NOW)

    with pytest.raises(Rejected, match="not signed"):
        opened(Sealed({}, platform.seal(platform.text("lina", "待办")).body))


def test_an_event_in_the_clear_is_rejected() -> None:
    for body in (b'{"type":"url_verification","challenge":"x"}', b"[]", b"\xff", b"[" * 100_000):
        with pytest.raises(Rejected):
            CODEC.opened({}, body, NOW)


def test_another_token_is_rejected() -> None:
    other = platform_at(NOW, FeishuApp("cli_made_up", "s", APP.encrypt_key, "another token"))
    with pytest.raises(Rejected, match="token"):
        opened(other.seal(other.text("lina", "待办")))
    with pytest.raises(Rejected, match="token"):
        opened(other.check("x"))


def test_without_a_token_of_ours_none_is_asked_for() -> None:
    platform = platform_at(NOW)
    codec = FeishuCodec(FeishuApp("cli_made_up", "s", APP.encrypt_key))
    sealed = platform.seal(platform.text("lina", "待办"))

    assert codec.opened(sealed.headers, sealed.body, NOW)


def test_a_timestamp_that_is_no_number_is_rejected() -> None:
    platform = Platform(APP, lambda: 1.0)
    envelope = platform._envelope
    body = platform.seal({}).body
    for timestamp in ("", "soon", "1" * 13):
        headers = {
            "X-Lark-Signature": envelope.signature(timestamp, "", body),
            "X-Lark-Request-Timestamp": timestamp,
        }
        with pytest.raises(Rejected, match="no number"):
            CODEC.opened(headers, body, NOW)
