"""One card for an order at a place: the newest, with what can be done; earlier ones stay in the feed."""

import re

from tests.acceptance.pushing.conftest import arrivals
from tests.world import World

ORDER = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


async def an_order(world: World) -> int:
    """An order that waits for review."""
    await world.says("lina", ORDER)
    number = (await world.says("lina", "确认")).order
    assert number is not None
    return number


async def test_a_reminder_replaces_the_card_and_offers_what_it_did(world: World):
    number = await an_order(world)
    await world.says("lina", f"{number}备注 后门卸货")
    await world.passes(minutes=45)

    cards = [item for item in world.pushed if item.to == "group:review" and f"#{number}" in item.text]
    assert len(cards) >= 2
    assert [card.replaces for card in cards] == [None, *(card.seq for card in cards[:-1])]
    assert f"通过 #{number}" in dict(cards[-1].buttons)


async def test_when_the_order_has_moved_on_the_old_buttons_are_gone(world: World):
    number = await an_order(world)
    await world.says("heting", f"通过 {number}")
    await world.says("lina", f"取消 {number} 客户不要了")

    shown = [item for item in world.pushed if item.to == "group:warehouse" and f"#{number}" in item.text]
    arrived, cancelled = shown[0], shown[-1]
    assert f"发货 #{number}" in dict(arrived.buttons)
    assert cancelled.replaces == arrived.seq
    assert [say for _, say in cancelled.buttons] == [f"查单 {number}"]


async def test_another_order_and_another_place_replace_nothing(world: World):
    first, second = await an_order(world), 0
    await world.says("lina", "福满楼 罐装可乐20箱 雪碧10箱 明天上午送")
    second = (await world.says("lina", "确认")).order or 0

    cards = [item for item in world.pushed if f"#{first}" in item.text or f"#{second}" in item.text]
    places = [(item.to, number) for item in cards for number in (first, second) if f"#{number}" in item.text]
    assert second
    assert len(places) == len(set(places))
    assert {item.replaces for item in cards} == {None}


async def test_a_burst_on_the_page_is_a_few_messages_that_name_every_order(world: World):
    async with world.program.units() as uow:
        await uow.tell(list(arrivals(range(1, 501), urgent=range(400, 420))), world.now, "burst")
        await uow.commit()

    await world.passes(minutes=0)

    told = world.told("group:warehouse")
    named = [int(number) for text in told for number in re.findall(r"#(\d+)", text)]
    assert len(told) < 5
    assert sorted(named) == list(range(1, 501))
    assert named[:20] == list(range(400, 420))
    assert dict(world.pushed[0].buttons) == {"超时清单": "超时", "看板": "看板"}
