"""对账: what does not fit between orders, goods and money is said with its order, its money and its age."""

import pytest

from handlers.message import Reply
from tests.world import World

CASH = "老王小卖部 罐装可乐2箱 明天上午送"
CREDIT = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


async def placed(world: World, line: str = CREDIT, by: str = "lina") -> int:
    """An order, confirmed and approved."""
    await world.says(by, line)
    number = (await world.says(by, "确认")).order
    assert number is not None
    if "待审核" in (await world.says(by, f"查单 {number}")).text.splitlines()[0]:
        await world.says("heting", f"通过 {number}")
    return number


async def asked(world: World, line: str = "对账", by: str = "qianfang") -> Reply:
    return await world.says(by, line)


async def test_where_everything_fits_it_says_so(world: World):
    number = await placed(world)
    for who, line in (
        ("liujun", f"发货 {number}"),
        ("lina", f"签收 {number}"),
        ("qianfang", f"收款 {number}"),
    ):
        await world.says(who, line)

    reply = await asked(world)

    assert reply.text.splitlines() == [
        "**对账** 11-23 周一（今天）",
        "下单 1 张 1,320.00 元；发货 1 次 1,320.00 元；收款 1 笔 1,320.00 元",
        "✓ 动过的 1 张单都对得上",
    ]


async def test_an_empty_day_is_said_in_a_line(world: World):
    assert (await asked(world, "昨天对账")).text.splitlines()[1:] == [
        "下单 0 张；发货 0 次；收款 0 笔",
        "✓ 没有要对的单",
    ]


async def test_goods_that_went_unpaid_to_who_has_no_credit_are_brought_up_until_paid(world: World):
    number = await placed(world, CASH, by="sunyan")
    await world.says("liujun", f"发货 {number}")
    await world.passes(hours=5)

    reply = await asked(world)
    assert "**当日对不上 1 处**" in reply.text
    assert f"- #{number} 老王小卖部：货已发，没账期，还没收款，" in reply.text
    assert reply.text.endswith("元，5小时")
    assert [button.say for button in reply.buttons] == [f"查单 {number}"]

    await world.passes(days=2)
    assert "**以前还没平的 1 处**" in (await asked(world)).text
    assert "2天5小时" in (await asked(world)).text

    await world.says("qianfang", f"收款 {number}")
    assert "✓" in (await asked(world)).text


async def test_money_before_goods_and_money_of_a_cancelled_order(world: World):
    first, second = await placed(world), await placed(world, CREDIT.replace("20箱", "21箱"))
    for number in (first, second):
        await world.says("qianfang", f"收款 {number}")
    await world.says("lina", f"取消 {second} 客户不要了")

    text = (await asked(world)).text

    assert text.index(f"#{second} 华联超市(人民路店)：已取消，还收着钱") < text.index(
        f"#{first} 华联超市(人民路店)：钱已收，货没发"
    )


async def test_goods_that_came_back_after_they_were_paid(world: World):
    number = await placed(world)
    for who, line in (
        ("liujun", f"发货 {number}"),
        ("lina", f"签收 {number}"),
        ("qianfang", f"收款 {number}"),
        ("lina", f"{number}号单整单退 坏了"),
    ):
        await world.says(who, line)

    assert "多收了，要退，1,320.00 元" in (await asked(world)).text


async def test_less_signed_than_shipped(world: World):
    number = await placed(world)
    await world.says("liujun", f"发货 {number}")
    await world.says("lina", f"{number}签收了 可乐只收到18箱")

    assert "签收比发货少，88.00 元" in (await asked(world)).text


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("对账", "11-24 周二（今天）"),
        ("/对账", "11-24 周二（今天）"),
        ("今天的对账", "11-24 周二（今天）"),
        ("昨天对账", "11-23 周一（昨天）"),
        ("对账 11-23", "11-23 周一（昨天）"),
        ("对账 11月23日", "11-23 周一（昨天）"),
        ("上周对账", "11-16 周一 至 11-22 周日"),
    ],
)
async def test_the_days_are_understood(world: World, line: str, title: str):
    await world.passes(days=1)

    assert (await asked(world, line)).text.startswith(f"**对账** {title}\n")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("对账 11-25", "还没到"),
        ("明天对账", "还没到"),
        ("下周的对账", "还没到"),
        ("8月1日到10月20日对账", "31"),
        ("10-01到11-20对账", "下单"),
    ],
)
async def test_days_to_come_and_too_many_are_refused(world: World, line: str, words: str):
    assert words in (await asked(world, line)).text


async def test_it_is_for_finance_and_managers(world: World):
    assert "没有对账的权限" in (await asked(world, by="lina")).text
    assert (await asked(world, by="chenjianguo")).text.startswith("**对账**")


async def test_a_line_about_something_else_is_not_taken_for_it(world: World):
    assert not (await asked(world, "跟华联对账的事明天再说")).text.startswith("**对账**")


async def test_many_differences_are_counted_and_the_gravest_shown(world: World):
    for boxes in range(1, 13):
        number = await placed(world, CREDIT.replace("20箱", f"{boxes}箱"))
        await world.says("qianfang", f"收款 {number}")

    reply = await asked(world)

    assert "**当日对不上 12 处**" in reply.text
    assert reply.text.endswith("…另有 2 处")
    assert len(reply.buttons) == 6
    assert len(reply.text.encode()) < 2048
