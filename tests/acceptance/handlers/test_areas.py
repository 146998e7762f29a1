"""Every other thing people ask for, as they would type it."""

import pytest

from tests.acceptance.handlers.test_order_life import placed


async def picked(world, line="人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"):
    """The number of an approved order."""
    number = await placed(world, line)
    await world.says("heting", f"通过 {number}")
    return number


async def shipped(world):
    """The number of an order that has left."""
    number = await picked(world)
    await world.says("liujun", f"发货 {number}")
    return number


async def test_a_part_leaves_and_the_rest_follows(world):
    number = await picked(world)

    await world.says("liujun", f"{number}先发10箱罐装可乐 剩下的明天")
    assert (await world.order(number)).step == "picking"
    await world.says("liujun", f"发货 {number}")

    order = await world.order(number)
    assert (order.step, order.shipments) == ("shipped", 2)
    assert "发货2" in (await world.says("lina", f"{number}到哪了")).text


async def test_more_than_is_reserved_is_not_shipped(world):
    number = await picked(world)

    assert "只备了" in (await world.says("liujun", f"{number}发30箱罐装可乐")).text


async def test_less_than_shipped_is_signed_and_told(world):
    number = await shipped(world)

    await world.says("lina", f"{number}号单客户签收 雪碧实收8箱")

    assert any("少收" in text for text in world.told("group:warehouse"))
    assert (await world.order(number)).step == "signed"


async def test_money_comes_in_parts(world):
    number = await shipped(world)

    reply = await world.says("qianfang", f"收款 {number} 500 微信")

    assert "未收" in reply.text
    assert (await world.order(number)).paid == 500


async def test_picking_begins_and_ends(world):
    number = await picked(world)

    assert "开始配货" in (await world.says("wujie", f"{number}开始配货了")).text
    assert "配好货" in (await world.says("wujie", f"{number}货配好了")).text


async def test_an_order_rests_and_goes_on(world):
    number = await picked(world)

    await world.says("lina", f"挂起 {number} 等客户打款")
    assert (await world.order(number)).step == "hold"
    await world.says("lina", f"恢复 {number}")

    assert (await world.order(number)).step == "picking"


async def test_cancelling_frees_the_stock(world):
    number = await picked(world)

    await world.says("lina", f"取消 {number} 客户不要了")

    assert (await world.order(number)).step == "cancelled"
    assert all(level.reserved == 0 for level in (await world.stock("D001")).values())


async def test_a_delay_is_told_with_both_dates(world):
    number = await picked(world)

    await world.says("liujun", f"{number}今天送不了 推到后天 车坏了")

    assert any("11-24" in text and "11-25" in text and "车坏了" in text for text in world.told("user:lina"))


async def test_a_delay_without_a_day_is_asked_about(world):
    number = await picked(world)

    assert "哪一天" in (await world.says("liujun", f"{number}要晚一天")).text
    assert "延期" in (await world.says("liujun", "周五")).text


async def test_a_change_is_told_with_before_and_after(world):
    number = await picked(world)

    await world.says("lina", f"{number}号单雪碧改成8箱")

    assert any("10箱" in text and "8箱" in text for text in world.told("group:warehouse"))


async def test_an_order_becomes_urgent_later(world):
    number = await picked(world)

    assert "加急：无 → 是" in (await world.says("lina", f"{number}改成加急")).text
    assert (await world.order(number)).urgent
    assert any("加急" in text for text in world.told("group:warehouse"))


async def test_a_general_word_in_a_change_is_the_orders_own_product(world):
    number = await picked(world)

    assert "改单" in (await world.says("lina", f"{number}号单可乐改15箱")).text


async def test_goods_come_back_with_their_money(world):
    number = await shipped(world)

    await world.says("lina", f"{number}退2箱罐装可乐 瘪罐")

    assert any("瘪罐" in text for text in world.told("group:warehouse"))


async def test_a_complaint_an_urge_a_note_and_a_handing_over(world):
    number = await shipped(world)

    assert "登记投诉" in (await world.says("wangmin", f"{number}号单客户投诉 送错货了")).text
    assert "催单" in (await world.says("wangmin", f"催 {number}")).text
    assert "备注" in (await world.says("lina", f"{number}备注 后门卸货")).text
    assert "转交" in (await world.says("zhoukai", f"{number}转给孙燕")).text
    assert (await world.order(number)).owner == "sunyan"


