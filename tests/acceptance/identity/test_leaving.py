"""Somebody who left is refused everywhere at once, and what lay with them is handed over once."""

import asyncio

from domain.facts import Notice
from tests.acceptance.identity.people import OWNER, Office
from tests.world import a_world

LEFT = "user_id,active\nlina,否\n"
LEFT_WITH_DEPUTY = "user_id,active,deputy\nlina,否,wangqiang\n"


async def drafted(office: Office, *customers: str) -> list[int]:
    """Orders that wait in Lina's hands: sent back to her."""
    numbers = []
    for customer in customers:
        await office.world.says("lina", f"{customer} 罐装可乐60箱 明天上午送")
        order = (await office.world.says("lina", "确认")).order
        assert order is not None
        owner = (await office.world.order(order)).owner
        await office.world.says(owner, f"驳回 {order} 数量不对")
        assert (await office.world.order(order)).owner == "lina"
        numbers.append(order)
    return numbers


async def test_whoever_left_is_refused_on_every_platform_at_the_next_message(office: Office, world_url: str):
    await office.says("feishu", "ou_1", f"绑定 {await office.code()}")
    async with a_world(world_url) as another:
        elsewhere = Office(another)
        assert await elsewhere.is_known("feishu", "ou_1")
        code = await office.code()

        await office.hires(LEFT)

        for place in (elsewhere, office):
            for platform, sender in (("wecom", "lina"), ("feishu", "OU_1"), ("dingtalk", "lina")):
                assert "已经离职" in (await place.says(platform, sender, "我的待办")).text
    assert "这个码不对" in (await office.says("dingtalk", "d9", f"绑定 {code}")).text
    assert "已经离职" in (await office.says("feishu", "ou_1", "绑定 王强")).text
    assert "离职的人来说话" in (await office.says("wecom", OWNER, "我的待办")).text


async def test_the_desk_goes_to_the_deputy_who_is_told_once(office: Office):
    numbers = await drafted(office, "人民路华联", "福满楼")
    before = len(office.world.told("user:wangqiang"))

    await office.hires(LEFT_WITH_DEPUTY)
    await office.world.passes(minutes=3)

    for number in numbers:
        assert (await office.world.order(number)).owner == "wangqiang"
        assert [one.kind for one in await office.world.story(number)].count("order:assigned") == 1
    told = office.world.told("user:wangqiang")[before:]
    [summary] = [text for text in told if "李娜已离职" in text]
    assert "2 张单转到您手上" in summary
    assert "您是代办人" in summary
    assert all(f"#{number}" in summary for number in numbers)
    why = await office.world.says("wangqiang", f"为什么 {numbers[0]}")
    assert "李娜 离职后接过来的" in why.text


async def test_without_a_deputy_it_goes_round_among_those_with_the_role(office: Office):
    numbers = await drafted(office, "人民路华联", "福满楼")

    await office.hires(LEFT)
    await office.settles()

    owners = {(await office.world.order(number)).owner for number in numbers}
    assert "lina" not in owners
    assert owners <= {"zhoukai", "wangqiang", "zhaolei", "sunyan"}
    for owner in owners:
        assert sum("李娜已离职" in text for text in office.world.told(f"user:{owner}")) == 1


async def test_two_processes_hand_over_once(two: tuple[Office, Office]):
    first, second = two
    numbers = await drafted(first, "人民路华联", "福满楼")
    await first.hires(LEFT_WITH_DEPUTY)

    await asyncio.gather(first.settles(), second.settles())
    for office in two:
        await office.world.passes(minutes=2)

    for number in numbers:
        assert [one.kind for one in await first.world.story(number)].count("order:assigned") == 1
    assert sum("李娜已离职" in text for text in first.world.told("user:wangqiang")) == 1


async def test_nothing_is_handed_over_while_everybody_is_there(office: Office):
    (number,) = await drafted(office, "人民路华联")

    await office.world.passes(minutes=5)

    assert (await office.world.order(number)).owner == "lina"


async def test_whoever_comes_back_is_known_again_and_the_orders_stay(office: Office):
    (number,) = await drafted(office, "人民路华联")
    await office.hires(LEFT_WITH_DEPUTY)
    await office.settles()

    await office.hires("user_id,active\nlina,是\n")

    assert await office.is_known("wecom", "lina")
    assert (await office.world.order(number)).owner == "wangqiang"


async def test_what_was_owed_to_them_goes_to_the_process_owner(office: Office):
    """A notice that waited (for the morning, for a token) does not follow somebody out of the company."""
    world = office.world
    notice = Notice("leave", "user:lina", facts={"who": "王强", "span": "明天", "orders": [], "count": 0})
    async with world.program.units() as uow:
        await uow.tell((notice,), world.now, "m")
        await uow.commit()
    await office.hires(LEFT)
    await world.program.rulebook.turn()

    await office.settles()

    assert not any("王强请假" in text for text in world.told("user:lina"))
    assert any("王强请假" in text and "李娜没发通" in text for text in world.told(f"user:{OWNER}"))
