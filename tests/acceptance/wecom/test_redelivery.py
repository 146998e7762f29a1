"""WeCom asks again when it is not sure; each message happens once all the same."""

import asyncio

import pytest

from tests.acceptance.wecom.conftest import Office

pytestmark = pytest.mark.asyncio(loop_scope="module")
LINE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


async def test_a_resend_gets_the_first_answer_and_no_second_order(office: Office) -> None:
    before = office.stored("orders")
    await office.say("lina", LINE)
    confirm = office.wecom.platform.text("LiNa", "确认")
    first = await office.wecom.send(confirm)

    again = await office.wecom.send(confirm)

    assert again == first
    assert office.stored("orders") == before + 1


async def test_a_resend_long_after_other_messages_still_gets_the_first_answer(office: Office) -> None:
    await office.say("lina", LINE)
    confirm = office.wecom.platform.text("LiNa", "确认")
    first = await office.wecom.send(confirm)
    for _ in range(5):
        await office.say("lina", "待办")

    assert await office.wecom.send(confirm) == first


async def test_the_same_message_on_many_connections_at_once_is_one_order(office: Office) -> None:
    before = office.stored("orders")
    await office.say("lina", LINE)
    confirm = office.wecom.platform.text("LiNa", "确认")

    answers = await asyncio.gather(*(office.wecom.send(confirm) for _ in range(8)))

    assert len({answer.text for answer in answers}) == 1
    assert office.stored("orders") == before + 1


async def test_the_same_words_twice_are_two_messages(office: Office) -> None:
    one = await office.ordered(LINE)
    other = await office.ordered(LINE)

    assert one != other


async def test_after_a_kill_a_resend_gets_the_recorded_answer(office: Office) -> None:
    before = office.stored("orders")
    await office.say("lina", LINE)
    confirm = office.wecom.platform.text("LiNa", "确认")
    first = await office.wecom.send(confirm)

    office.gendan.kill()
    office.gendan.start()
    await asyncio.to_thread(office.gendan.wait)

    assert await office.wecom.send(confirm) == first
    assert office.stored("orders") == before + 1
