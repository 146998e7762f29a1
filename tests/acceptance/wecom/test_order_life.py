"""An order's whole life through signed and encrypted callbacks, with every department told on WeCom."""

import pytest

from tests.acceptance.wecom.conftest import Office

pytestmark = pytest.mark.asyncio(loop_scope="module")
LINE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


async def test_the_console_accepts_the_address(office: Office) -> None:
    assert await office.wecom.save_address()


async def test_an_order_is_carried_to_done_and_each_department_is_told(office: Office) -> None:
    draft = await office.say("LiNa", LINE)
    for part in (
        "华联超市(人民路店)",
        "可乐330ml罐装 20箱",
        "雪碧330ml罐装 10箱",
        "回复「确认」",
        "回复「放弃」",
    ):
        assert part in draft
    assert "**" not in draft

    number = await office.ordered(LINE)
    await office.group_hears("review", f"#{number}")

    await office.say("heting", f"{number}通过")
    await office.group_hears("warehouse", f"#{number}")

    await office.say("liujun", f"{number}发了 顺丰SF1234567890")
    await office.group_hears("service", f"#{number}")

    await office.say("lina", f"{number}签收了")
    await office.group_hears("finance", f"#{number}")

    await office.say("qianfang", f"收款 {number}")
    assert "已完成" in await office.say("lina", f"查单 {number}")


async def test_the_owner_of_the_step_is_mentioned_in_the_group(office: Office) -> None:
    number = await office.ordered(LINE)

    await office.group_hears("review", f"#{number}")

    (told,) = (said for said in office.wecom.inbox.groups if f"#{number}" in said.text)
    assert told.mentions
    assert "all" not in told.mentions


async def test_the_person_concerned_is_told_by_the_app(office: Office) -> None:
    number = await office.ordered(LINE)

    await office.say("heting", f"驳回 {number} 价格太低")

    assert "价格太低" in await office.person_hears("lina", f"#{number}")


async def test_a_button_under_a_push_is_pressed(office: Office) -> None:
    number = await office.ordered(LINE)
    await office.say("heting", f"驳回 {number} 价格太低")
    await office.person_hears("lina", f"#{number}")
    card = next(said for said in office.wecom.inbox.app if said.user == "lina" and said.card)
    label = card.labels()[0]

    told = len(office.wecom.inbox.app)
    answered = await office.wecom.press(card, label)

    assert answered.passive.kind == "update_button"
    await office.person_hears("lina", beyond=told)


async def test_words_of_a_user_mention_nobody_and_break_nothing(office: Office) -> None:
    number = await office.ordered(LINE)

    await office.say("heting", f'驳回 {number} <@all> <@chenjianguo> **急** <font color="warning">x</font>')

    told = await office.person_hears("lina", f"#{number}")
    assert "＜＠all＞" in told
    assert not set(told) & set("<@")
    for said in office.wecom.inbox.groups:
        assert not {"all", "chenjianguo"} & set(said.mentions) or f"#{number}" not in said.text


async def test_nothing_that_opens_a_door_is_written_down(office: Office) -> None:
    number = await office.ordered(LINE)
    await office.group_hears("review", f"#{number}")

    written = office.gendan.log.read_bytes() + b"".join(
        file.read_bytes() for file in office.database.parent.glob("gendan.db*")
    )
    app = office.wecom.app
    for secret in (app.secret, app.token, app.aes_key, "robot-of-", "access_token="):
        assert secret.encode() not in written, secret


async def test_a_stranger_gets_one_sentence_and_nothing_else(office: Office) -> None:
    answer = await office.say("nobody-we-know", LINE)

    assert answer
    assert "华联" not in answer
    assert len(answer.splitlines()) == 1


async def test_capital_letters_of_an_id_make_no_difference(office: Office) -> None:
    await office.say("LINA", LINE)

    assert "#" in await office.say("lina", "确认")


async def test_newcomers_are_greeted_and_pictures_answered(office: Office) -> None:
    platform, wecom = office.wecom.platform, office.wecom
    picture = platform.message(
        "LiNa", {"MsgType": "image", "PicUrl": "x", "MediaId": "m", "MsgId": platform.next_id()}
    )

    assert (await wecom.send(picture)).text
    assert (await wecom.send(platform.event("LiNa", "subscribe"))).status == 200
    assert (await wecom.send(platform.event("LiNa", "enter_agent", EventKey=""))).status == 200
    assert (await wecom.send(platform.event("sys", "no_such_event"))).attempts == 1


async def test_a_menu_entry_says_its_key(office: Office) -> None:
    answered = await office.wecom.send(office.wecom.platform.event("LiNa", "click", EventKey="帮助"))

    assert answered.text == await office.say("LiNa", "帮助")