async def test_an_order_is_meant_by_its_customer(world):
    number = await picked(world, "家家乐 罐装可乐30箱")

    assert f"#{number}" in (await world.says("wujie", "家家乐那单发了")).text


async def test_which_of_a_customers_orders_is_asked(world):
    await picked(world, "家家乐 罐装可乐30箱")
    second = await picked(world, "家家乐 雪碧30箱")

    asked = await world.says("wujie", "家家乐那单发了")
    assert "哪一张单" in asked.text
    await world.presses("wujie", asked, asked.buttons[0].label)

    assert "shipped" in {(await world.order(number)).step for number in (second - 1, second)}


@pytest.mark.parametrize(
    ("person", "line", "said"),
    [
        ("lina", "可乐还有吗", "可乐330ml罐装"),
        ("lina", "中心仓雪碧还剩多少", "中心仓"),
        ("wangmin", "大瓶可乐多少钱一箱", "38.00"),
        ("wangmin", "大瓶可乐多少钱一箱 给华联人民路的价", "华联超市(人民路店)"),
        ("xugang", "哪些要补货", "建议进货"),
        ("lina", "人民路华联还欠多少", "额度"),
        ("liujun", "盘点 城西仓 雪碧110箱", "盘盈"),
        ("linxiaomei", "周报", "周报"),
        ("linxiaomei", "上个月月报", "10-01"),
        ("sunyan", "我还有哪些单没收款", "没有找到"),
        ("lina", "我明天请假 单子让赵磊跟", "赵磊"),
        ("heting", "建议：审核超过两小时自动提醒主管", "记到"),
        ("heting", "晚点再说 一小时后叫我", "哪一张单"),
        ("lina", "不用了", "没有"),
        ("liujun", "提交 1", "没有 1 号单"),
    ],
)
async def test_a_look_or_a_word_is_answered(world, person, line, said):
    assert said in (await world.says(person, line)).text


async def test_an_idea_reaches_the_process_owner(world):
    await world.says("heting", "建议：审核超过两小时自动提醒主管")

    assert "审核超过两小时" in (await world.says("linxiaomei", "我的待办")).text


async def test_the_process_owner_clears_the_list(world):
    await world.says("heting", "建议：审核超过两小时自动提醒主管")
    assert "林晓梅" in (await world.says("lina", "待办已看")).text

    assert "1 条" in (await world.says("linxiaomei", "待办已看")).text
    assert "审核超过两小时" not in (await world.says("linxiaomei", "我的待办")).text


async def test_leave_is_told_to_the_stand_in(world):
    await world.says("lina", "我明天请假 单子让赵磊跟")

    assert any("李娜" in text for text in world.told("user:zhaolei"))


async def test_orders_are_listed_by_state_and_person(world):
    number = await picked(world)

    assert f"#{number}" in (await world.says("lina", "我的单")).text
    assert f"#{number}" in (await world.says("lina", "待发货的单")).text
    assert f"#{number}" in (await world.says("liujun", "我的待办")).text


async def test_orders_that_go_on_together_share_what_there_is(world):
    first = await placed(world, "福满楼 零度40箱")
    second = await placed(world, "家家乐 零度40箱", "zhaolei")
    await world.says("heting", f"通过 {first} {second}")
    await world.says("linxiaomei", f"挂起 {first} {second} 等客户")
    await world.says("madong", "到货 零度40箱 入总仓")

    await world.says("linxiaomei", f"恢复 {first} {second}")

    assert [(await world.order(number)).step for number in (first, second)] == ["picking", "short"]


async def test_goods_not_found_leave_the_ledger(world):
    number = await picked(world, "家家乐 罐装可乐30箱")
    before = sum(level.on_hand for level in (await world.stock("D001")).values())

    await world.says("liujun", f"{number} 缺货 罐装可乐 少3箱")

    assert (await world.order(number)).step == "short"
    assert sum(level.on_hand for level in (await world.stock("D001")).values()) == before - 3 * 24


async def test_what_a_shipment_went_with_is_shown(world):
    number = await picked(world)

    await world.says("liujun", f"{number}发了 顺丰SF1234567890")

    assert "顺丰 SF1234567890" in (await world.says("lina", f"{number}到哪了")).text


