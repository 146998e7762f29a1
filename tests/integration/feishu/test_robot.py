"""Custom robots of groups, against a server that behaves like Feishu."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.platforms.feishu.robot import RobotSender
from bot.platforms.http import Http
from bot.reach import AddressFromEnvironment
from domain.destinations import DESTINATIONS
from domain.sending import Misconfigured, Rendered, TryLater, Undeliverable
from scheduler.costs import messages_of
from tests.fakes.feishu_api import Fault
from tests.fakes.feishu_server import FeishuServer

IDS = {"lina": "ou_lina", "zhoukai": "on_zhoukai", "bo": "bo", "stranger": ""}


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def robot(feishu: FeishuServer, http: Http) -> RobotSender:
    return RobotSender(http, lambda user_id: IDS[user_id], now, feishu.app.api_base)


async def tell(robot: RobotSender, notice: Rendered | str, address: str = "robot-key-1") -> None:
    said = Rendered(notice) if isinstance(notice, str) else notice
    await robot.send("group:warehouse", address, said, "n1")


async def test_the_group_is_told_and_those_called_whom_a_robot_can_call(
    robot: RobotSender, feishu: FeishuServer
) -> None:
    called = ("lina", "zhoukai", "bo", "stranger")
    await tell(robot, Rendered("**订单 17** 待发货\n- 可乐20箱", title="待发货", mentions=called))
    await tell(robot, Rendered("订单 17 待发货", mentions=called))

    assert [(one.to, one.kind, one.mentions) for one in feishu.inbox.robots] == [
        ("robot-key-1", "interactive", ["ou_lina", "bo"]),
        ("robot-key-1", "text", ["ou_lina", "bo"]),
    ]


async def test_one_id_that_names_nobody_costs_the_call_not_the_notice(
    robot: RobotSender, feishu: FeishuServer
) -> None:
    IDS["gone"] = "ou_gone"

    await tell(robot, Rendered("**订单 17**", mentions=("lina", "gone")))

    assert [one.mentions for one in feishu.inbox.robots] == [[]]
    feishu.api.fault("hook", 11310)
    with pytest.raises(Undeliverable):
        await tell(robot, "**订单 17**")


async def test_a_robot_with_a_secret_signs(feishu: FeishuServer, robot: RobotSender) -> None:
    hook = f"{feishu.app.api_base}/open-apis/bot/v2/hook/signed-robot"
    sender = AddressFromEnvironment(robot, {"ROBOT": f"{hook}?secret=made-up-robot-secret", "BARE": hook})

    await sender.send("group:warehouse", "env:ROBOT", Rendered("a"), "n1")

    assert [one.to for one in feishu.inbox.robots] == ["signed-robot"]
    with pytest.raises(Misconfigured, match="secret="):
        await sender.send("group:warehouse", "env:BARE", Rendered("a"), "n1")


@pytest.mark.parametrize("mark", ["", "**"])
async def test_a_robot_that_insists_on_a_keyword_finds_it_in_every_part(
    robot: RobotSender, feishu: FeishuServer, mark: str
) -> None:
    long = "\n".join(f"{mark}{number}{mark} 罐装可乐20箱" for number in range(1200))
    for text in (long, f"{mark}跟单{mark}：一单"):
        await tell(robot, text, "robot-key-1?keyword=跟单")

    assert len(feishu.inbox.robots) > 2
    assert {one.text.count("跟单") for one in feishu.inbox.robots} == {1}


async def test_six_minutes_off_a_signature_still_holds_and_hours_off_it_is_told(
    feishu: FeishuServer, http: Http
) -> None:
    for off, good in ((timedelta(minutes=6), True), (timedelta(hours=2), False)):
        robot = RobotSender(http, str, lambda off=off: now() + off, feishu.app.api_base)
        if good:
            await tell(robot, "a", "signed-robot?secret=made-up-robot-secret")
        else:
            with pytest.raises(Misconfigured, match="时间"):
                await tell(robot, "a", "signed-robot?secret=made-up-robot-secret")


@pytest.mark.parametrize(
    "address",
    [
        "",
        "a b",
        "https://open.feishu.cn/open-apis/bot/v2/hook/",
        "https://open.feishu.cn/open-apis/bot/v2/hook/made-up-key/more/of/it",
        "https://open.feishu.cn/made-up-key",
    ],
)
async def test_an_address_without_a_key_is_a_setting(
    robot: RobotSender, feishu: FeishuServer, address: str
) -> None:
    with pytest.raises(Misconfigured, match="复制完整地址"):
        await tell(robot, "a", address)
    assert feishu.api.calls == []


@pytest.mark.parametrize(
    "address",
    [
        "https://oapi.dingtalk.com/robot/send?access_token=made-up-key",
        "https://open.feishu.cn.example/open-apis/bot/v2/hook/made-up-key",
        "https://open.feishu.cn@robot.example/open-apis/bot/v2/hook/made-up-key",
        "https://[robot.example/open-apis/bot/v2/hook/made-up-key",
    ],
)
async def test_the_address_of_another_platform_is_a_setting(
    robot: RobotSender, feishu: FeishuServer, address: str
) -> None:
    with pytest.raises(Misconfigured, match="不是飞书") as told:
        await tell(robot, "a", address)
    assert "made-up-key" not in str(told.value)
    assert feishu.api.calls == []


async def test_words_of_users_call_nobody(robot: RobotSender, feishu: FeishuServer) -> None:
    await tell(robot, Rendered('备注：<at user_id="all"></at> @所有人', mentions=("lina",)))

    assert [one.mentions for one in feishu.inbox.robots] == [["ou_lina"]]


async def test_buttons_are_words_for_the_bot(robot: RobotSender, feishu: FeishuServer) -> None:
    await tell(robot, Rendered("订单 17 待审核", buttons=(("通过", "通过 17 @3"), ("驳回", "驳回 17"))))

    assert feishu.inbox.robots[0].text == "订单 17 待审核\n可对跟单助手说：「通过 17」 「驳回 17」"


@pytest.mark.parametrize("mark", ["", "**"])
async def test_a_long_notice_comes_in_parts_and_calls_once(
    robot: RobotSender, feishu: FeishuServer, mark: str
) -> None:
    lines = [f'{mark}SO261123-{number:04d}{mark} “华联”超市 "罐装"可乐20箱' for number in range(900)]
    notice = Rendered("\n".join(lines), mentions=("lina",), title="待办")

    await tell(robot, notice)

    assert len(feishu.inbox.robots) >= messages_of(notice, DESTINATIONS["feishu-robot"]) > 1
    assert [bool(one.mentions) for one in feishu.inbox.robots][:2] == [True, False]
    everything = "\n".join(one.text for one in feishu.inbox.robots)
    assert all(line in everything for line in lines)


@pytest.mark.parametrize(
    "fault",
    [
        Fault.HANGS,
        Fault.BUSY,
        Fault.PAGE,
        Fault.DROPPED,
        Fault.NOTHING,
        Fault.TEXT_CODE,
        Fault.LIMITED,
        11232,
    ],
)
async def test_what_passes_is_tried_later(
    robot: RobotSender, feishu: FeishuServer, fault: Fault | int
) -> None:
    feishu.api.fault("hook", fault)
    with pytest.raises(TryLater) as later:
        await tell(robot, "a")
    if fault == 11232:
        assert later.value.after == timedelta(minutes=1)

    await tell(robot, "a")

    assert len(feishu.inbox.robots) == 1


@pytest.mark.parametrize("code", [19001, 19021, 19022, 19024])
async def test_a_wrong_setting_is_told(robot: RobotSender, feishu: FeishuServer, code: int) -> None:
    feishu.api.fault("hook", code)

    with pytest.raises(Misconfigured, match=str(code)):
        await tell(robot, "a")


async def test_what_is_too_long_is_not_tried_for_ever(robot: RobotSender, feishu: FeishuServer) -> None:
    feishu.api.fault("hook", 230025)

    with pytest.raises(Undeliverable):
        await tell(robot, "a")
