"""Custom robots against a server that behaves like DingTalk."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.platforms.dingtalk.robot import RobotSender
from bot.platforms.http import Http
from domain.sending import Misconfigured, Rendered, TryLater, Undeliverable
from tests.fakes.dingtalk_api import Fault
from tests.fakes.dingtalk_server import DingTalkServer
from tests.integration.dingtalk.conftest import clock


@pytest.fixture
def robot(dingtalk: DingTalkServer, http: Http) -> RobotSender:
    return RobotSender(http, lambda user_id: user_id, clock, dingtalk.app.oapi_base)


@pytest.fixture
def address(dingtalk: DingTalkServer) -> Callable[[str], str]:
    return lambda token: f"{dingtalk.app.oapi_base}/robot/send?access_token={token}"


async def test_a_department_is_told_and_its_people_called(
    robot: RobotSender, dingtalk: DingTalkServer, address: Callable[[str], str]
) -> None:
    notice = Rendered("**订单 17** @all", mentions=("lina", "李四"), buttons=(("通过", "通过 17"),))

    await robot.send("group:review", address("robot-token-1"), notice, "n1")

    (shown,) = dingtalk.inbox.shown
    assert (shown.mentions, shown.title) == (("lina",), "订单 17 ＠all")
    assert shown.text.endswith("@lina")
    assert "可对应用说：「通过 17」" in shown.text


async def test_a_secret_signs_and_a_keyword_stands_in_every_part(
    robot: RobotSender, dingtalk: DingTalkServer, address: Callable[[str], str]
) -> None:
    dingtalk.inbox.keywords["robot-token-2"] = ("跟单",)
    to = address("robot-token-2") + "&secret=SECtest0000&keyword=跟单"

    await robot.send("group:x", to, Rendered("\n".join(["罐装可乐20箱"] * 3000)), "n1")

    assert len(dingtalk.inbox.shown) > 2
    assert all(one.text.count("跟单") == 1 for one in dingtalk.inbox.shown)


@pytest.mark.parametrize(
    ("more", "named"),
    [("", "加签密钥"), ("&secret=SECwrong", "加签密钥"), ("&secret=SECtest0000", "关键词")],
)
async def test_what_the_safety_settings_refuse_is_a_setting(
    robot: RobotSender, dingtalk: DingTalkServer, address: Callable[[str], str], more: str, named: str
) -> None:
    dingtalk.inbox.keywords["robot-token-2"] = ("跟单",)

    with pytest.raises(Misconfigured, match=named) as told:
        await robot.send("group:x", address("robot-token-2") + more, Rendered("a"), "n1")
    assert "SEC" not in str(told.value)


async def test_a_notice_sent_again_is_seen_once_in_all_its_parts(
    robot: RobotSender, dingtalk: DingTalkServer, address: Callable[[str], str]
) -> None:
    long = Rendered("\n".join(["罐装可乐20箱"] * 3000))
    dingtalk.api.fault("robot/send", Fault.DONE_AND_DROPPED)
    with pytest.raises(TryLater):
        await robot.send("group:x", address("robot-token-1"), long, "n1")

    await robot.send("group:x", address("robot-token-1"), long, "n1")
    seen = len(dingtalk.inbox.shown)
    await robot.send("group:x", address("robot-token-1"), long, "n2")

    assert len(dingtalk.inbox.shown) == 2 * seen


async def test_what_grows_by_being_written_as_json_still_fits(
    robot: RobotSender, dingtalk: DingTalkServer, address: Callable[[str], str]
) -> None:
    many = tuple(f"user{number:060d}" for number in range(60))

    await robot.send("group:x", address("robot-token-1"), Rendered('"' * 30_000, many), "n1")

    assert len(dingtalk.inbox.shown[0].mentions) == 50
    assert "".join(one.text for one in dingtalk.inbox.shown).count('"') == 30_000


async def test_the_twenty_first_of_a_minute_is_a_ban_of_ten(
    robot: RobotSender, dingtalk: DingTalkServer, address: Callable[[str], str]
) -> None:
    for number in range(20):
        await robot.send("group:x", address("robot-token-1"), Rendered("a"), f"n{number}")

    with pytest.raises(TryLater) as later:
        await robot.send("group:x", address("robot-token-1"), Rendered("a"), "n20")

    assert later.value.after == timedelta(minutes=10)
    assert dingtalk.inbox.penalties == ["robot-token-1"]


@pytest.mark.parametrize(
    "fault", [Fault.HANGS, Fault.BUSY, Fault.PAGE, Fault.BANNED, Fault.DROPPED, Fault.TEXT_CODE, -1, 15, 88]
)
async def test_what_passes_is_tried_later(
    robot: RobotSender, dingtalk: DingTalkServer, address: Callable[[str], str], fault: Fault | int
) -> None:
    dingtalk.api.fault("robot/send", fault)
    with pytest.raises(TryLater) as later:
        await robot.send("group:x", address("robot-token-1"), Rendered("a"), "n1")
    if fault is Fault.TEXT_CODE:
        assert later.value.after == timedelta(minutes=10)

    await robot.send("group:x", address("robot-token-1"), Rendered("a"), "n1")

    assert len(dingtalk.inbox.shown) == 1


async def test_an_unknown_robot_is_a_setting_and_never_shown(
    robot: RobotSender, address: Callable[[str], str]
) -> None:
    with pytest.raises(Misconfigured) as told:
        await robot.send("group:x", address("made-up-token"), Rendered("a"), "n1")
    assert "made-up" not in str(told.value)


async def test_a_refused_content_is_undeliverable(
    robot: RobotSender, dingtalk: DingTalkServer, address: Callable[[str], str]
) -> None:
    dingtalk.api.fault("robot/send", 430101)

    with pytest.raises(Undeliverable):
        await robot.send("group:x", address("robot-token-1"), Rendered("a"), "n1")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "robot-token-1",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=robot-token-1",
        "https://oapi.dingtalk.com@robot.example/robot/send?access_token=robot-token-1",
        "https://oapi.dingtalk.com/robot/send",
    ],
)
async def test_only_dingtalk_is_ever_called(
    robot: RobotSender, dingtalk: DingTalkServer, address: str
) -> None:
    with pytest.raises(Misconfigured) as told:
        await robot.send("group:x", address, Rendered("a"), "n1")
    assert "token-1" not in str(told.value)
    assert dingtalk.api.calls == []