async def test_a_delay_keeps_its_reason(world):
    number = await picked(world)

    await world.says("liujun", f"{number}今天送不了 推到后天 车坏了")

    assert "车坏了" in str((await world.story(number))[-1].data["reason"])


async def test_a_general_word_on_a_customers_one_order_is_its_product(world):
    number = await picked(world)

    await world.says("liujun", "人民路华联那单可乐先发2箱")

    order = await world.order(number)
    assert {line.sku: line.shipped for line in order.lines if line.shipped} == {"D001": 48}


async def test_a_general_word_that_fits_two_products_of_the_order_is_asked(world):
    number = await picked(world, "人民路华联 罐装可乐20箱 可乐500ml3箱")

    asked = await world.says("liujun", f"{number}可乐先发2箱")

    assert "哪一个" in asked.text
    assert not (await world.order(number)).shipped_any


async def test_a_customer_without_a_fitting_order_is_told_so(world):
    assert "没有找到能签收的单（家家乐超市）" in (await world.says("lina", "家家乐那单签收了")).text


async def test_too_many_orders_at_once_are_refused(world):
    numbers = " ".join(str(number) for number in range(1, 32))

    assert "一次最多处理30张单" in (await world.says("wangmin", f"催 {numbers}")).text


async def test_an_order_named_twice_is_handled_once(world):
    number = await picked(world)

    await world.says("wangmin", f"催 {number} {number}")

    assert [event.kind for event in await world.story(number)].count("order:urged") == 1


async def test_leave_is_told_to_the_superior_too_and_not_to_oneself(world):
    await world.says("lina", "我明天请假 单子让赵磊跟")

    superior = world.program.rulebook.company().catalogue.staff["lina"].manager
    assert any("李娜" in text for text in world.told(f"user:{superior}"))
    assert world.told("user:lina") == []


async def test_only_the_process_owner_sees_the_to_do_list(world):
    await world.says("heting", "建议：审核超过两小时自动提醒主管")

    assert "审核超过两小时" not in (await world.says("lina", "我的待办")).text


async def test_how_the_money_came_is_in_the_books(world):
    number = await shipped(world)

    await world.says("qianfang", f"收款 {number} 500 微信")

    async with world.program.units() as uow:
        (payment,) = await uow.orders.payments(number)
    assert (payment.amount, payment.method) == (500, "wechat")


async def test_only_what_was_said_comes_back(world):
    number = await shipped(world)

    await world.says("lina", f"{number}退2箱罐装可乐 瘪罐")

    assert {line.sku: line.returned for line in (await world.order(number)).lines} == {"D001": 48, "D005": 0}


async def test_an_address_is_changed_as_said(world):
    number = await picked(world)

    await world.says("lina", f"{number}号单地址改成江滨路9号")

    assert (await world.order(number)).address == "江滨路9号"


async def test_the_emptiest_shelf_is_bought_for_first(world):
    bought = [line for line in (await world.says("xugang", "哪些要补货")).text.split("\n") if "安全" in line][
        1:
    ]

    empty = ["可用 0" in line for line in bought]
    assert empty == sorted(empty, reverse=True)
    assert any("无糖可乐330ml罐装：可用 0箱 / 安全 100箱，建议进 **200箱**" in line for line in bought)
    await world.says("madong", "到货 零度100箱 入总仓")
    assert "无糖可乐330ml罐装" not in (await world.says("xugang", "哪些要补货")).text


async def test_one_delivery_serves_several_orders_while_it_lasts(world):
    first = await placed(world, "福满楼 零度30箱")
    second = await placed(world, "家家乐 零度30箱", "zhaolei")
    await world.says("heting", f"通过 {first} {second}")

    await world.says("madong", "到货 零度40箱 入总仓")

    assert [(await world.order(number)).step for number in (first, second)] == ["picking", "short"]
    (level,) = (level for level in (await world.stock("D004")).values() if level.on_hand)
    assert level.reserved == level.on_hand


async def test_what_was_placed_long_ago_is_no_more_taken_back(world):
    await placed(world)
    await world.passes(minutes=11)

    assert "没有可以撤销" in (await world.says("lina", "撤销")).text
