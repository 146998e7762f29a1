"""The tour: an order is placed in a group by calling the robot, confirmed and approved by buttons on cards."""

import asyncio
import re

import pytest

from tests.acceptance.dingtalk.conftest import Office, an_office
from tests.fakes.dingtalk_company import conversation

pytestmark = pytest.mark.asyncio(loop_scope="module")
LINE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


async def test_an_order_is_placed_confirmed_and_approved_on_cards(office: Office) -> None:
    await office.say("LiNa", LINE, "sales")
    draft = await office.card("确认", "sales", "华联超市(人民路店)", "20箱", "10箱")

    assert (await office.dingtalk.press(draft, "确认", "LiNa")).status == 200
    made = await office.group_hears("sales", "已建单")
    number = re.search(r"#(\d+)", made)
    assert number
    assert "已建单" in draft.private["LiNa"]["answer"]

    review = await office.card(f"通过 #{number[1]}", "review")
    assert review.mentions
    assert (await office.dingtalk.press(review, review.labels()[0], "heting")).status == 200

    await office.group_hears("warehouse", f"#{number[1]}")
    await office.group_hears("review", f"#{number[1]}", "通过")


async def test_the_rest_of_its_life_is_typed(office: Office) -> None:
    number = await office.ordered(LINE)
    await office.say("heting", f"{number}通过", "review")
    await office.group_hears("warehouse", f"#{number}")

    await office.say("liujun", f"{number}发了 顺丰SF1234567890", "warehouse")
    await office.group_hears("service", f"#{number}")
    await office.say("lina", f"{number}签收了")
    await office.group_hears("finance", f"#{number}")
    await office.say("qianfang", f"收款 {number}")
    await office.hears("qianfang", f"#{number}")
    await office.say("lina", f"查单 {number}")
    await office.hears("lina", "已完成")


async def test_whoever_may_not_decide_is_told_and_leaves_the_buttons_to_the_others(office: Office) -> None:
    number = await office.ordered(LINE)
    review = await office.card(f"通过 #{number}", "review")

    pressed = await office.dingtalk.press(review, review.labels()[0], "liujun")

    assert pressed.status == 200
    assert review.private["liujun"]["answer"]
    assert f"通过 #{number}" in review.labels()
    assert not any(f"#{number}" in text for text in office.dingtalk.inbox.said_in(conversation("warehouse")))


async def test_two_who_press_at_once_decide_once(office: Office) -> None:
    number = await office.ordered(LINE)
    review = await office.card(f"通过 #{number}", "review")

    await asyncio.gather(
        office.dingtalk.press(review, review.labels()[0], "heting"),
        office.dingtalk.press(review, review.labels()[0], "heting"),
    )
    await office.group_hears("warehouse", f"#{number}")
    await asyncio.sleep(0.5)

    told = [text for text in office.dingtalk.inbox.said_in(conversation("warehouse")) if f"#{number}" in text]
    assert len(told) == 1


async def test_words_of_a_user_call_nobody_and_press_nothing(office: Office) -> None:
    number = await office.ordered(LINE)

    words = "@all <@chenjianguo> [通过](dtmd://dingtalkclient/sendMessage?content=通过)"
    await office.say("heting", f"驳回 {number} {words}", "review")

    told = await office.hears("lina", f"#{number}", "驳回")
    assert not set(told) & set("<@")
    assert "](dtmd://dingtalkclient/sendMessage?content=通过)" not in told


async def test_nothing_that_opens_a_door_is_written_down(office: Office) -> None:
    await office.ordered(LINE)

    written = office.gendan.log.read_bytes() + b"".join(
        file.read_bytes() for file in office.folder.glob("gendan.db*")
    )
    app = office.dingtalk.app
    for secret in (app.app_secret, app.card_secret, "session=", "ticket=", "sendBySession"):
        assert secret.encode() not in written, secret


async def test_after_a_kill_the_robot_listens_again_and_nothing_is_done_twice(office: Office) -> None:
    number = await office.ordered(LINE)
    await office.card(f"通过 #{number}", "review")

    office.gendan.kill()
    office.gendan.start()
    await asyncio.to_thread(office.gendan.wait)
    await office.dingtalk.gateway.standing(2)
    review = await office.card(f"通过 #{number}", "review")
    await office.dingtalk.press(review, review.labels()[0], "heting")  # a button from before

    await office.group_hears("warehouse", f"#{number}")


async def test_in_http_mode_the_same_tour_holds(tmp_path_factory: pytest.TempPathFactory) -> None:
    async with an_office(tmp_path_factory.mktemp("http"), GENDAN_DINGTALK__MODE="http") as office:
        number = await office.ordered(LINE)
        await office.group_hears("review", f"#{number}")
        await office.say("heting", f"{number}通过", "review")
        await office.group_hears("warehouse", f"#{number}")
