"""Of whom a report is asked."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.understanding import Whose, document
from tests.unit.understanding.lines import understanding

NOW = datetime(2026, 11, 25, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
EVERYTHING = Whose()


@pytest.mark.parametrize(
    "line",
    ["日报", "昨天日报", "公司日报", "全公司的周报", "给我日报", "请发一下今天的日报", "看看月报", "日报 全部", "上个月月报", "11月1日到11月20日日报", "今天卖了多少", "日报做好发群里"],
)  # fmt: skip
def test_nobody_is_named(line):
    assert understanding("drinks").whose(line, NOW) == EVERYTHING


@pytest.mark.parametrize(
    ("line", "whose"),
    [
        ("李娜 周报", Whose(people=(("lina",),))),
        ("李娜上周周报", Whose(people=(("lina",),))),
        ("周报 娜娜", Whose(people=(("lina",),))),
        ("李娜和王强 周报", Whose(people=(("lina",), ("wangqiang",)))),
        ("小王 周报", Whose(people=(("wangqiang", "wangmin"),))),
        ("华联 月报", Whose(customers=("C001", "C002", "C003"))),
        ("人民路华联上个月月报", Whose(customers=("C001",))),
        ("我的日报", Whose(mine=True)),
        ("我上周周报", Whose(mine=True)),
        ("日报 我", Whose(mine=True)),
        ("销售部 日报", Whose(words="销售")),
        ("仓储部昨天日报", Whose(words="仓储")),
        ("月报 财务部", Whose(words="财务")),
        ("市场部 日报", Whose(words="市场部")),
        ("张三 日报", Whose(words="张三")),
        ("日报 张三", Whose(words="张三")),
        ("张三昨天的日报", Whose(words="张三")),
        ("仓库 日报", Whose(words="仓库")),
        ("可乐 月报", Whose(words="可乐")),
    ],
)
def test_somebody_or_something_is_named(line, whose):
    assert understanding("drinks").whose(line, NOW) == whose


@pytest.mark.parametrize("line", ["李娜 周报", "销售部 日报", "华联 月报", "我的日报"])
def test_what_a_line_means_by_the_contract_says_nothing_of_it(line):
    reading = understanding("drinks").read(line, sender="lina", now=NOW)

    assert document(reading)["slots"] == {}
