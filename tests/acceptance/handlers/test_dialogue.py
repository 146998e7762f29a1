"""The one question, its answers, corrections, and what runs out."""

from datetime import date

from tests.acceptance.handlers.test_order_life import placed


async def test_an_unclear_customer_is_asked_with_candidates_and_numbers(world):
    asked = await world.says("lina", "华联 罐装可乐20箱 明天送")
    assert "哪个客户" in asked.text
    assert len(asked.buttons) == 3

    draft = await world.presses("lina", asked, asked.buttons[0].label)
    assert "请核对" in draft.text


async def test_a_question_is_answered_in_words(world):
    await world.says("sunyan", "好邻居 雪碧10箱")
    draft = await world.says("sunyan", "火车站那家")

    assert "好邻居便利店(火车站店)" in draft.text


async def test_a_question_is_answered_by_an_ordinal(world):
    asked = await world.says("zhaolei", "家家乐 可乐10箱")
    draft = await world.says("zhaolei", "第二个")

    assert asked.buttons[1].label.split(". ")[1].split("（")[0] in draft.text


async def test_only_one_thing_is_asked_at_a_time(world):
    first = await world.says("lina", "华联 可乐20箱")
    assert "客户" in first.text
    second = await world.says("lina", "人民路")
    assert "可乐" in second.text
    draft = await world.says("lina", "罐装")
    assert "可乐330ml罐装 20箱" in draft.text


async def test_a_missing_quantity_is_asked(world):
    asked = await world.says("zhoukai", "城南副食 来点凉茶")
    assert "要多少" in asked.text
    assert "凉茶310ml罐装 15箱" in (await world.says("zhoukai", "15箱")).text


async def test_a_unit_that_is_not_sold_is_asked(world):
    asked = await world.says("sunyan", "乐家 纯生3桶")
    assert "单位" in asked.text
    assert "3箱" in (await world.says("sunyan", "箱")).text


async def test_an_unknown_product_may_be_left_out(world):
    await world.says("sunyan", "乐家便利 红牛2箱 雪碧3箱")
    draft = await world.says("sunyan", "不要了")

    assert "雪碧330ml罐装 3箱" in draft.text
    assert "- 红牛" not in draft.text


async def test_a_draft_is_corrected_in_words(world):
    await world.says("lina", "人民路华联 罐装可乐20箱 明天送")
    await world.says("lina", "可乐改成15箱")
    draft = await world.says("lina", "再加5箱雪碧")

    assert "可乐330ml罐装 15箱" in draft.text
    assert "雪碧330ml罐装 5箱" in draft.text


async def test_a_draft_takes_a_remark_and_is_given_up_by_name(world):
    await world.says("lina", "人民路华联 罐装可乐20箱")
    assert "备注：走后门" in (await world.says("lina", "备注 走后门")).text

    assert "已放弃" in (await world.says("lina", "刚才那单不要了")).text
    assert (await world.says("lina", "确认")).order is None


async def test_an_answer_that_fits_nothing_is_asked_again(world):
    await world.says("lina", "华联 罐装可乐20箱")
    assert "没对上" in (await world.says("lina", "今天好冷")).text


async def test_another_request_does_not_lose_the_draft(world):
    await world.says("lina", "人民路华联 罐装可乐20箱")
    assert "看板" in (await world.says("lina", "看板")).text
    assert "已建单" in (await world.says("lina", "确认")).text


async def test_a_yes_after_giving_up_writes_nothing(world):
    await world.says("lina", "人民路华联 罐装可乐20箱")
    await world.says("lina", "算了 先不下了")

    assert (await world.says("lina", "确认")).order is None


async def test_a_draft_runs_out_and_says_so(world):
    draft = await world.says("lina", "人民路华联 罐装可乐20箱")
    await world.passes(minutes=31)
    assert any("过期" in text for text in world.told("user:lina"))

    late = await world.presses("lina", draft, "确认")
    assert late.order is None


async def test_drafts_of_two_people_do_not_mix(world):
    await world.says("lina", "人民路华联 罐装可乐20箱", place="sales")
    assert "没有" in (await world.says("zhaolei", "确认", place="sales")).text


async def test_two_customers_in_one_message_are_two_orders(world):
    reply = await world.says("lina", "人民路华联 罐装可乐10箱\n解放路华联 罐装可乐5箱 雪碧5箱")
    labels = [button.label for button in reply.buttons]
    assert "确认 华联超市(人民路店)" in labels
    assert "确认 华联超市(解放路店)" in labels

    done = await world.says("lina", "全部确认")
    assert done.text.count("已建单") == 2


async def test_the_same_again_means_the_latest_order(world):
    await world.says("lina", "福满楼 纯生10箱 凉茶3箱")
    await world.says("lina", "确认")
    draft = await world.says("lina", "福满楼跟上次一样 凉茶不要了")

    assert "雪峰纯生啤酒500ml瓶装 10箱" in draft.text
    assert "- 凉茶" not in draft.text


async def test_chatter_in_a_group_is_left_alone(world):
    assert (await world.says("lina", "今天好冷", place="sales")).text == ""


async def test_a_message_not_understood_is_on_the_process_owners_list(world):
    await world.says("lina", "那个啥3号位的东西弄一下")
    assert "那个啥3号位" in (await world.says("linxiaomei", "我的待办")).text


async def test_help_shows_what_this_role_may_do(world):
    sales, warehouse = await world.says("lina", "帮助"), await world.says("liujun", "帮助")

    assert "下单" in sales.text
    assert "- 审核通过" not in warehouse.text
    assert "发货" in warehouse.text


async def test_a_question_is_answered_by_noun_and_qualifier(world):
    await world.says("sunyan", "四季 水20箱")

    assert "矿泉水550ml 20箱" in (await world.says("sunyan", "矿泉水550")).text


async def test_what_is_added_while_a_question_is_open_is_noted(world):
    await world.says("sunyan", "四季 水20箱")
    assert "记下了" in (await world.says("sunyan", "后天下午送")).text

    draft = await world.says("sunyan", "2")
    assert "11-25" in draft.text
    assert "矿泉水550ml 20箱" in draft.text


async def test_a_day_in_an_answer_is_the_companys_day(world):
    number = await placed(world)
    await world.passes(hours=15)  # one in the morning at the company's, still the day before in UTC

    await world.says("zhoukai", f"{number}要晚一天")
    await world.says("zhoukai", "明天")

    assert (await world.order(number)).due == date(2026, 11, 25)
