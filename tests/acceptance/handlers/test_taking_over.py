"""我来处理: who may act in a step takes the order into their hands; and nobody is told what is not so."""

from tests.acceptance.handlers.test_order_life import placed


async def test_the_warehouse_takes_an_order_over(world):
    number = await placed(world)
    await world.says("heting", f"通过 {number}")
    was = (await world.order(number)).owner
    taker = next(person for person in ("madong", "liujun", "wujie") if person != was)

    reply = await world.says(taker, f"{number}我来处理")

    assert "接手" in reply.text
    assert (await world.order(number)).owner == taker
    assert any("转交" in text for text in world.told(f"user:{was}"))
    assert "本来就在" in (await world.says(taker, f"{number}我来处理")).text


async def test_another_reviewer_takes_a_review_over_and_a_stranger_is_told_who_may(world):
    number = await placed(world)

    refused = await world.says("liujun", f"{number}我来处理")
    taken = await world.says("zhoukai", f"{number}我来处理")

    assert all(name in refused.text for name in ("陈建国", "林晓梅", "周凯", "何婷"))
    assert "接手" in taken.text
    assert (await world.order(number)).owner == "zhoukai"


async def test_who_reviews_nothing_is_told_so_and_by_whom_it_is(world):
    number = await placed(world)

    text = (await world.says("liujun", f"通过 {number}")).text

    assert "权限" in text
    assert "何婷" in text
    assert "金额" not in text


async def test_who_cannot_take_an_order_is_answered_with_those_who_can(world):
    number = await placed(world)
    await world.says("heting", f"通过 {number}")

    text = (await world.says("zhoukai", f"{number}转给钱芳")).text

    assert all(name in text for name in ("马东", "刘军", "吴杰"))
    assert "周凯" not in text


async def test_a_change_under_review_tells_nobody_that_goods_lack(world):
    number = await placed(world)

    await world.says("wangmin", f"{number}号单雪碧改成12箱")

    assert (await world.order(number)).step == "reviewing"
    assert not any("缺货" in text for text in world.told("user:lina"))
