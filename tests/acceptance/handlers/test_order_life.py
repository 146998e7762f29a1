"""From one typed line to paid and done, with each department told."""

from decimal import Decimal

LINE = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


async def placed(world, line=LINE, person="lina"):
    """The number of an order that `person` typed and confirmed."""
    await world.says(person, line)
    reply = await world.says(person, "确认")
    assert reply.order is not None, reply.text
    return reply.order


async def test_the_draft_shows_each_field_with_its_source_and_writes_nothing(world):
    reply = await world.says("lina", LINE)

    for part in (
        "华联超市(人民路店)",
        "可乐330ml罐装 20箱",
        "雪碧330ml罐装 10箱",
        "11-24 周二",
        "上午",
        "客户档案",
        "可用库存",
        "✓",
    ):
        assert part in reply.text
    assert [button.label for button in reply.buttons] == ["确认", "放弃"]
    assert world.told("group:review") == []


async def test_an_order_is_carried_to_done(world):
    number = await placed(world)
    assert any(f"#{number}" in text for text in world.told("group:review"))

    await world.says("heting", f"{number}通过")
    assert (await world.order(number)).step == "picking"
    assert any(f"#{number}" in text for text in world.told("group:warehouse"))

    await world.says("liujun", f"{number}发了 顺丰SF1234567890")
    assert (await world.order(number)).step == "shipped"

    await world.says("lina", f"{number}签收了")
    assert (await world.order(number)).step == "signed"
    assert any(f"#{number}" in text for text in world.told("group:finance"))

    reply = await world.says("qianfang", f"收款 {number}")
    order = await world.order(number)
    assert order.step == "done", reply.text
    assert order.paid == order.amount


async def test_the_same_life_by_buttons(world):
    draft = await world.says("lina", LINE)
    made = await world.presses("lina", draft, "确认")
    number = made.order

    card = await world.says("heting", f"查单 {number}")
    await world.presses("heting", card, f"通过 #{number}")
    card = await world.says("liujun", f"查单 {number}")
    await world.presses("liujun", card, f"发货 #{number}")
    card = await world.says("lina", f"查单 {number}")
    await world.presses("lina", card, f"签收 #{number}")
    card = await world.says("qianfang", f"查单 {number}")
    reply = await world.presses("qianfang", card, f"收款 #{number}")

    assert "已完成" in reply.text


async def test_one_draft_is_one_order_however_often_the_button_is_pressed(world):
    draft = await world.says("lina", LINE)
    first = await world.presses("lina", draft, "确认")
    second = await world.presses("lina", draft, "确认")

    assert first.order == second.order
    assert "没有重复下单" in second.text


async def test_a_redelivery_gets_the_first_answer_and_does_nothing(world):
    await world.says("lina", LINE)
    first = await world.says("lina", "确认", key="same")
    again = await world.says("lina", "确认", key="same")

    assert first == again
    assert len(world.told("group:review")) == 1


async def test_an_approval_reserves_and_shipping_consumes(world):
    before = await world.stock("D001")
    number = await placed(world, "家家乐 罐装可乐10箱")
    await world.says("heting", f"{number}通过")
    reserved = await world.stock("D001")
    assert sum(level.reserved for level in reserved.values()) == Decimal(240)

    await world.says("liujun", f"发货 {number}")
    after = await world.stock("D001")
    assert sum(x.on_hand for x in before.values()) - sum(x.on_hand for x in after.values()) == Decimal(240)
    assert sum(level.reserved for level in after.values()) == 0


async def test_a_rejected_order_comes_back_and_can_be_handed_in_again(world):
    number = await placed(world)
    reply = await world.says("heting", f"驳回 {number}")
    assert "原因" in reply.text
    await world.says("heting", "价格太低")
    assert any("价格太低" in text for text in world.told("user:lina"))

    await world.says("lina", f"{number}号单雪碧改成8箱")
    await world.says("lina", f"提交 {number}")

    assert (await world.order(number)).step == "reviewing"


async def test_several_orders_in_one_word(world):
    one, two = await placed(world), await placed(world, "家家乐 雪碧30箱")
    reply = await world.says("heting", f"{one} {two} 999都批了")

    assert (await world.order(one)).step == "picking"
    assert (await world.order(two)).step == "picking"
    assert "没有 999 号单" in reply.text


async def test_a_shortage_goes_on_by_itself_when_goods_come_in(world):
    number = await placed(world, "福满楼 零度5箱")
    await world.says("heting", f"通过 {number}")
    assert (await world.order(number)).step == "short"
    assert any(f"#{number}" in text for text in world.told("group:purchase"))

    reply = await world.says("madong", "到货 零度20箱 入总仓")

    assert f"#{number}" in reply.text
    assert (await world.order(number)).step == "picking"


async def test_the_day_is_told_in_a_word(world):
    await placed(world)

    assert "新单" in (await world.says("linxiaomei", "日报")).text
    assert "待审核" in (await world.says("linxiaomei", "看板")).text
    assert (await world.says("linxiaomei", "超时清单")).text == "没有超时的单。"


async def test_what_stands_too_long_is_told(world):
    number = await placed(world)
    await world.passes(hours=3)

    told = "\n".join(text for item in world.pushed for text in [item.text])
    assert "超时" in told
    assert f"#{number}" in (await world.says("linxiaomei", "超时")).text


async def test_what_a_cancellation_frees_goes_to_the_order_that_waits(world):
    await world.says("madong", "到货 零度40箱 入总仓")
    first = await placed(world, "福满楼 零度40箱")
    await world.says("heting", f"通过 {first}")
    second = await placed(world, "家家乐 零度40箱", "zhaolei")
    await world.says("heting", f"通过 {second}")
    assert (await world.order(second)).step == "short"

    await world.says("lina", f"取消 {first}")
    await world.passes(minutes=2)

    assert (await world.order(second)).step == "picking"
    assert any(f"#{second}" in text for text in world.told("group:warehouse"))
