"""What a conversation keeps between two lines, and what gives way."""

import pytest

from tests.acceptance.handlers.test_order_life import placed


async def two_in_review(world):
    """The numbers of two orders that wait for a yes."""
    return (
        await placed(world, "人民路华联 罐装可乐30箱"),
        await placed(world, "解放路华联 罐装可乐30箱"),
    )


@pytest.mark.parametrize("words", ["不撤", "不撤了", "保留", "算了"])
async def test_what_was_offered_to_be_taken_back_stays(world, words):
    number = await placed(world)
    await world.says("lina", "撤销")

    assert "一切照旧" in (await world.says("lina", words)).text
    assert "没有等您确认" in (await world.says("lina", "确认")).text
    assert (await world.order(number)).step == "reviewing"


async def test_a_no_to_nothing_is_left_alone_in_a_group_only(world):
    assert (await world.says("lina", "算了", place="sales")).text == ""
    assert "没有等您确认" in (await world.says("lina", "算了")).text


@pytest.mark.parametrize("words", ["今天好冷", "算了", "为什么", "嗯嗯"])
async def test_whoever_calls_the_bot_in_a_group_is_answered(world, words):
    assert (await world.says("lina", words, place="sales")).text == ""
    assert (await world.says("lina", words, place="sales", called=True)).text != ""


async def test_small_talk_is_nobodys_to_do(world):
    await world.says("lina", "今天好冷")

    assert "今天好冷" not in (await world.says("linxiaomei", "我的待办")).text


async def test_the_reason_asked_for_is_taken_as_it_is_said(world):
    number, _ = await two_in_review(world)

    assert "什么原因" in (await world.says("heting", f"驳回 {number}")).text
    await world.says("heting", "价格太低")

    assert (await world.order(number)).step == "draft"
    assert any("价格太低" in text for text in world.told("user:lina"))


async def test_a_question_nobody_answered_gives_way_to_another_matter(world):
    number, _ = await two_in_review(world)
    await world.says("heting", f"驳回 {number}")
    await world.says("heting", "看板")

    await world.says("heting", "价格太低")

    assert (await world.order(number)).step == "reviewing"


async def test_a_question_is_answered_though_its_message_asked_for_more(world):
    first, second = await two_in_review(world)

    await world.says("heting", f"{second}驳回 {first}通过")
    await world.says("heting", "价格太低")

    assert (await world.order(first)).step == "picking"
    assert (await world.order(second)).step == "draft"


async def test_what_is_refused_does_not_stop_the_rest_of_a_message(world):
    number = await placed(world)

    reply = await world.says("heting", f"9驳回 {number}通过")

    assert "没有 9 号单" in reply.text
    assert (await world.order(number)).step == "picking"


async def test_a_refused_repeat_does_not_stop_the_order_beside_it(world):
    reply = await world.says("lina", "福满楼跟上次一样；人民路华联 罐装可乐20箱")

    assert "还没有下过单" in reply.text
    assert "请核对" in reply.text
    assert (await world.says("lina", "确认")).order is not None


async def test_the_order_last_looked_at_is_the_one_talked_about(world):
    first, second = await two_in_review(world)
    await world.says("lina", f"查单 {first}")

    assert (await world.says("lina", "刚才那单备注 后门卸货")).order == first
    assert (await world.order(second)).version == 1


async def test_without_an_order_talked_about_its_number_is_asked(world):
    number = await placed(world)

    assert "单号" in (await world.says("wangmin", "刚才那单改成 罐装可乐5箱")).text
    assert "改单" in (await world.says("wangmin", f"{number}号单")).text


async def test_a_general_word_in_a_correction_is_the_drafts_own_product(world):
    await world.says("lina", "人民路华联 罐装可乐20箱 雪碧5箱")

    draft = await world.says("lina", "可乐改成10箱")

    assert "可乐330ml罐装 10箱" in draft.text
    assert "雪碧330ml罐装 5箱" in draft.text


