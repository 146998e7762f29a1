"""撤销 shows first what it would undo, and only takes back one's own newest action."""


async def approved(world):
    """The number of an order approved by heting."""
    await world.says("lina", "人民路华联 罐装可乐30箱")
    number = (await world.says("lina", "确认")).order
    await world.says("heting", f"通过 {number}")
    return number


async def test_an_approval_is_taken_back_with_its_stock(world):
    number = await approved(world)
    offered = await world.says("heting", "撤销")
    assert "审核通过" in offered.text
    assert (await world.order(number)).step == "picking"

    await world.presses("heting", offered, "确认撤销")

    assert (await world.order(number)).step == "reviewing"
    assert all(level.reserved == 0 for level in (await world.stock("D001")).values())


async def test_nobody_takes_back_what_somebody_built_on(world):
    number = await approved(world)
    await world.says("liujun", f"发货 {number}")

    reply = await world.says("heting", "撤销")

    assert (await world.order(number)).step == "shipped"
    assert "确认" not in [button.label for button in reply.buttons]


async def test_what_happens_between_offer_and_yes_wins(world):
    number = await approved(world)
    offered = await world.says("heting", "撤销")
    await world.says("liujun", f"发货 {number}")

    await world.presses("heting", offered, "确认撤销")

    assert (await world.order(number)).step == "shipped"


async def test_after_ten_minutes_it_is_too_late(world):
    number = await approved(world)
    await world.passes(minutes=11)

    await world.says("heting", "撤销")

    assert (await world.order(number)).step == "picking"


async def test_placing_an_order_is_taken_back_by_cancelling(world):
    await world.says("lina", "人民路华联 罐装可乐30箱")
    number = (await world.says("lina", "确认")).order

    await world.says("lina", "撤销")
    await world.says("lina", "确认")

    assert (await world.order(number)).step == "cancelled"


async def test_an_old_button_approves_no_newer_version(world):
    await world.says("lina", "人民路华联 罐装可乐30箱")
    number = (await world.says("lina", "确认")).order
    card = await world.says("heting", f"查单 {number}")
    await world.says("lina", f"{number}号单加10箱雪碧")

    reply = await world.presses("heting", card, f"通过 #{number}")

    assert "又有变化" in reply.text
    assert (await world.order(number)).step == "reviewing"
