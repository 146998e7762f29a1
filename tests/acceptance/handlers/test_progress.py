"""17到哪了: four lines of story, when it will have left and how sure that is; then everything else."""

from dataclasses import replace

from domain.ports import MessageKey
from handlers.context import Context
from handlers.wording.orders import card
from tests.acceptance.handlers.test_reconciling import CREDIT, placed
from tests.world import World


async def head(world: World, number: int, by: str = "lina") -> list[str]:
    """The story of an order."""
    return (await world.says(by, f"{number}到哪了")).text.splitlines()[1:6]


async def test_the_story_grows_with_the_order(world: World):
    await world.says("lina", CREDIT)
    number = (await world.says("lina", "确认")).order
    assert number is not None

    assert await head(world, number) == [
        "接单 SO261123-0001，李娜 11-23 10:00 录入",
        "审核 等 何婷",
        "发货 还没发",
        "现在 待审核：由 何婷 处理，11-23 10:00 起，已 0分钟，时限 11-23 10:30",
        "预计 今天 14:30 前发完（按各环节时限；近30天没有走过这步的单，说不出几成把握）",
    ]
    await world.passes(minutes=10)
    await world.says("heting", f"通过 {number}")
    assert (await head(world, number))[1] == "审核 何婷 通过 11-23 10:10"
    await world.passes(hours=2)
    await world.says("liujun", f"发货 {number} 顺丰SF1234567890")
    story = await head(world, number)
    assert story[2].startswith("发货 刘军 11-23 12:10")
    assert "SF1234567890" in story[2]
    assert not story[4].startswith("预计")
    await world.passes(hours=1)
    await world.says("lina", f"签收 {number}")
    assert "，签收 11-23 13:10" in (await head(world, number))[2]
    await world.presses("lina", await world.says("lina", "撤销"), "确认撤销")
    assert "签收" not in (await head(world, number))[2]


async def test_it_is_expected_as_those_before_it_went(world: World):
    for boxes in range(1, 11):
        number = await placed(world, CREDIT.replace("20箱", f"{boxes}箱"))
        await world.passes(minutes=10 * boxes)
        await world.says("liujun", f"发货 {number}")

    last = await placed(world)
    (told,) = [line for line in await head(world, last) if line.startswith("预计")]

    assert told == "预计 今天 20:30 前发完（八成把握，按近30天 10 张走过这步的单；一半在 20:00 前）"
    await world.passes(hours=3)
    assert "说不准，已比近30天 10 张走过这步的单都久；按各环节时限是" in (await head(world, last))[4]
    await world.passes(hours=2)
    assert (await head(world, last))[4].endswith("时限也过了")


async def test_once_the_limit_has_passed_and_nothing_compares_nobody_knows(world: World):
    number = await placed(world)
    await world.passes(hours=5)

    assert (await head(world, number))[4] == "预计 说不准，时限已经过了，近30天没有走过这步的单可比"


async def test_the_beginning_of_a_part_shipment_is_said(world: World):
    number = await placed(world)
    await world.says("liujun", f"{number}发货 可乐10箱")

    assert (await head(world, number))[2].startswith("发货 发了一部分，最近 刘军 11-23 10:00")


async def test_an_order_of_a_hundred_lines_fits_into_one_message(world: World):
    number = await placed(world)
    order = await world.order(number)
    (line, *_) = order.lines
    long = replace(
        order,
        lines=tuple(replace(line, no=no, name=f"很长很长的商品名称{no}号规格") for no in range(1, 101)),
        note="备注" * 90,
        address="很长的地址" * 40,
    )

    rules = world.program.rulebook.latest
    actor = rules.company.catalogue.staff["lina"]
    ctx = Context(actor, rules, world.now, "", MessageKey("console", "console", "look"))
    text = card(long, ctx, ("接单",), tuple(f"- 经过{n}" for n in range(8))).text

    assert len(text.encode()) <= 2048
    assert "种" in text
    assert text.splitlines()[1] == "接单"
