"""A word that was asked about twice and meant the same is known: there, and nowhere else, and everybody can see it."""

import asyncio

import pytest

from storage.audit import verify
from storage.events import OF_STREAM
from storage.habits import SqlHabits
from storage.lessons import SqlLessons
from tests.acceptance.learning.people import BOTTLE, CAN, COLA, asks, changes, teaches, without_product
from tests.world import a_world

ASSUMED = "“可乐” 按您上两次的选择＝可乐330ml罐装"


async def test_one_choice_is_not_enough(world):
    await teaches(world, times=1)

    assert "是哪一个" in (await world.says("lina", COLA.format(9))).text


async def test_after_two_same_choices_the_draft_says_what_it_assumes(world):
    await teaches(world)

    draft = await world.says("lina", COLA.format(9))

    assert f"- {CAN} 9箱" in draft.text
    assert ASSUMED in draft.text
    assert "已建单" in (await world.says("lina", "确认")).text


async def test_a_choice_by_button_counts_like_a_typed_one(world):
    asked = await world.says("lina", COLA.format(5))
    await world.presses("lina", asked, asked.buttons[0].label)
    await world.says("lina", "算了")
    await asks(world, COLA.format(6), "罐装")

    assert ASSUMED in (await world.says("lina", COLA.format(9))).text


async def test_another_choice_in_between_begins_anew(world):
    await teaches(world, times=1)
    await asks(world, COLA.format(7), "瓶装")
    await teaches(world, times=1)

    assert "是哪一个" in (await world.says("lina", COLA.format(9))).text


async def test_another_customer_is_asked_all_the_same(world):
    await teaches(world)

    assert "是哪一个" in (await world.says("lina", "解放路华联 可乐9箱")).text
    both = await world.says("lina", "人民路华联 可乐10箱\n东湖华联 可乐5箱")
    assert "这张办完再问" in both.text or "是哪一个" in both.text


async def test_a_colleague_who_sells_to_the_same_customer_profits_and_is_told_by_whom(world):
    await teaches(world)

    draft = await world.says("zhaolei", COLA.format(9))

    assert f"- {CAN} 9箱" in draft.text
    assert "按人民路华联前两次的选择" in draft.text


async def test_what_a_colleague_calls_a_customer_is_theirs_alone(world):
    for boxes in (5, 6):
        await asks(world, f"华联 罐装可乐{boxes}箱", "人民路")

    known = await world.says("lina", "华联 罐装可乐9箱")
    other = await world.says("zhaolei", "华联 罐装可乐9箱")

    assert "“华联” 按您上两次的选择＝华联超市(人民路店)" in known.text
    assert "是哪个客户" in other.text


async def test_a_name_nobody_knows_is_learned_too(world):
    for boxes in (5, 6):
        await asks(world, f"福满楼 肥宅水{boxes}箱", "罐装可乐")

    assert f"“肥宅水” 按您上两次的选择＝{CAN}" in (await world.says("lina", "福满楼 肥宅水9箱")).text


async def test_the_word_in_another_spelling_is_the_same_word(world):
    for line in ("人民路华联 ABC可可5箱", "人民路华联 ａｂｃ可可6箱"):
        await asks(world, line, "罐装可乐")

    assert "按您上两次的选择" in (await world.says("lina", "人民路华联 Abc可可9箱")).text


@pytest.mark.parametrize(
    ("line", "answer"), [("人民路华联 水{}箱", "550"), ("人民路华联 纯生{}桶", "箱")], ids=["short", "unit"]
)
async def test_words_that_mean_too_much_are_asked_about_each_time(world, line, answer):
    for boxes in (5, 6, 7):
        await asks(world, line.format(boxes), answer)


async def test_the_catalogue_comes_before_what_was_learned(world):
    for boxes in (5, 6):
        await asks(world, f"福满楼 肥宅水{boxes}箱", "罐装可乐")

    await changes(world, "products", "sku,aliases\nD005,雪碧;罐装雪碧;肥宅水\n")
    draft = await world.says("lina", "福满楼 肥宅水9箱")

    assert "- 雪碧330ml罐装 9箱" in draft.text
    assert "按您上两次的选择" not in draft.text


async def test_a_product_that_is_new_is_asked_about(world):
    await teaches(world)

    await changes(
        world,
        "products",
        "sku,name,default_unit,units,price\nD901,可乐1.25L,箱,瓶;箱=12,50\n",
    )
    asked = await world.says("lina", COLA.format(9))

    assert "可乐1.25L" in asked.text
    assert "您上两次选的：可乐330ml罐装" in asked.text