async def test_a_general_word_that_fits_two_of_the_draft_is_asked(world):
    await world.says("lina", "人民路华联 罐装可乐20箱 可乐500ml10箱")

    assert "哪一个" in (await world.says("lina", "可乐改成15箱")).text


async def test_the_second_of_two_questions_waits_for_the_first(world):
    asked = await world.says("lina", "人民路华联 可乐10箱\n解放路华联 可乐5箱")
    assert "这张办完再问" in asked.text

    await world.says("lina", "罐装")
    await world.says("lina", "确认")
    await world.says("lina", "罐装")
    done = await world.says("lina", "确认")

    assert done.order is not None
    assert "解放路" in done.text


async def test_giving_up_one_of_two_leaves_the_other(world):
    await world.says("lina", "人民路华联 罐装可乐10箱\n解放路华联 罐装可乐5箱")

    assert "还有1张" in (await world.says("lina", "算了")).text
    assert "解放路" in (await world.says("lina", "确认")).text
    assert (await world.says("lina", "确认")).order is None


async def test_pressing_the_second_draft_writes_the_second(world):
    drafts = await world.says("lina", "人民路华联 罐装可乐10箱\n解放路华联 罐装可乐5箱")

    done = await world.presses("lina", drafts, "确认 华联超市(解放路店)")

    assert "**已建单" in done.text
    assert (await world.order(done.order)).customer_name == "华联超市(解放路店)"


async def test_all_drafts_are_written_but_what_is_asked_about_stays(world):
    await world.says("lina", "人民路华联 罐装可乐10箱\n解放路华联 可乐5箱")

    done = await world.says("lina", "全部确认")

    assert done.text.count("已建单") == 1
    assert "解放路" in (await world.says("lina", "罐装")).text


async def test_a_correction_keeps_what_it_does_not_name(world):
    await world.says("lina", "人民路华联 罐装可乐20箱 明天上午送 加急")

    draft = await world.says("lina", "改到后天")

    assert all(part in draft.text for part in ("20箱", "11-25", "上午", "加急：是"))


async def test_a_draft_without_goods_asks_for_goods(world):
    await world.says("lina", "人民路华联 罐装可乐20箱")
    asked = await world.says("lina", "罐装可乐不要了")
    assert "要哪些商品" in asked.text

    draft = await world.says("lina", "雪碧8箱")

    assert "雪碧330ml罐装 8箱" in draft.text
    assert "罐装可乐" not in draft.text.split("\n")[2]


async def test_what_an_answer_says_besides_is_kept(world):
    await world.says("sunyan", "好邻居 可乐5箱 来点雪碧")
    await world.says("sunyan", "大学城那家 后天上午送")
    await world.says("sunyan", "罐装的 加急")

    draft = await world.says("sunyan", "8箱 送后门")

    assert all(
        one in draft.text for one in ("大学城店", "11-25", "上午", "可乐330ml罐装 5箱", "雪碧330ml罐装 8箱")
    )
    assert all(one in draft.text for one in ("加急：是", "地址：后门"))


async def test_a_free_addition_between_two_questions_forgets_no_answer(world):
    await world.says("sunyan", "好邻居 可乐5箱 来点雪碧")
    await world.says("sunyan", "大学城")
    asked = await world.says("sunyan", "后天送")
    assert "可乐330ml罐装" in asked.text
    await world.says("sunyan", "罐装 下午送")

    draft = await world.says("sunyan", "8箱")

    assert all(
        one in draft.text for one in ("大学城店", "11-25", "下午", "可乐330ml罐装 5箱", "雪碧330ml罐装 8箱")
    )


async def test_a_quantity_still_asked_about_survives_another_day(world):
    await world.says("zhoukai", "城南副食 来点凉茶")

    assert "要多少" in (await world.says("zhoukai", "后天送")).text
    draft = await world.says("zhoukai", "15箱")

    assert "15箱" in draft.text
    assert "11-25" in draft.text


async def test_a_later_word_about_the_day_wins_over_the_first(world):
    await world.says("sunyan", "好邻居 可乐5箱 明天送")
    await world.says("sunyan", "大学城")

    assert "11-25" in (await world.says("sunyan", "罐装 后天送")).text


