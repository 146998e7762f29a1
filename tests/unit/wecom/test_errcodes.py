"""What a code means decides who must act: nobody, time, an administrator, or the process owner."""

from datetime import timedelta

import pytest

from bot.platforms.wecom import errcodes
from domain.sending import Misconfigured, TryLater, Undeliverable


@pytest.mark.parametrize("code", [-1, 6000, 45009, 45033, 123456])
def test_what_passes_is_tried_later(code: int) -> None:
    with pytest.raises(TryLater) as later:
        errcodes.check(code, "x")
    assert later.value.after == (timedelta(seconds=60) if code == 45009 else None)


@pytest.mark.parametrize("code", [40001, 40013, 40056, 48002, 301002, 93000, 93004, 93008, 60020])
def test_a_wrong_setting_is_said_in_a_sentence(code: int) -> None:
    with pytest.raises(Misconfigured, match=str(code)):
        errcodes.check(code, "x")


@pytest.mark.parametrize("code", [81013, 60111, 60011, 40058, 40008, 44004])
def test_what_never_arrives_is_given_up(code: int) -> None:
    with pytest.raises(Undeliverable, match=str(code)):
        errcodes.check(code, "x")


def test_the_address_to_trust_is_named() -> None:
    hint = "not allow to access from your ip, hint: [1669], from ip: 203.0.113.7, more info at https://x"
    with pytest.raises(Misconfigured, match=r"来自 203\.0\.113\.7 的请求.*企业可信IP"):
        errcodes.check(60020, hint)
    with pytest.raises(Misconfigured, match="来自 2001:db8::7 的请求"):
        errcodes.check(60020, "from ip: 2001:db8::7, more")
    with pytest.raises(Misconfigured, match="来自这台服务器的请求"):
        errcodes.check(60020, "no address here")


def test_what_the_platform_writes_is_never_repeated() -> None:
    for code in (60020, 40001, 81013, 45009, 99999):
        with pytest.raises((TryLater, Misconfigured, Undeliverable)) as told:
            errcodes.check(code, "https://x/send?key=secret from ip: secret")
        assert "secret" not in str(told.value)


def test_zero_is_good() -> None:
    errcodes.check(0, "ok")