async def test_an_entry_that_is_gone_is_asked_about(world):
    for boxes in (5, 6):
        await asks(world, f"福满楼 肥宅水{boxes}箱", "罐装可乐")
    await without_product(world, "D001")

    asked = await world.says("lina", "福满楼 肥宅水9箱")

    assert "没有“肥宅水”这个商品" in asked.text
    assert "已不在目录里" in (await world.says("linxiaomei", "别名")).text


async def test_an_assumption_is_asked_about_after_all(world):
    await teaches(world)
    draft = await world.says("lina", f"{COLA.format(9)} 雪碧3箱 明天送")

    asked = await world.presses("lina", draft, "另选 可乐")
    assert "是哪一个" in asked.text
    draft = await world.says("lina", "瓶装")

    assert f"- {BOTTLE} 9箱" in draft.text
    assert "雪碧330ml罐装 3箱" in draft.text
    assert "11-24" in draft.text
    assert "按您上两次的选择" not in draft.text
    await world.says("lina", "算了")
    assert "是哪一个" in (await world.says("lina", COLA.format(9))).text


async def test_another_customer_after_all_leaves_nothing_of_the_first_ones_words(world):
    await teaches(world)
    for boxes in (5, 6):
        await asks(world, f"华联 雪碧{boxes}箱", "人民路")
    draft = await world.says("lina", "华联 可乐9箱")
    assert "“可乐” 按您" in draft.text

    await world.says("lina", "另选 华联")
    asked = await world.says("lina", "解放路")

    assert "是哪一个" in asked.text


async def test_asking_after_all_without_a_draft_says_so(world):
    assert "没有用到这个说法" in (await world.says("lina", "另选 可乐")).text


async def test_a_correction_of_the_draft_may_use_what_was_learned(world):
    await teaches(world)
    await world.says("lina", "人民路华联 雪碧10箱")

    draft = await world.says("lina", "再加5箱可乐")

    assert f"- {CAN} 5箱" in draft.text
    assert ASSUMED in draft.text


async def test_a_word_that_two_products_of_the_draft_fit_is_asked(world):
    await teaches(world)
    await world.says("lina", "人民路华联 罐装可乐20箱 瓶装可乐10箱")

    assert "是哪一个" in (await world.says("lina", "可乐改成15箱")).text


async def test_what_is_done_at_once_is_asked_about_with_the_usual_answer_first(world):
    for boxes in (5, 6):
        await world.says("madong", f"到货 可乐{boxes}箱 入总仓")
        assert "已入库" in (await world.says("madong", "瓶装")).text

    asked = await world.says("madong", "到货 可乐7箱 入总仓")

    assert asked.buttons[0].label.startswith(f"1. 您上两次选的：{BOTTLE}")
    assert "已入库" in (await world.presses("madong", asked, asked.buttons[0].label)).text


async def test_goods_of_an_order_are_called_what_its_customer_calls_them(world):
    await world.says("lina", "人民路华联 雪碧5箱")
    first = (await world.says("lina", "确认")).order
    await world.says("lina", "解放路华联 雪碧5箱")
    second = (await world.says("lina", "确认")).order
    for _ in range(2):
        await world.says("lina", f"{first}加1箱可乐")
        await world.says("lina", "罐装")
        await world.says("lina", f"{first}号单罐装可乐不要了")

    own = await world.says("lina", f"{first}加1箱可乐")
    other = await world.says("lina", f"{second}加1箱可乐")

    assert "您上两次选的" in own.text
    assert "您上两次选的" not in other.text


async def test_it_is_known_after_a_restart(world, world_url):
    await teaches(world)

    async with a_world(world_url) as again:
        assert ASSUMED in (await again.says("lina", COLA.format(9), key="after-the-restart")).text


async def test_a_redelivered_answer_counts_once(world):
    await world.says("lina", COLA.format(5))
    for _ in range(3):
        await world.says("lina", "罐装", key="the-same")
    await world.says("lina", "算了")

    assert "是哪一个" in (await world.says("lina", COLA.format(9))).text


async def test_the_process_owner_sees_it_and_takes_it_back(world):
    await teaches(world)
    assert "近7天新学会 1 个别名" in (await world.says("linxiaomei", "我的待办")).text

    shown = await world.says("linxiaomei", "别名")
    assert f"“可乐”＝{CAN}（客户 华联超市(人民路店)，李娜选过 2 次" in shown.text
    assert "已撤回" in (await world.presses("linxiaomei", shown, shown.buttons[0].label)).text

    asked = await world.says("lina", COLA.format(8))
    assert "“可乐”以前学会的意思，林晓梅已撤回" in asked.text
    await world.says("lina", "罐装")
    await world.says("lina", "算了")
    assert "是哪一个" in (await world.says("lina", COLA.format(9))).text
    assert "还没有学会别名" in (await world.says("linxiaomei", "别名")).text
    assert (await verify(world.program.store.database)).broken == ()


