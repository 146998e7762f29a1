"""What each bad input gets: one sentence, what to do next, and nothing written."""

import pytest


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("家家乐 罐装可乐0箱", "大于0"),
        ("家家乐 罐装可乐10000000箱", "上限"),
        ("家家乐 罐装可乐3.14159瓶", "罐"),
        ("家家乐 桶装水3.14159桶", "整数"),
        ("家家乐 罐装可乐20箱 按9999一箱", "牌价"),
        ("九十九号超市 罐装可乐20箱", "客户"),
        ("家家乐 榴莲汁20箱", "商品"),
    ],
)
async def test_an_order_that_cannot_be_right_is_not_drafted(world, line, said):
    reply = await world.says("zhaolei", line)

    assert said in reply.text
    assert (await world.says("zhaolei", "确认")).order is None


@pytest.mark.parametrize("line", ["9999号单取消", "通过 9999", "9999到哪了", "99千万记得取消"])
async def test_an_order_that_does_not_exist_is_named(world, line):
    assert "99" in (await world.says("linxiaomei", line)).text


async def test_the_maker_is_never_the_checker(world):
    await world.says("zhoukai", "鑫源 矿泉水550 120箱")
    number = (await world.says("zhoukai", "确认")).order

    reply = await world.says("zhoukai", f"通过 {number}")

    assert "不能自己审核" in reply.text
    assert "何婷" in reply.text
    assert (await world.order(number)).step == "reviewing"


async def test_somebody_without_the_role_hears_who_may(world):
    await world.says("lina", "人民路华联 罐装可乐30箱")
    number = (await world.says("lina", "确认")).order

    reply = await world.says("liujun", f"通过 {number}")

    assert "何婷" in reply.text
    assert (await world.order(number)).step == "reviewing"


async def test_a_wrong_step_says_where_the_order_stands(world):
    await world.says("lina", "人民路华联 罐装可乐30箱")
    number = (await world.says("lina", "确认")).order

    assert "待审核" in (await world.says("liujun", f"发货 {number}")).text


async def test_an_overpayment_is_refused_with_the_open_amount(world):
    await world.says("lina", "人民路华联 罐装可乐30箱")
    number = (await world.says("lina", "确认")).order
    await world.says("heting", f"通过 {number}")

    reply = await world.says("qianfang", f"{number}号单收款99999")

    order = await world.order(number)
    assert f"{order.amount:,.2f}" in reply.text
    assert order.paid == 0


async def test_a_shipped_order_is_not_cancelled_but_shown_the_way_out(world):
    await world.says("lina", "人民路华联 罐装可乐30箱")
    number = (await world.says("lina", "确认")).order
    await world.says("heting", f"通过 {number}")
    await world.says("liujun", f"发货 {number}")

    reply = await world.says("lina", f"取消 {number}")

    assert "退" in reply.text
    assert (await world.order(number)).step == "shipped"


@pytest.mark.parametrize("line", ["人民路华联 " + "罐装可乐20箱 " * 200, "罐装可乐\t20箱\n" * 1000])
async def test_what_is_too_long_is_not_read_and_says_so(world, line):
    reply = await world.says("zhaolei", line)

    assert f"有{len(line.strip())}个字" in reply.text
    assert "一次最多读1000个字，表格最多8000个字" in reply.text
    assert (await world.says("zhaolei", "确认")).order is None
    assert "没看懂的消息" in (await world.says("linxiaomei", "待办")).text


@pytest.mark.parametrize(
    "text",
    [
        "啊" * 50_000,
        "\u202e\u200b\x00\x07👍🏿" * 20,
        "'; DROP TABLE orders; --",
        "<xml><a href='x'>@all</a></xml>",
        "家家乐 罐装可乐20箱 备注 <@all> **加粗** [链接](http://x)",
        "人民路华联 " + "罐装可乐20箱 " * 3000,
    ],
)
async def test_strange_text_is_only_text(world, text):
    reply = await world.says("zhaolei", text)

    assert "<@" not in reply.text
    assert "@all" not in reply.text
    assert "](http" not in reply.text


async def test_a_stranger_gets_one_sentence_and_the_process_owner_a_todo(world):
    reply = await world.says("nobody", "人民路华联 罐装可乐30箱")

    assert "不认识" in reply.text
    assert "不认识的人" in (await world.says("linxiaomei", "我的待办")).text


async def test_a_picture_gets_one_sentence(world):
    assert "图片" in (await world.says("lina", "", kind="image")).text


async def test_a_flood_of_strangers_hides_no_message_that_came_later(world):
    for number in range(20):
        await world.says("nobody", f"你好 {number}")
    await world.says("lina", "zzz 12345 qqq")

    listed = (await world.says("linxiaomei", "我的待办")).text

    assert "zzz 12345 qqq" in listed
    assert "最近 12 条" in listed


@pytest.mark.parametrize(
    "line",
    ["人民路华联 雪碧1箱 2月30日送", "人民路华联 雪碧2箱 2026年2月29日送", "人民路华联老样子 11月31号送"],
)
async def test_a_day_that_no_year_has_is_not_another_day(world, line):
    reply = await world.says("lina", line)

    assert "2026 年没有" in reply.text
    assert "没有等您确认的草稿" in (await world.says("lina", "确认")).text