async def test_a_line_taken_out_takes_no_question_of_another_with_it(world):
    await world.says("sunyan", "好邻居 雪碧20箱 可乐5箱")
    await world.says("sunyan", "大学城")
    asked = await world.says("sunyan", "雪碧不要了")
    assert "可乐330ml罐装" in asked.text

    draft = await world.says("sunyan", "罐装")

    assert "可乐330ml罐装 5箱" in draft.text
    assert "雪碧330ml罐装" not in draft.text


@pytest.mark.parametrize("more", ["雪碧5箱 绿茶6箱", "还要雪碧5箱 绿茶6箱", "品名\t数量\n雪碧\t5\n绿茶\t6"])
async def test_goods_said_after_a_draft_come_to_those_it_has(world, more):
    await world.says("lina", "福满楼 纯生20箱 后天送")

    draft = (await world.says("lina", more)).text

    for line in ("福满楼", "（后天）", "雪峰纯生啤酒500ml瓶装 20箱", "雪碧330ml罐装 5箱", "绿茶500ml 6箱"):
        assert line in draft


async def test_of_goods_said_anew_the_later_count_holds(world):
    await world.says("lina", "福满楼 纯生20箱 绿茶5箱")

    draft = (await world.says("lina", "雪碧6箱 纯生12箱")).text

    assert draft.count("- ") == 3
    for line in ("雪峰纯生啤酒500ml瓶装 12箱", "雪碧330ml罐装 6箱", "绿茶500ml 5箱"):
        assert line in draft


async def test_goods_said_while_others_are_asked_about_lose_neither_nor_the_question(world):
    await world.says("lina", "福满楼 可乐10箱")

    asked = (await world.says("lina", "苏打水2箱 冰红茶3箱")).text
    assert "第1行商品（10箱）是哪一个" in asked
    await world.says("lina", "罐装")
    draft = (await world.says("lina", "小瓶的")).text

    for goods in ("可乐330ml罐装 10箱", "苏打水400ml 2箱", "冰红茶500ml 3箱"):
        assert goods in draft


@pytest.mark.parametrize("more", ["还要纯生5箱", "另外 绿茶2箱 纯生5箱", "纯生加5箱"])
async def test_what_is_wanted_besides_is_added_to_what_is_wanted_already(world, more):
    await world.says("lina", "福满楼 纯生20箱")

    assert "雪峰纯生啤酒500ml瓶装 25箱" in (await world.says("lina", more)).text


async def test_a_correction_still_adds_after_one_that_had_to_be_asked_about(world):
    await world.says("lina", "永旺达 桶装水50桶 雪碧20箱")
    assert "要哪些商品" in (await world.says("lina", "加10箱")).text

    assert "桶装纯净水18.9L 60桶" in (await world.says("lina", "桶装水加10")).text


async def test_a_correction_without_anything_to_correct_is_told_from_one_that_was_done(world):
    await world.says("lina", "福满楼 纯生20箱")

    assert "草稿没有变" in (await world.says("lina", "改单价60")).text


async def test_reading_a_draft_anew_keeps_what_was_corrected_meanwhile(world):
    await world.says("lina", "福满楼来20箱纯生 再送2箱 明天下午 走后门")
    await world.says("lina", "后天送")
    await world.says("lina", "备注 不要按门铃")

    draft = (await world.says("lina", "是22箱")).text

    for said in ("22箱", "（后天）", "不要按门铃"):
        assert said in draft


async def test_a_price_is_no_answer_to_how_many(world):
    await world.says("lina", "福满楼来20箱纯生 再送2箱")

    assert "63箱" not in (await world.says("lina", "价格不对,63")).text


async def test_what_is_said_after_a_refusal_changes_no_other_customers_order(world):
    number = await placed(world, "福满楼 纯生20箱")
    assert "没下过单" in (await world.says("lina", "解放路华联老样子")).text.replace("还没有", "没")

    await world.says("lina", "罐装可乐加5箱")

    assert [line.sku for line in (await world.order(number)).lines] == ["D031"]
