"""What a customer usually takes stands first where something is asked, and decides nothing."""

from tests.acceptance.learning.people import BOTTLE


async def orders(world, *lines: str) -> None:
    """Each line becomes an order."""
    for line in lines:
        assert "请核对" in (await world.says("lina", line)).text
        assert (await world.says("lina", "确认")).order is not None


async def test_the_usual_product_is_the_first_button_and_is_not_taken(world):
    await orders(world, "人民路华联 瓶装可乐5箱", "人民路华联 瓶装可乐6箱", "人民路华联 雪碧1箱")

    asked = await world.says("lina", "人民路华联 可乐9箱")

    assert asked.buttons[0].label == f"1. 人民路华联常要：{BOTTLE}（近3单2次），58.00元/箱"
    assert len(asked.buttons) == 3
    assert f"- {BOTTLE} 9箱" in (await world.presses("lina", asked, asked.buttons[0].label)).text


async def test_the_number_typed_is_that_of_the_list_as_it_was_shown(world):
    await orders(world, "人民路华联 瓶装可乐5箱", "人民路华联 瓶装可乐6箱")

    await world.says("lina", "人民路华联 可乐9箱")

    assert "- 可乐330ml罐装 9箱" in (await world.says("lina", "2")).text


async def test_a_number_of_the_list_is_no_size(world):
    asked = await world.says("lina", "人民路华联 可乐9箱")
    assert asked.buttons[1].label.startswith(f"2. {BOTTLE}")

    assert f"- {BOTTLE} 9箱" in (await world.presses("lina", asked, asked.buttons[1].label)).text


async def test_once_is_no_habit_and_another_customers_is_none(world):
    await orders(world, "人民路华联 瓶装可乐5箱")
    once = await world.says("lina", "人民路华联 可乐9箱")
    await world.says("lina", "算了")
    await orders(world, "人民路华联 瓶装可乐6箱")
    other = await world.says("lina", "解放路华联 可乐9箱")

    assert "常要" not in once.text
    assert "常要" not in other.text


async def test_what_was_cancelled_is_no_habit(world):
    await orders(world, "人民路华联 瓶装可乐5箱", "人民路华联 瓶装可乐6箱")
    await world.says("lina", "取消 2 客户不要了")

    assert "常要" not in (await world.says("lina", "人民路华联 可乐9箱")).text


async def test_the_usual_unit_stands_first_where_the_one_said_is_not_sold(world):
    await orders(world, "人民路华联 纯生5瓶", "人民路华联 纯生6瓶")

    asked = await world.says("lina", "人民路华联 纯生3桶")

    assert "不按“桶”卖" in asked.text
    assert [button.label for button in asked.buttons] == ["1. 人民路华联常要：瓶（近2单2次）", "2. 箱"]
    assert "纯生啤酒500ml瓶装 3瓶" in (await world.presses("lina", asked, asked.buttons[0].label)).text


async def test_the_old_place_is_asked_about_where_there_were_several(world):
    await orders(
        world, "人民路华联 雪碧5箱 送到人民路北门", "人民路华联 雪碧6箱 送到人民路北门", "人民路华联 雪碧7箱"
    )

    asked = await world.says("lina", "人民路华联 雪碧8箱 老地方")

    assert "“老地方”是哪里" in asked.text
    assert asked.buttons[0].label == "1. 人民路华联常送：人民路北门（近3单2次）"
    assert "地址：人民路北门（您选的）" in (await world.says("lina", "北门")).text
    placed = await world.order((await world.says("lina", "确认")).order)
    assert placed.address == "人民路北门"


async def test_the_old_place_is_no_question_where_there_was_only_one(world):
    await orders(world, "人民路华联 雪碧5箱")

    draft = await world.says("lina", "人民路华联 雪碧8箱 老地方")

    assert "请核对" in draft.text
    assert "备注：老地方" in draft.text


async def test_a_second_draft_to_the_old_place_waits_with_its_question(world):
    await orders(world, "解放路华联 雪碧5箱 送到后门", "解放路华联 雪碧6箱")

    both = await world.says("lina", "人民路华联 雪碧3箱\n解放路华联 雪碧4箱 老地方")
    assert "这张办完再问" in both.text
    done = await world.says("lina", "全部确认")

    assert done.text.count("已建单") == 1
