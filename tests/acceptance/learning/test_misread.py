"""Every question about a word is kept with what it came to."""

from datetime import timedelta

from tests.acceptance.learning.people import CAN, misread


async def outcome(world) -> tuple[str, str, str, str, str]:
    """Of the one question there was: about what kind of thing, which word, how it ended, and what was meant."""
    (one,) = await misread(world)
    return one.kind, one.word, one.outcome, one.meant, one.meant_text


async def test_a_choice_is_kept_with_all_there_was_to_choose_from(world):
    await world.says("lina", "人民路华联 可乐20箱 明天送", place="sales")
    await world.passes(minutes=3)
    await world.says("lina", "罐装", place="sales")

    (one,) = await misread(world)

    assert (one.person, one.place, one.text) == ("lina", "sales", "人民路华联 可乐20箱 明天送")
    assert (one.kind, one.word, one.customer_name) == ("sku", "可乐", "华联超市(人民路店)")
    assert [code for code, _ in one.candidates] == ["D001", "D002", "D003"]
    assert (one.outcome, one.meant, one.meant_name) == ("chosen", "D001", CAN)
    assert one.meant_at is not None
    assert (one.meant_at - one.at).total_seconds() == 180


async def test_an_answer_in_two_steps_is_one_question(world):
    await world.says("lina", "华联 罐装可乐20箱")
    await world.says("lina", "今天好冷")
    await world.says("lina", "路店")
    await world.says("lina", "1")

    assert await outcome(world) == ("customer", "华联", "chosen", "C001", "")


async def test_what_nobody_said_a_word_about_is_no_misreading(world):
    await world.says("zhoukai", "城南副食 来点凉茶")
    await world.says("zhoukai", "15箱")

    assert await misread(world) == []


async def test_a_unit_that_is_not_sold_is_kept(world):
    await world.says("sunyan", "乐家 纯生3桶")
    await world.says("sunyan", "箱")

    assert await outcome(world) == ("unit", "桶", "chosen", "箱", "")


async def test_a_product_done_without_is_kept(world):
    await world.says("sunyan", "乐家便利 红牛2箱 雪碧3箱")
    await world.says("sunyan", "不要了")

    assert await outcome(world) == ("sku", "红牛", "left_out", "", "")


async def test_the_same_said_anew_is_kept_with_its_words(world):
    await world.says("lina", "华联 可乐20箱")
    await world.says("lina", "人民路华联 罐装可乐20箱")

    assert await outcome(world) == ("customer", "华联", "retyped", "", "人民路华联 罐装可乐20箱")


async def test_another_customers_order_is_not_the_same_anew(world):
    await world.says("lina", "人民路华联 可乐20箱")
    await world.says("lina", "福满楼 罐装可乐20箱")

    assert await outcome(world) == ("sku", "可乐", "gave_up", "", "")


async def test_the_same_word_for_another_customer_is_another_question(world):
    await world.says("lina", "人民路华联 可乐20箱")
    await world.says("lina", "福满楼 可乐20箱")
    assert [(one.customer, one.outcome) for one in await misread(world)] == [("C001", "gave_up")]

    await world.says("lina", "罐装")

    assert [(one.customer, one.outcome) for one in await misread(world)] == [
        ("C001", "gave_up"),
        ("C019", "chosen"),
    ]


async def test_giving_up_is_kept(world):
    await world.says("lina", "人民路华联 可乐20箱")
    await world.says("lina", "算了")

    assert await outcome(world) == ("sku", "可乐", "gave_up", "", "")


async def test_another_matter_in_between_leaves_the_question_open(world):
    await world.says("lina", "人民路华联 可乐20箱")
    await world.says("lina", "看板")
    assert await misread(world) == []
    await world.says("lina", "罐装")

    assert await outcome(world) == ("sku", "可乐", "chosen", "D001", "")


async def test_what_is_added_while_it_is_open_is_no_answer(world):
    await world.says("sunyan", "四季 水20箱")
    await world.says("sunyan", "后天下午送")
    assert await misread(world) == []
    await world.says("sunyan", "矿泉水550")

    (one,) = await misread(world)
    assert (one.text, one.outcome) == ("四季 水20箱", "chosen")


async def test_a_question_that_ran_out_is_kept(world):
    await world.says("lina", "人民路华联 可乐20箱")
    await world.passes(minutes=31)

    assert await outcome(world) == ("sku", "可乐", "lapsed", "", "")


async def test_a_question_that_ran_out_before_anybody_looked_is_kept_once(world):
    await world.says("lina", "人民路华联 可乐20箱")
    world.clock.move(timedelta(minutes=31))
    await world.says("lina", "看板")
    await world.passes(minutes=31)

    assert await outcome(world) == ("sku", "可乐", "lapsed", "", "")


async def test_a_line_that_nobody_understood_is_kept_with_the_next_one(world):
    await world.says("lina", "那个啥3号位的东西弄一下")
    await world.says("lina", "嗯")
    await world.says("lina", "人民路华联 罐装可乐20箱")

    assert await outcome(world) == (
        "line",
        "那个啥3号位的东西弄一下",
        "retyped",
        "",
        "人民路华联 罐装可乐20箱",
    )


async def test_a_line_that_nobody_understood_runs_out_without_a_word(world):
    await world.says("lina", "那个啥3号位的东西弄一下")
    await world.passes(minutes=31)

    assert (await outcome(world))[2] == "lapsed"
    assert world.told("user:lina") == []


async def test_a_redelivered_answer_is_kept_once(world):
    await world.says("lina", "人民路华联 可乐20箱")
    for _ in range(2):
        await world.says("lina", "罐装", key="the-same")

    assert len(await misread(world)) == 1
