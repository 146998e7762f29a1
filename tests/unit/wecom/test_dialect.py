"""Our neutral markdown in WeCom's dialects: nothing lost, nothing that mentions or opens a tag."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.wecom import dialect
from handlers.message import Button, Reply

NEUTRAL = "# 订单 17\n**合计 1,350.00**\n> 备注：老地方\n- 可乐 `20箱`\n* 雪碧\n1. 第一\n[地图](https://example.test/a)"


def test_plain_text_keeps_the_words_and_no_mark() -> None:
    assert dialect.plain(NEUTRAL) == (
        "订单 17\n合计 1,350.00\n备注：老地方\n· 可乐 20箱\n· 雪碧\n1. 第一\n地图（https://example.test/a）"
    )


def test_markdown_keeps_what_wecom_knows() -> None:
    assert dialect.marked(NEUTRAL) == (
        "# 订单 17\n**合计 1,350.00**\n> 备注：老地方\n· 可乐 `20箱`\n· 雪碧\n1. 第一\n[地图](https://example.test/a)"
    )


@pytest.mark.parametrize("text", ["a **b** c", "# a", "> a", "a `b`", "[a](http://b)", "x\n> y"])
def test_marks_are_noticed(text: str) -> None:
    assert dialect.has_marks(text)


@pytest.mark.parametrize("text", ["a", "- a\n- b", "2*3*4", "a > b", "#17 已发货", "[待审核]", "1. a"])
def test_plain_words_have_no_marks(text: str) -> None:
    assert not dialect.has_marks(text)


@pytest.mark.parametrize(
    "said", ["<@lina>", "@all", '<font color="warning">x</font>', '<a href="x">y</a>', "a\x07b\x1b[0m"]
)
def test_nobody_is_mentioned_and_no_tag_opened_by_words(said: str) -> None:
    for shown in (dialect.plain(said), dialect.marked(said), dialect.twins([Button(said, said)])):
        assert not set(shown) & set("<>@\x07\x1b")


@given(st.text())
def test_no_text_can_mention_or_escape(said: str) -> None:
    for shown in (dialect.plain(said), dialect.passive(Reply(said, (Button(said, said),)))):
        assert not set(shown) & set("<>@")
        assert not any(ord(char) < 32 and char not in "\n\t" for char in shown)
    for line in dialect.marked(said).split("\n"):
        assert not set(line.removeprefix("> ")) & set("<>@")


def test_what_is_pressed_can_be_typed() -> None:
    buttons = [Button("确认", "确认"), Button("改数量", "改成\n25箱")]

    assert dialect.twins(buttons) == "回复「确认」\n回复「改成 25箱」：改数量"
    assert dialect.twins_elsewhere(buttons) == "可对应用说：「确认」 「改成 25箱」"


def test_what_pins_a_button_is_not_typed() -> None:
    buttons = [
        Button("确认", "确认 lnq2"),
        Button("放弃", "放弃 7a2b"),
        Button("通过 #1", "通过 1 @7"),
        Button("备注", "备注 abcd"),
    ]

    assert [button.typed for button in buttons] == ["确认", "放弃", "通过 1", "备注 abcd"]
    assert dialect.twins(buttons[:3]) == "回复「确认」\n回复「放弃」\n回复「通过 1」：通过 #1"


def test_words_that_stand_there_already_are_not_said_twice() -> None:
    reply = Reply("回复「确认」下单", (Button("确认", "确认 lnq2"), Button("放弃", "放弃 lnq2")))

    assert dialect.passive(reply) == "回复「确认」下单\n\n回复「放弃」"


def test_only_people_are_mentioned() -> None:
    said = [
        "LiNa",
        "a.b-c_d@example.test",
        "",
        "all",
        "ALL",
        "@all",
        "a|b",
        "a> <@all",
        "x" * 65,
        "李娜",
        "-a",
    ]

    assert dialect.mentions(said, 200) == "<@LiNa> <@a.b-c_d@example.test>"
    assert dialect.mentions(said, 20) == "<@LiNa>"
