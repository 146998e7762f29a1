"""Group robots against a server that behaves like WeCom."""

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.pictures.painter import Painter
from bot.platforms.http import Http
from bot.platforms.wecom.robot import RobotSender
from domain.charts import RANKED, Chart, Series
from domain.destinations import DESTINATIONS
from domain.sending import Misconfigured, Rendered, TryLater, Undeliverable
from scheduler.costs import messages_of
from tests.fakes.wecom_api import Fault
from tests.fakes.wecom_server import WecomServer

IDS = {"lina": "LiNa", "zhoukai": "ZhouKai", "stranger": ""}
WEBHOOK = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key="


@pytest.fixture
def robot(wecom: WecomServer, http: Http) -> RobotSender:
    return RobotSender(http, lambda user_id: IDS[user_id], Painter(), wecom.app.api_base)


async def tell(robot: RobotSender, notice: Rendered, address: str = "robot-key-1") -> None:
    await robot.send("group:warehouse", address, notice, "n1")


async def test_the_group_is_told_and_the_owner_called(robot: RobotSender, wecom: WecomServer) -> None:
    await tell(robot, Rendered("**订单 17** 待发货\n- 可乐20箱", mentions=("lina", "stranger", "zhoukai")))

    (message,) = wecom.inbox.groups
    assert (message.robot, message.kind) == ("robot-key-1", "markdown")
    assert message.text == "**订单 17** 待发货\n· 可乐20箱\n<@LiNa> <@ZhouKai>"
    assert message.mentions == ("lina", "zhoukai")


async def test_a_whole_webhook_address_serves_as_well(robot: RobotSender, wecom: WecomServer) -> None:
    await tell(robot, Rendered("a"), f"{WEBHOOK}robot-key-2")

    assert [message.robot for message in wecom.inbox.groups] == ["robot-key-2"]


