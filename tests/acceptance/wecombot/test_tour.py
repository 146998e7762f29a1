"""Orders in a group with @bot, a card that acts, departments told where they have spoken; no public address."""

import asyncio

import aiohttp

from tests.acceptance.wecombot.conftest import LINE, Office, group
from tests.fakes.wecombot_socket import until

SALES, REVIEW, WAREHOUSE = group("sales"), group("review"), group("warehouse")


async def test_an_order_is_placed_in_a_group_confirmed_and_approved_with_a_button(office: Office) -> None:
    for chat in (REVIEW, WAREHOUSE):
        await office.say("heting", "帮助", chat)
    draft = await office.say("LiNa", LINE, SALES)
    assert draft.chat == SALES
    assert "可乐330ml罐装 20箱" in draft.text

    confirmed = await office.say("LiNa", "确认", SALES)
    number = await office.number_in(confirmed)
    card = await office.card_in(REVIEW, f"通过 #{number}")
    assert f"待审核 #{number}" in card.text

    await office.wecom.press("heting", card, f"通过 #{number}")
    await until(lambda: card.version or None)

    await office.wecom.hears(WAREHOUSE, f"#{number}")
    assert f"#{number}" in str(card.card_for("heting"))


async def test_a_button_is_checked_like_a_typed_command_of_who_pressed_it(office: Office) -> None:
    await office.say("heting", "帮助", REVIEW)
    await office.say("LiNa", LINE, SALES)
    number = await office.number_in(await office.say("LiNa", "确认", SALES))
    card = await office.card_in(REVIEW, f"通过 #{number}")

    await office.wecom.press("LiNa", card, f"通过 #{number}")
    await until(lambda: card.version or None)

    assert f"通过 #{number}" in card.labels("heting")
    assert f"通过 #{number}" not in card.labels("LiNa")
    assert "待审核" in (await office.say("LiNa", f"查单 {number}")).text


async def test_what_a_group_has_not_spoken_for_waits_until_it_does(office: Office) -> None:
    finance = group("finance")
    await office.say("LiNa", LINE, SALES)
    number = await office.number_in(await office.say("LiNa", "确认", SALES))
    await office.say("heting", f"{number}通过", REVIEW)
    await office.say("liujun", f"{number}发了 顺丰SF1234567890", WAREHOUSE)
    await office.say("lina", f"{number}签收了")
    await asyncio.sleep(0.5)
    assert office.wecom.room.texts(finance) == []

    await office.say("qianfang", "帮助", finance)

    await office.wecom.hears(finance, f"#{number}")


async def test_the_person_concerned_is_told_one_to_one(office: Office) -> None:
    await office.say("lina", "帮助")
    await office.say("lina", LINE, SALES)
    number = await office.number_in(await office.say("lina", "确认", SALES))

    await office.say("heting", f"驳回 {number} 价格太低 <@all>", REVIEW)

    told = await office.wecom.hears("lina", f"#{number}", "价格太低")
    assert "<" not in told.text
    assert "＜＠all＞" in told.text


async def test_a_stranger_gets_one_sentence_and_a_newcomer_is_greeted(office: Office) -> None:
    answer = await office.say("nobody-we-know", LINE, SALES)
    assert "不认识" in answer.text
    await office.wecom.enter("wangqiang")

    greeting = await office.wecom.hears("wangqiang", "您好")
    assert len(greeting.text.splitlines()) == 1


async def test_quoting_a_notice_is_enough_to_say_which_order(office: Office) -> None:
    await office.say("heting", "帮助", REVIEW)
    await office.say("LiNa", LINE, SALES)
    number = await office.number_in(await office.say("LiNa", "确认", SALES))
    notice = await office.wecom.hears(REVIEW, f"#{number}")
    quote = {"msgtype": "text", "text": {"content": notice.text}}

    asked = await office.wecom.say("heting", "通过", REVIEW, quote=quote)
    answer = await office.wecom.answer(asked)

    assert f"#{number}" in answer.text


async def test_the_connection_shows_among_the_parts_and_no_secret_is_written(office: Office) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{office.gendan.url}/readyz") as ready:
        assert (await ready.json())["parts"]["wecom-bot"] == "ok, connected"
    written = office.gendan.log.read_bytes() + b"".join(
        file.read_bytes() for file in office.database.parent.glob("gendan.db*")
    )
    assert office.wecom.bot.secret.encode() not in written
    assert office.stored("intake") == 0
