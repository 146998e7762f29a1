"""Where the long connection leads."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.feishu.endpoint import LONGEST, PING, SHORTEST, ping_told, read
from bot.platforms.feishu.socket import LONGEST_PAUSE, pause
from bot.platforms.http import Answer
from domain.sending import Misconfigured, TryLater

URL = "wss://msg-frontier.feishu.cn/ws/v2?fpid=493&aid=552564&device_id=7&service_id=33554678&ticket=made-up"


def answer(**data: object) -> Answer:
    return Answer(200, {"code": 0, "msg": "", "data": data})


def test_an_endpoint_is_read_and_its_address_not_shown() -> None:
    read_ = read(answer(URL=URL, ClientConfig={"PingInterval": 90, "ReconnectNonce": 30}))

    assert (read_.url, read_.service, read_.ping) == (URL, 33554678, timedelta(seconds=90))
    assert "ticket" not in repr(read_)
    assert read(answer(URL=URL)).ping == PING


@pytest.mark.parametrize("code", [403, 514, 1000040350])
def test_a_wrong_setting_is_told(code: int) -> None:
    with pytest.raises(Misconfigured, match=str(code)):
        read(Answer(200, {"code": code, "msg": "made up"}))


@pytest.mark.parametrize(
    "said",
    [
        Answer(200, {"code": 1, "msg": "busy"}),
        Answer(200, {"code": 1000040343}),
        Answer(200, {}),
        Answer(200, {"code": 0}),
        answer(URL="https://x/?service_id=1"),
        answer(URL="wss://x/"),
        answer(URL=None),
    ],
)
def test_everything_else_is_tried_again(said: Answer) -> None:
    with pytest.raises(TryLater):
        read(said)


def test_a_pong_may_change_the_interval() -> None:
    assert ping_told(b'{"PingInterval": 30}', PING) == timedelta(seconds=30)
    for payload in (
        b"",
        b"{",
        b"[]",
        b'{"PingInterval": -1}',
        b'{"PingInterval": true}',
        b'{"PingInterval": "9"}',
    ):
        assert ping_told(payload, PING) == PING


@given(st.integers())
def test_an_interval_stays_within_reason(said: int) -> None:
    told = ping_told(f'{{"PingInterval": {said}}}'.encode(), PING)

    assert SHORTEST <= told <= LONGEST


def test_pauses_grow_are_bounded_and_never_in_step() -> None:
    assert [pause(failures, 1.0) for failures in (0, 1, 2, 6, 99)] == [
        1.0,
        2.0,
        4.0,
        LONGEST_PAUSE,
        LONGEST_PAUSE,
    ]
    assert pause(3, 0.0) == pause(3, 1.0) / 2
