"""What DingTalk answers, in every way it fails."""

from datetime import timedelta

import pytest

from bot.platforms.dingtalk import errcodes
from bot.platforms.http import Answer
from domain.sending import Misconfigured, TryLater, Undeliverable


def old(code, message=""):
    return Answer(200, {"errcode": code, "errmsg": message})


def new(word, status=400):
    return Answer(status, {"code": word, "message": "m", "requestid": "r"})


@pytest.mark.parametrize("code", [0, "0", None])
def test_success_may_be_a_text(code):
    errcodes.check(old(code) if code is not None else Answer(200, {}))


@pytest.mark.parametrize("code", [410100, "410100", 130101])
def test_a_robot_that_spoke_too_fast_is_mute_for_ten_minutes(code):
    with pytest.raises(TryLater) as later:
        errcodes.check(old(code))

    assert later.value.after == timedelta(minutes=10)


@pytest.mark.parametrize("code", [-1, 15, 88, 90002, 777777, "what"])
def test_what_passes_is_tried_again(code):
    with pytest.raises(TryLater):
        errcodes.check(old(code))


@pytest.mark.parametrize(
    ("message", "named"),
    [
        ("keywords not in content, more: [https://ding]", "关键词"),
        ("sign not match, more: [https://ding]", "加签密钥"),
        ("invalid timestamp, more: [https://ding]", "时钟"),
        ("ip 203.0.113.7 not in whitelist, more: [https://ding]", "203.0.113.7"),
        ("something new", "安全设置"),
    ],
)
def test_what_the_safety_settings_refuse_says_which(message, named):
    with pytest.raises(Misconfigured, match=named):
        errcodes.check(old(310000, message))


@pytest.mark.parametrize("code", [300005, 400013, 400101, 400102, 400106])
def test_a_robot_that_is_gone_is_a_setting(code):
    with pytest.raises(Misconfigured, match=str(code)):
        errcodes.check(old(code))


@pytest.mark.parametrize("code", [40035, 400105, 430101, 430104])
def test_what_is_refused_for_its_content_is_undeliverable(code):
    with pytest.raises(Undeliverable):
        errcodes.check(old(code))


@pytest.mark.parametrize("look", [errcodes.check, errcodes.check_new])
@pytest.mark.parametrize("wait", [5, "5", 1, 99, None, "soon"])
def test_a_ban_of_the_address_has_no_code_at_all(look, wait):
    banned = Answer(200, {"status": 1111, "wait": wait, "source": "x5", "punish": "deny"})

    with pytest.raises(TryLater, match="1111") as later:
        look(banned)

    assert later.value.after is not None
    assert timedelta(minutes=1) <= later.value.after <= timedelta(minutes=5)


@pytest.mark.parametrize(
    ("word", "status", "kind"),
    [
        ("send.too.fast", 400, TryLater),
        ("system.error", 500, TryLater),
        ("something.new", 400, TryLater),
        ("QpsLimit", 429, TryLater),
        ("staffId.notExisted", 400, Undeliverable),
        ("contain.sensitive", 400, Undeliverable),
        ("resource.not.found", 400, Misconfigured),
        ("Forbidden.AccessDenied.AccessTokenPermissionDenied", 403, Misconfigured),
        ("invalidClientIdOrSecret", 400, Misconfigured),
        ("bot.forbidden.sendMessage", 400, Misconfigured),
    ],
)
def test_new_calls_answer_with_a_word(word, status, kind):
    with pytest.raises(kind, match=word):
        errcodes.check_new(new(word, status))


def test_what_is_no_word_is_not_shown():
    with pytest.raises(TryLater) as later:
        errcodes.check_new(new("<b>https://x?token=secret</b>"))

    assert "secret" not in str(later.value)


def test_a_success_is_none_of_these():
    errcodes.check_new(Answer(200, {"processQueryKey": "p"}))
