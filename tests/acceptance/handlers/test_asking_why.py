"""为什么 alone: the sender is told how his last line was read."""

import shutil
from pathlib import Path

import pytest

from tests.acceptance.handlers.test_order_life import placed
from tests.acceptance.learning.people import COLA, teaches
from tests.world import DEMO_COMPANY


async def test_a_line_is_explained_to_whoever_said_it(world):
    await world.says("lina", "福满楼20箱纯生 雪壁10箱半 周五前")

    told = (await world.says("lina", "为什么")).text

    assert "福满楼20箱纯生 雪壁10箱半 周五前" in told
    assert "意思是下单" in told
    assert "「福满楼」是客户 福满楼酒店（别名）" in told
    assert "「雪壁」是商品 雪碧330ml罐装（和「雪碧」同音，差一个字）" in told
    assert "「10箱半」就是10.5箱" in told
    assert "「周五」就是11-27 周五" in told


@pytest.mark.parametrize("words", ["为什么", "为啥？", "/为什么", "为什么呢", "@跟单助手 为什么?"])
async def test_it_may_be_asked_in_a_few_ways_and_again(world, words):
    await world.says("lina", "可乐还有吗")

    told = await world.says("lina", words)
    again = await world.says("lina", words)

    assert "意思是查库存：说了「还有吗」" in told.text
    assert again.text == told.text


async def test_with_a_number_it_is_about_the_order_still(world):
    number = await placed(world)

    assert "为什么是" in (await world.says("lina", f"为什么 {number}")).text
    assert "有商品有数量" not in (await world.says("lina", f"{number}为什么")).text


async def test_nobody_is_told_of_the_lines_of_others_or_of_other_places(world):
    await world.says("lina", "福满楼 纯生20箱")

    assert "福满楼" not in (await world.says("wangqiang", "为什么")).text
    assert (await world.says("lina", "为什么", place="sales")).text == ""
    assert (await world.says("wangqiang", "为什么", place="sales")).text == ""
    assert "福满楼" in (await world.says("lina", "为什么")).text


async def test_in_a_group_the_talk_of_people_is_left_alone(world):
    await world.says("lina", "可乐还有吗", place="sales")
    await world.says("lina", "今天好冷", place="sales")

    assert (await world.says("lina", "为什么", place="sales")).text == ""


async def test_a_line_is_explained_only_right_after_it(world):
    await world.says("lina", "可乐还有吗")
    await world.passes(minutes=31)

    assert "请先说一句" in (await world.says("lina", "为什么")).text


async def test_nothing_is_written_and_the_draft_waits_on(world):
    await world.says("lina", "人民路华联 罐装可乐20箱 明天送")
    await world.says("lina", "为什么")

    assert "已建单" in (await world.says("lina", "确认")).text


async def test_a_question_and_what_it_is_asked_because_of_are_explained(world):
    await world.says("lina", "华联 可乐20箱")

    told = (await world.says("lina", "为什么")).text

    assert "「华联」对得上3个客户" in told
    assert "「华联」有3个可能，要问您是哪个" in told
    assert "「可乐」有3个可能，要问您是哪个" in told


@pytest.mark.parametrize(
    ("answer", "how"),
    [
        ("火车站那家", "就是好邻居便利店(火车站店)（名字对上了）"),
        ("3", "就是好邻居便利店(火车站店)（按单子上的序号）"),
        ("C009", "就是好邻居便利店(火车站店)（编号对上了）"),
        ("火车占", "就是好邻居便利店(火车站店)（名字对上了）"),
    ],
)
async def test_an_answer_is_explained_as_one(world, answer, how):
    await world.says("sunyan", "好邻居 雪碧10箱")
    assert "火车站" in (await world.says("sunyan", answer)).text

    told = (await world.says("sunyan", "为什么")).text

    assert "是在回答上一问「客户」" in told
    assert how in told


async def test_an_answer_that_is_no_name_is_explained_too(world):
    await world.says("lina", "福满楼 来点凉茶")
    await world.says("lina", "15箱")

    told = (await world.says("lina", "为什么")).text

    assert "是在回答上一问「要多少」" in told
    assert "按您说的「15箱」" in told