@pytest.mark.parametrize("words", ["别名 删除 {}", "撤回别名 {}", "删除别名{}", "别名{}撤回"])
async def test_taking_back_is_said_in_several_ways(world, words):
    await teaches(world)
    number = (await world.says("linxiaomei", "别名")).buttons[0].say.split()[-1]

    assert "已撤回" in (await world.says("linxiaomei", words.format(number))).text
    assert "可能已经撤回了" in (await world.says("linxiaomei", words.format(number))).text


async def test_others_see_their_own_and_take_nothing_back(world):
    await teaches(world)
    for boxes in (5, 6):
        await asks(world, f"乐家便利 可乐{boxes}箱", "瓶装", who="sunyan")

    mine, theirs = await world.says("lina", "别名"), await world.says("sunyan", "别名")

    assert CAN in mine.text
    assert BOTTLE not in mine.text
    assert BOTTLE in theirs.text
    assert mine.buttons == ()
    refused = await world.says("lina", "撤回别名 1")
    assert "没有撤回别名的权限" in refused.text
    assert "林晓梅" in refused.text
    assert "学会的别名 2 个" in (await world.says("linxiaomei", "别名")).text


async def test_a_long_list_has_pages(world):
    for n in range(9):
        for boxes in (5, 6):
            await asks(world, f"福满楼 怪名{'甲乙丙丁戊己庚辛壬'[n]}{boxes}箱", "罐装可乐")

    first = await world.says("linxiaomei", "别名")
    second = await world.presses("linxiaomei", first, "下一页")

    assert "怪名壬" in first.text
    assert "怪名甲" not in first.text
    assert "怪名甲" in second.text
    assert "没有第 3 页" in (await world.says("linxiaomei", "别名 第3页")).text


async def test_two_processes_that_hear_the_second_choice_at_once_learn_it_once(world, world_url):
    await teaches(world, times=1)
    async with a_world(world_url) as other:
        await world.says("lina", COLA.format(9))
        await other.says("zhaolei", COLA.format(9), key="other-asked")

        replies = await asyncio.gather(
            world.says("lina", "罐装"), other.says("zhaolei", "罐装", key="other-chose")
        )

    assert ["请核对" in reply.text for reply in replies] == [True, True]
    assert "学会的别名 1 个" in (await world.says("linxiaomei", "别名")).text
    async with world.program.units() as uow:
        (lesson,) = await uow.lessons.known("sku", ["customer:C001"], ["可乐"])
    assert lesson.times == 3
    verdict = await verify(world.program.store.database)
    assert verdict.broken == ()
    async with world.program.store.database.session() as session:
        events = await session.rows(OF_STREAM, stream="words")
    assert [event["kind"] for event in events] == ["word:learned"]


async def test_goods_in_colours_and_sizes_are_asked_about_each_time(world):
    await changes(
        world,
        "products",
        "sku,name,default_unit,units,price,options\nT1,围裙红色,件,件,10,颜色=红色\nT2,围裙蓝色,件,件,10,颜色=蓝色\n",
    )

    for pieces in (5, 6, 7):
        await asks(world, f"人民路华联 围裙{pieces}件", "1")


async def test_the_same_again_for_a_customer_by_a_learned_name(world):
    await world.says("lina", "人民路华联 雪碧5箱")
    await world.says("lina", "确认")
    for boxes in (5, 6):
        await asks(world, f"华联 罐装可乐{boxes}箱", "人民路")

    draft = await world.says("lina", "华联老样子")

    assert "雪碧330ml罐装 5箱" in draft.text
    assert "“华联” 按您上两次的选择" in draft.text


async def test_a_line_without_a_question_looks_nothing_up(world, monkeypatch):
    async def looked(*_: object, **__: object) -> None:
        raise AssertionError("looked")

    for kind in (SqlLessons, SqlHabits):
        for name in [name for name in vars(kind) if not name.startswith("_")]:
            monkeypatch.setattr(kind, name, looked)

    await world.says("lina", "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送")
    await world.says("lina", "雪碧改成8箱")
    order = (await world.says("lina", "确认")).order
    assert "审核通过" in (await world.says("heting", f"通过 {order}")).text
    assert "可用" in (await world.says("lina", "可乐还有吗")).text
    assert (await world.program.store.learning.misread()) == ()


async def test_taking_back_without_a_number_shows_the_list(world):
    await teaches(world)

    assert "学会的别名 1 个" in (await world.says("linxiaomei", "撤回别名")).text
