"""What a manager asks in a word: the day, the week, the month, the board, what is late, where it jams."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from domain.charts import BARS, RANKED, STACKED, TILES
from domain.deeds import KINDS
from domain.facts import Notice
from handlers.wording.notices import render
from tests.acceptance.handlers.test_order_life import placed
from tests.builders import COMPANY, MONDAY
from tests.world import DEMO_COMPANY

BYTES = 2048
"""What the strictest platform takes as an answer."""
MASKED = "＊＊＊"


@pytest.fixture
async def day(world):
    """A working day: one order goes all the way and is complained of, one waits for the warehouse, one is refused."""
    done = await placed(world, "人民路华联 罐装可乐20箱 雪碧10箱")
    waiting = await placed(world, "解放路华联 罐装可乐5箱")
    refused = await placed(world, "家家乐 雪碧30箱", "zhaolei")
    await world.passes(minutes=50)
    await world.says("heting", f"通过 {done}")
    await world.says("heting", f"驳回 {refused} 价格不对")
    await world.passes(minutes=20)
    await world.says("madong", f"开始配货 {done}")
    await world.passes(hours=1)
    await world.says("madong", f"发货 {done}")
    await world.passes(hours=1)
    await world.says("lina", f"签收 {done}")
    await world.says("lina", f"{done}号单客户投诉 送错货了")
    await world.says("lina", f"催 {waiting}")
    await world.says("lina", f"评分 {done} 90")
    await world.says("lina", f"评分 {done} 96")
    await world.says("qianfang", f"收款 {done}")
    await world.passes(hours=3)
    return {"done": done, "waiting": waiting, "refused": refused}


async def test_the_day_says_everything_in_one_short_message(world, day):
    reply = await world.says("linxiaomei", "日报")

    for said in (
        "**日报** 11-23 周一（今天） 到 16:10",
        "新单 3 张，2,860.00 元（比昨天此时 +3 张）",
        "现在：草稿 1、待发货 1、已完成 1",
        "发货 1 次，1,320.00 元",
        "签收 1 次",
        "审核通过 1 次",
        "收款 1,320.00 元",
        "现在未收 220.00 元",
        "**超时** 现在 1 张",
        f"#{day['waiting']} 华联超市(解放路店) 待发货 ",
        "驳回 1（上期 0）：价格不对",
        "投诉 1（上期 0）：送错货了",
        "催单 1",
        "✓ 处理时长 中位 2小时10分，九成在 2小时10分 内（目标 1天）",
        "✗ 发货准确率 0.0%，1 张里 1 张不对（目标 99%），建议出库前再核对一遍",
        "✓ 满意度 96.0 分，1 单有评分（目标 95）",
        "待审核 56%（等待 100%，处理 0%）",
        "瓶颈：**待审核**，主要是等人接手，最多在",
    ):
        assert said in reply.text
    assert len(reply.text.encode()) <= BYTES
    assert [(chart.title, chart.kind) for chart in reply.charts] == [
        ("日报", TILES),
        ("每小时接单", BARS),
        ("环节用时", STACKED),
        ("现在超时", RANKED),
    ]


async def test_a_busy_report_still_fits_one_message(world, day):
    for customer in ("福满楼", "家家乐", "人民路华联"):
        for boxes in (3, 4, 6):
            number = await placed(world, f"{customer} 罐装可乐{boxes}箱")
            await world.says("lina", f"{number}号单客户投诉 {'送来的货和单子上写的完全对不上' * 3}{boxes}")
            await world.says("lina", f"催 {number}")
    await world.passes(days=1)

    reply = await world.says("linxiaomei", "周报")

    assert len(reply.text.encode()) <= BYTES
    assert "等" in reply.text


async def test_yesterday_and_the_week_before_have_their_own_figures(world, day):
    await world.passes(days=1)

    yesterday = (await world.says("linxiaomei", "昨天日报")).text
    week = (await world.says("linxiaomei", "周报")).text
    last_week = (await world.says("linxiaomei", "上周周报")).text

    assert "11-23 周一（昨天）\n- 新单 3 张" in yesterday
    assert "新单 3 张" in week
    assert "没有新单" in last_week


async def test_a_report_of_a_department_a_person_or_a_customer(world, day):
    sales = (await world.says("linxiaomei", "销售部 日报")).text
    zhao = (await world.says("linxiaomei", "赵磊 周报")).text
    store = (await world.says("linxiaomei", "仓库 日报")).text
    chain = (await world.says("linxiaomei", "华联 月报")).text

    assert "\n销售部\n- 新单 3 张" in sales
    assert "\n赵磊\n- 新单 1 张" in zhao
    assert "驳回 1" in zhao
    assert "投诉" not in zhao
    assert "\n仓库部\n- 新单 0 张" in store
    assert "发货 1 次" in store
    assert "3 家合计：华联超市(人民路店)、华联超市(解放路店)、华联超市(东湖店)\n- 新单 2 张" in chain


async def test_several_people_are_taken_together(world, day):
    assert "\n李娜、赵磊\n- 新单 3 张" in (await world.says("linxiaomei", "李娜和赵磊 日报")).text


@pytest.mark.parametrize("words", ["日报", "公司日报", "给我日报", "看看全公司的日报", "请发一下今天的日报"])
async def test_the_whole_company_is_meant_where_nobody_is_named(world, day, words):
    assert "- 新单 3 张" in (await world.says("linxiaomei", words)).text


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("张三 日报", "没有找到「张三」"),
        ("市场部 日报", "没有找到「市场部」：不是部门、同事，也不是客户，报表没有出。部门有：管理、销售、"),
        ("可乐 月报", "没有找到「可乐」"),
        ("明天日报", "2026-11-24 还没到，没有数字可看"),
        ("下周周报", "2026-11-30 还没到"),
        ("2月29日日报", "2026 年没有 2 月 29 日"),
        ("2月30日日报", "2026 年没有 2 月 30 日"),
        ("2024年1月1日到2026年11月20日日报", "一次最多看 366 天，您说的是 1055 天"),
        ("11月20号日报", "**日报** 11-20 周五\n这段时间没有单"),
        ("2026年11月1日到2026年11月20日日报", "**日报** 11-01 周日 至 11-20 周五"),
    ],
)
async def test_odd_names_and_odd_days_have_an_answer(world, words, answer):
    assert answer in (await world.says("linxiaomei", words)).text


async def test_a_name_that_several_have_is_asked_about(world, day):
    asked = await world.says("linxiaomei", "小王 周报")
    answered = await world.says("linxiaomei", "王强")

    assert "王强（销售）" in asked.text
    assert "**周报**" in answered.text
    assert "\n王强\n" in answered.text


async def test_an_empty_company_has_an_empty_day(world):
    assert "这段时间没有单，也没有在途的单" in (await world.says("linxiaomei", "日报")).text
    assert "看不出瓶颈" in (await world.says("linxiaomei", "瓶颈")).text
    assert "现在没有在途的单" in (await world.says("linxiaomei", "看板")).text


async def test_ones_own_figures_are_free_and_others_by_role(world, day):
    assert "\n李娜\n" in (await world.says("lina", "我的周报")).text
    assert "\n李娜\n" in (await world.says("lina", "李娜 周报")).text
    assert "您没有看同事和部门的报表的权限" in (await world.says("lina", "王强 周报")).text
    assert "您没有看同事和部门的报表的权限" in (await world.says("lina", "仓库 日报")).text
    assert "\n刘军\n" in (await world.says("madong", "刘军 日报")).text  # below him
    assert "权限" in (await world.says("liujun", "马东 日报")).text


async def test_the_board_has_amounts_and_the_oldest(world, day):
    reply = await world.says("lina", "看板")

    assert "（在途 2 张，" in reply.text
    assert "- 待发货：1 张，220.00 元，最久 6小时10分，**超时 1**" in reply.text
    assert "- 草稿：1 张" in reply.text


async def test_what_is_late_comes_longest_first(world):
    first = await placed(world, "人民路华联 罐装可乐5箱")
    await world.passes(hours=2)
    second = await placed(world, "家家乐 罐装可乐5箱")
    await world.passes(hours=9)

    text = (await world.says("lina", "超时")).text

    assert "**超时 2 张**（最久的在前）" in text
    assert text.index(f"#{first} ") < text.index(f"#{second} ")
    assert "**超 7小时**" in text
    assert "**超 5小时**" in text
    assert "王强没有超时的单" in (await world.says("zhoukai", "王强 超时")).text


async def test_tasks_come_by_what_falls_due_first_with_when(world):
    later = await placed(world, "人民路华联 罐装可乐25箱")
    await world.says("heting", f"通过 {later}")
    await world.says("madong", f"{later}我来处理")
    await world.passes(minutes=30)
    sooner = await placed(world, "家家乐 罐装可乐5箱")
    await world.says("madong", f"{sooner}我来处理")

    text = (await world.says("madong", "待办")).text

    assert "**您的待办 2 张单**（先到期的在前）" in text
    assert text.index(f"#{later} ") < text.index(f"#{sooner} ")
    assert "11-23 14:00 前（还有 3小时30分）" in text


async def test_the_bottleneck_is_named_with_who_and_against_before(world, day):
    text = (await world.says("linxiaomei", "瓶颈")).text
    await world.passes(days=7)
    again = (await world.says("linxiaomei", "上周瓶颈")).text
    quiet = (await world.says("linxiaomei", "瓶颈 本周")).text

    assert "**瓶颈** 11-23 周一（今天） 到 16:10" in text
    assert "- 待审核 56%（等待 100%，处理 0%），平均 50分钟" in text
    assert "- 待发货 44%（等待 25%，处理 75%），平均 1小时20分" in text
    assert "瓶颈：**待审核**" in text
    assert "待审核 56%" in again
    assert "看不出瓶颈" in quiet


async def test_a_sentence_with_the_word_in_it_is_no_request(world):
    assert (
        "**瓶颈**"
        not in (
            await world.says("lina", "我觉得仓库那边人手不够，是不是我们流程里的瓶颈，大家看看怎么办")
        ).text
    )


async def test_as_many_orders_as_before_is_said_without_a_unit(world):
    await world.says("zhaolei", "家家乐 罐装可乐5箱")
    await world.says("zhaolei", "确认")
    await world.passes(days=1)
    await world.says("zhaolei", "家家乐 罐装可乐6箱")
    await world.says("zhaolei", "确认")
    await world.passes(hours=1)

    text = (await world.says("linxiaomei", "日报")).text

    assert "新单 1 张，264.00 元（比昨天此时 持平，金额 +20%）" in text


async def test_a_score_is_refused_before_anything_has_left(world):
    number = await placed(world, "人民路华联 罐装可乐5箱")

    assert "✗" in (await world.says("lina", f"评分 {number} 96")).text
    await world.says("madong", f"发货 {number}")
    assert "0 到 100" in (await world.says("lina", f"评分 {number} 101")).text
    for said in (f"评分 {number}", f"评分 {number} -5", f"评分 {number} 很好"):
        assert f"例如「评分 {number} 96」" in (await world.says("lina", said)).text
    in_words = await world.says("lina", f"评分 {number} 九十")
    assert in_words.text.endswith("，90 分")
    await world.says("lina", "撤销")
    await world.says("lina", "确认")
    assert "✓ 登记评分" in (await world.says("lina", f"{number}号单 评分 88分")).text
    assert [event.data["score"] for event in await world.story(number) if event.kind == "order:rated"] == [
        90,
        88,
    ]


class TestWhereAmountsAreForSome:
    """The company names roles for `amount.see`."""

    @pytest.fixture
    def world_company(self, tmp_path_factory) -> Path:
        folder: Path = tmp_path_factory.mktemp("masked") / "company"
        shutil.copytree(DEMO_COMPANY, folder)
        path = folder / "workflow.yaml"
        text = path.read_text("utf-8")
        named = "  amount.see: [manager, finance]\n  stock.in:"
        path.write_text(text.replace("  stock.in:", named, 1), "utf-8")
        return folder

    async def test_reports_boards_and_lists_hide_amounts_in_mixed_groups(self, world, day):
        for words in ("日报", "看板", "超时", f"查单 {day['waiting']}", "待发货的订单"):
            alone = (await world.says("linxiaomei", words)).text
            managers = (await world.says("linxiaomei", words, place="managers")).text
            mixed = (await world.says("linxiaomei", words, place="sales")).text

            assert "220.00" in alone
            assert "220.00" in managers
            assert MASKED in mixed
            assert ".00" not in mixed

    async def test_why_an_order_was_reviewed_is_told_without_its_amount(self, world, day):
        shown = (await world.says("linxiaomei", f"为什么 {day['waiting']}")).text
        masked = (await world.says("lina", f"为什么 {day['waiting']}")).text

        assert "审核：220.00 元" in shown
        assert f"审核：{MASKED} 元" in masked
        assert "⚠" not in masked
        assert "✓" not in masked

    async def test_a_price_that_is_changed_in_a_mixed_group_is_not_said_there(self, world, day):
        masked = await world.says("linxiaomei", f"{day['waiting']} 罐装可乐单价改成42", place="sales")
        shown = await world.says("linxiaomei", f"{day['waiting']} 罐装可乐单价改成43")

        assert f"单价：{MASKED} → {MASKED}" in masked.text
        assert "42.00元/箱 → 43.00元/箱" in shown.text

    async def test_who_may_not_see_amounts_sees_none_alone_either(self, world, day):
        assert ".00" not in (await world.says("lina", "日报")).text
        assert "1,320.00" in (await world.says("qianfang", "日报")).text

    async def test_why_an_order_is_where_it_is_hides_them_too(self, world, day):
        why = f"为什么 {day['waiting']}"

        assert "审核：220.00 元" in (await world.says("linxiaomei", why)).text
        assert f"审核：{MASKED} 元" in (await world.says("linxiaomei", why, place="sales")).text

    async def test_what_became_of_a_request_hides_them_but_the_draft_to_be_confirmed_does_not(self, world):
        draft = await world.says("lina", "人民路华联 罐装可乐40箱", place="sales")
        written = await world.says("lina", "确认", place="sales")
        repriced = await world.says("lina", f"{written.order}号单罐装可乐单价改成43", place="sales")
        undoing = await world.says("lina", "撤销", place="sales")

        assert "1,760.00" in draft.text
        assert f"合计 {MASKED} 元" in written.text
        assert f"单价：{MASKED} → {MASKED}" in repriced.text
        assert not re.search(r"\d[.]\d\d", written.text + repriced.text + undoing.text)

    async def test_the_charts_of_a_masked_report_have_no_amounts(self, world, day):
        shown = await world.says("linxiaomei", "日报")
        masked = await world.says("linxiaomei", "日报", place="sales")

        money = {"金额", "收款", "现在未收"}
        assert [one.name for one in shown.charts[1].series] == ["新单", "金额"]
        assert [one.name for one in masked.charts[1].series] == ["新单"]
        assert money <= {one.name for one in shown.charts[0].series}
        assert not money & {one.name for one in masked.charts[0].series}

    async def test_notices_hide_amounts_from_groups_that_may_not_see_them(self, world, day):
        review = "\n".join(world.told("group:review"))
        finance = "\n".join(world.told("group:finance"))

        assert f"合计 {MASKED} 元" in review
        assert ".00" not in review
        assert "未收 1,320.00 元" in finance


def test_every_deed_is_spoken_of_in_the_report():
    assert set(KINDS) == {
        "approved", "rejected", "short", "shipped", "out", "signed", "paid", "refunded", "returned", "complained",
        "urged", "cancelled", "rated",
    }  # fmt: skip


async def test_every_figure_is_set_against_the_period_before(world, day):
    await world.passes(days=1)
    number = await placed(world, "人民路华联 罐装可乐40箱")
    await world.passes(minutes=30)
    await world.says("linxiaomei", f"通过 {number}")
    await world.passes(hours=2)
    await world.says("madong", f"发货 {number}")
    await world.says("lina", f"签收 {number}")
    await world.says("qianfang", f"收款 {number}")
    await world.says("lina", f"评分 {number} 80")

    text = (await world.says("linxiaomei", "日报")).text
    jam = (await world.says("linxiaomei", "今天瓶颈")).text

    assert "新单 1 张，1,760.00 元（比昨天此时 -2 张，金额 -38%）" in text
    assert "发货 1 次，1,760.00 元（比上期 持平）" in text
    assert "收款 1,760.00 元（比上期 +33%）" in text
    assert "✓ 发货准确率 100.0%，1 张都对（目标 99%，上期 0.0%）" in text
    assert "上期中位 2小时10分" in text
    assert "✗ 满意度 80.0 分，1 单有评分（目标 95，上期 96.0），建议回访打低分的客户" in text
    assert "- 待发货 80%（等待 100%，处理 0%），平均 2小时，比上期 +36 个百分点" in jam


async def test_days_said_from_and_to_are_taken_as_said(world, day):
    assert (
        "11-20 周五 至 11-23 周一（今天）"
        in (await world.says("linxiaomei", "2026年11月20日到11月23日周报")).text
    )
    assert (
        "**周报** 11-20 周五 至 11-21 周六" in (await world.says("linxiaomei", "11月20日到11月21日周报")).text
    )


async def test_a_price_that_changed_is_hidden_in_a_notice():
    change = {"what": "price", "name": "可乐", "before": ["45", "箱"], "after": ["44", "箱"]}
    line = {"what": "line", "name": "可乐", "before": ["3", "箱"], "after": ["4", "箱"]}
    workflow = replace(COMPANY.workflow, permissions={"amount.see": ("finance",)})
    company = replace(COMPANY, workflow=workflow)
    facts = {"amount": "5280", "refund": "0", "changes": [change, line]}

    text = render(Notice("changed", "group:warehouse", 17, facts=facts), company, MONDAY).text
    shown = render(Notice("changed", "group:warehouse", 17, facts=facts), COMPANY, MONDAY).text

    assert f"可乐单价：{MASKED} → {MASKED}" in text
    assert "可乐：3箱 → 4箱" in text
    assert f"现在合计 {MASKED} 元" in text
    assert "45.00元/箱" in shown