@pytest.mark.parametrize(
    "address", ["", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send", "a b", f"{WEBHOOK}a&key=", "x/../y"]
)
async def test_an_address_without_a_key_is_a_setting(
    robot: RobotSender, wecom: WecomServer, address: str
) -> None:
    with pytest.raises(Misconfigured):
        await tell(robot, Rendered("a"), address)
    assert wecom.api.calls == []


@pytest.mark.parametrize(
    "address",
    [
        "https://oapi.dingtalk.com/robot/send?access_token=made-up-key&key=robot-key-2",
        "https://qyapi.weixin.qq.com.example/cgi-bin/webhook/send?key=robot-key-2",
        "https://qyapi.weixin.qq.com@robot.example/cgi-bin/webhook/send?key=robot-key-2",
        "https://[robot.example/?key=robot-key-2",
    ],
)
async def test_the_address_of_another_platform_is_a_setting(
    robot: RobotSender, wecom: WecomServer, address: str
) -> None:
    with pytest.raises(Misconfigured, match="不是企业微信") as told:
        await tell(robot, Rendered("a"), address)
    assert "key-2" not in str(told.value)
    assert wecom.api.calls == []


async def test_an_address_at_the_api_base_that_is_set_is_a_robots(
    robot: RobotSender, wecom: WecomServer
) -> None:
    await tell(robot, Rendered("a"), f"{wecom.app.api_base}/cgi-bin/webhook/send?key=robot-key-2")

    assert [message.robot for message in wecom.inbox.groups] == ["robot-key-2"]


async def test_words_of_users_call_nobody(robot: RobotSender, wecom: WecomServer) -> None:
    await tell(
        robot, Rendered('备注：<@zhoukai> <@all> @all <font color="warning">急</font>', mentions=("lina",))
    )

    (message,) = wecom.inbox.groups
    assert message.mentions == ("lina",)
    assert "<font" not in message.text


async def test_buttons_are_words_for_the_app(robot: RobotSender, wecom: WecomServer) -> None:
    await tell(robot, Rendered("订单 17 待审核", buttons=(("通过", "通过 17"), ("驳回", "驳回 17"))))

    assert wecom.inbox.groups[0].text == "订单 17 待审核\n可对应用说：「通过 17」 「驳回 17」"


async def test_a_long_notice_comes_in_parts_and_calls_once(robot: RobotSender, wecom: WecomServer) -> None:
    lines = [f"SO261123-{number:04d} 华联超市 罐装可乐20箱" for number in range(300)]

    await tell(robot, Rendered("\n".join(lines), mentions=("lina",)))

    assert len(wecom.inbox.groups) > 2
    assert [bool(message.mentions) for message in wecom.inbox.groups][:2] == [True, False]
    everything = "\n".join(message.text for message in wecom.inbox.groups)
    assert all(line in everything for line in lines)


async def test_words_and_mentions_fit_together(robot: RobotSender, wecom: WecomServer) -> None:
    await tell(robot, Rendered("汉" * 1365, mentions=("lina", "zhoukai")))

    assert [message.mentions for message in wecom.inbox.groups] == [("lina", "zhoukai"), ()]


async def test_however_many_are_called_there_is_room_for_the_words(wecom: WecomServer, http: Http) -> None:
    robot = RobotSender(http, lambda user_id: user_id.rjust(64, "a"), Painter(), wecom.app.api_base)

    await tell(robot, Rendered("汉" * 1365, mentions=tuple(str(number) for number in range(80))))

    assert len(wecom.inbox.groups) == 3
    assert len(wecom.inbox.groups[0].mentions) > 20


async def test_the_twenty_first_message_of_a_minute_waits(robot: RobotSender, wecom: WecomServer) -> None:
    for number in range(20):
        await tell(robot, Rendered(str(number)))

    with pytest.raises(TryLater) as later:
        await tell(robot, Rendered("20"))
    await tell(robot, Rendered("other"), "robot-key-2")

    assert later.value.after == timedelta(seconds=60)
    assert len(wecom.inbox.groups) == 21


@pytest.mark.parametrize("code", [93000, 93004, 93008])
async def test_a_robot_that_is_gone_is_a_setting(robot: RobotSender, wecom: WecomServer, code: int) -> None:
    wecom.api.fault("webhook/send", code)

    with pytest.raises(Misconfigured, match=str(code)):
        await tell(robot, Rendered("a"))


async def test_an_unknown_key_is_a_setting_and_never_shown(robot: RobotSender) -> None:
    with pytest.raises(Misconfigured) as told:
        await tell(robot, Rendered("a"), "made-up-unknown-key")
    assert "made-up" not in str(told.value)


@pytest.mark.parametrize("fault", [Fault.HANGS, Fault.BUSY, Fault.PAGE, Fault.DROPPED, -1])
async def test_what_passes_is_tried_later(robot: RobotSender, wecom: WecomServer, fault: Fault | int) -> None:
    wecom.api.fault("webhook/send", fault)
    with pytest.raises(TryLater):
        await tell(robot, Rendered("a"))

    await tell(robot, Rendered("a"))

    assert len(wecom.inbox.groups) == 1


async def test_a_refused_content_is_undeliverable(robot: RobotSender, wecom: WecomServer) -> None:
    wecom.api.fault("webhook/send", 40058)

    with pytest.raises(Undeliverable):
        await tell(robot, Rendered("a"))


CHARTS = (Chart("待办", RANKED, ("待审核", "待发货"), (Series("超时", (Decimal(1), Decimal(3))),), "张"),)


async def test_a_picture_follows_the_words(robot: RobotSender, wecom: WecomServer) -> None:
    await tell(robot, Rendered("**日报**", charts=CHARTS))

    assert [message.kind for message in wecom.inbox.groups] == ["markdown", "image"]
    assert wecom.inbox.groups[1].image == await Painter()(CHARTS)


async def test_every_message_of_a_notice_is_counted(robot: RobotSender, wecom: WecomServer) -> None:
    long = Rendered("\n".join("一行字" * 50 for _ in range(30)), charts=CHARTS)

    await tell(robot, long)

    counted = messages_of(long, DESTINATIONS["wecom-robot"])
    assert counted == len(wecom.inbox.groups) == 5


async def test_words_go_alone_where_no_picture_comes_of_it(wecom: WecomServer, http: Http) -> None:
    robot = RobotSender(http, lambda user_id: user_id, Painter(("false",)), wecom.app.api_base)

    await tell(robot, Rendered("**日报**", charts=CHARTS))

    assert [message.kind for message in wecom.inbox.groups] == ["markdown"]


async def test_words_go_alone_where_the_drawing_has_a_bug(wecom: WecomServer, http: Http) -> None:
    async def broken(charts: Sequence[Chart]) -> bytes:
        raise ZeroDivisionError

    await tell(
        RobotSender(http, lambda user_id: user_id, broken, wecom.app.api_base),
        Rendered("**日报**", charts=CHARTS),
    )

    assert [message.kind for message in wecom.inbox.groups] == ["markdown"]


async def test_a_picture_that_is_refused_does_not_repeat_the_words(
    robot: RobotSender, wecom: WecomServer
) -> None:
    wecom.api.fault("webhook/send", 0)
    wecom.api.fault("webhook/send", 40058)

    await tell(robot, Rendered("**日报**", charts=CHARTS))