async def test_a_line_that_went_on_from_another_is_explained_with_it(world):
    await world.says("lina", "人民路华联 罐装可乐20箱 明天送")
    await world.says("lina", "解放路也一样")

    told = (await world.says("lina", "为什么")).text

    assert "是跟前面那单一样" in told
    assert "「解放路」是客户 华联超市(解放路店)" in told


async def test_what_was_refused_or_not_done_is_explained(world):
    number = await placed(world)
    await world.says("heting", f"{number}不要通过")
    assert "没有直接审核通过" in (await world.says("heting", "为什么")).text

    await world.says("madong", f"通过 {number}")
    assert "意思是审核通过：说了「通过」" in (await world.says("madong", "为什么")).text

    await world.says("lina", "福满楼 纯生20箱 2月30日送")
    assert "福满楼" in (await world.says("lina", "为什么")).text


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("全部确认", "整句「全部确认」是固定说法"),
        ("免打扰 两小时", "意思是免打扰"),
        ("瓶颈", "意思是看瓶颈"),
        ("别名", "意思是看学会的说法"),
        ("另选 可乐", "意思是另选一个"),
        ("今天好冷", "没有说要办什么"),
        ("昨晚喝了两箱啤酒", "只当在讲过去的事"),
        ("可乐" * 600, "这条太长"),
    ],
)
async def test_whatever_was_answered_is_explained(world, line, told):
    await world.says("lina", line)

    assert told in (await world.says("lina", "为什么")).text


async def test_the_moment_of_the_line_counts_not_that_of_the_question(world):
    await world.passes(hours=13.75)
    await world.says("lina", "福满楼 纯生20箱 明天送")
    await world.passes(minutes=20)

    assert "「明天」就是11-24" in (await world.says("lina", "为什么")).text


async def test_what_was_typed_cannot_mention_or_mark_up(world):
    await world.says("lina", "福满楼 纯生20箱 备注 @all <font>[点我](http://x)**")

    told = (await world.says("lina", "为什么")).text

    assert "@all" not in told
    assert "<font>" not in told
    assert "](http" not in told


async def test_a_long_list_is_explained_in_short(world):
    lines = "\n".join(
        f"{name} {count}箱" for count, name in enumerate(["雪碧", "纯生", "凉茶", "绿茶"] * 8, 1)
    )
    await world.says("lina", f"福满楼\n{lines}")

    told = (await world.says("lina", "为什么")).text

    assert len(told.splitlines()) <= 26
    assert "没有都列出来" in told or len(told.splitlines()) < 26


async def test_what_earlier_choices_settled_is_told_in_the_place_of_a_question(world):
    await teaches(world)
    await world.says("lina", COLA.format(9))

    told = (await world.says("lina", "为什么")).text

    assert "“可乐” 按您上两次的选择＝可乐330ml罐装" in told
    assert "要问您" not in told


class TestWhereAmountsAreForSome:
    """The company names roles for `amount.see`."""

    @pytest.fixture
    def world_company(self, tmp_path_factory) -> Path:
        folder: Path = tmp_path_factory.mktemp("masked") / "company"
        shutil.copytree(DEMO_COMPANY, folder)
        path = folder / "workflow.yaml"
        named = "  amount.see: [manager, finance]\n  stock.in:"
        path.write_text(path.read_text("utf-8").replace("  stock.in:", named, 1), "utf-8")
        return folder

    @pytest.mark.parametrize(
        ("line", "amounts"),
        [
            ("福满楼 纯生20箱 按64一箱", ("64",)),
            ("福满楼微信转了1.2万", ("1.2万", "12,000")),
            ("福满楼付了3200", ("3200", "3,200")),
            ("家家乐转来货款１２００元", ("1200", "1,200", "１２００")),
        ],
    )
    async def test_amounts_are_not_told_where_not_all_may_see_them(self, world, line, amounts):
        await world.says("linxiaomei", line, place="sales")
        masked = (await world.says("linxiaomei", "为什么", place="sales")).text
        await world.says("linxiaomei", line)
        shown = (await world.says("linxiaomei", "为什么")).text

        assert "这样理解" in masked
        assert not any(amount in masked for amount in amounts)
        assert any(amount in shown for amount in amounts)
