"""Notices in a group that the app has made: whom they call, their parts, and what is wrong with a setting."""

import pytest

from bot.platforms.wecom.api import WecomApi
from bot.platforms.wecom.appchat import AppchatSender
from domain.destinations import DESTINATIONS
from domain.sending import Misconfigured, Rendered, TryLater
from scheduler.costs import messages_of
from tests.fakes.wecom_server import Fault, WecomServer

IDS = {"lina": "LiNa", "stranger": ""}


@pytest.fixture
def sender(api: WecomApi) -> AppchatSender:
    return AppchatSender(api, lambda user_id: IDS.get(user_id, ""))


async def test_a_notice_stands_in_the_group_and_calls_whom_it_concerns(
    wecom: WecomServer, sender: AppchatSender
) -> None:
    notice = Rendered("**订单 17** 待发货 <@all>", ("lina", "stranger"), (("通过", "17 通过"),))

    await sender.send("group:sales", "sales1", notice, "n1")

    (said,) = wecom.inbox.chat
    assert (said.robot, said.kind, said.mentions) == ("sales1", "markdown", ("lina",))
    assert "＜＠all＞" in said.text
    assert "「17 通过」" in said.text


async def test_long_notices_come_in_parts_and_are_counted_so(
    wecom: WecomServer, sender: AppchatSender
) -> None:
    notice = Rendered("**订单** 可乐 20箱\n" * 200, ("lina",))

    await sender.send("group:sales", "sales1", notice, "n1")

    parts = [said.text for said in wecom.inbox.chat]
    assert 1 < len(parts) <= messages_of(notice, DESTINATIONS["wecom-appchat"])
    assert all(len(part.encode()) < 2048 for part in parts)
    assert [bool(said.mentions) for said in wecom.inbox.chat] == [True] + [False] * (len(parts) - 1)


async def test_a_group_that_is_not_the_apps_own_is_a_wrong_setting(
    wecom: WecomServer, sender: AppchatSender
) -> None:
    wecom.inbox.chats = ["other"]

    with pytest.raises(Misconfigured, match="86008"):
        await sender.send("group:sales", "sales1", Rendered("x"), "n1")
    with pytest.raises(Misconfigured, match="chatid"):
        await sender.send("group:sales", "销售群", Rendered("x"), "n1")
    assert wecom.inbox.chat == []


async def test_trouble_on_the_way_is_tried_later(wecom: WecomServer, sender: AppchatSender) -> None:
    for fault in (Fault.BUSY, Fault.PAGE, Fault.DROPPED, Fault.TEXT_CODE):
        wecom.api.fault("appchat/send", fault)
        with pytest.raises(TryLater):
            await sender.send("group:sales", "sales1", Rendered("x"), "n1")
