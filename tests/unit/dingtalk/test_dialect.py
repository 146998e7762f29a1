"""Our words in DingTalk's markdown: nobody is called, nothing opens, no line is lost."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.dingtalk import dialect
from handlers.message import Button


def test_lines_stay_lines_and_marks_stay_marks():
    said = dialect.marked("**订单 17**\n- 可乐 `20` 箱\n> 急")

    assert said == "**订单 17**  \n- 可乐 20 箱  \n> 急"


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (
            "备注：@all <@lina> <font color=red>急</font>",
            "备注：＠all ＜＠lina＞ ＜font color=red＞急＜/font＞",
        ),
        ("[看](https://example.com/a?b=1)", "[看](https://example.com/a?b=1)"),
        ("[点我](dtmd://dingtalkclient/sendMessage?content=通过17)", "点我"),
        ("![](https://example.com/track.png)", ""),
        ("\x07响\x1b", "响"),
    ],
)
def test_words_of_users_call_nobody_and_open_nothing(words, seen):
    assert dialect.marked(words) == seen


def test_buttons_are_words_and_in_a_chat_alone_links():
    buttons = (Button("通过", "通过 17 @3"), Button("确认", "确认 abcd"))

    assert dialect.twins(buttons) == "回复「通过 17」：通过\n回复「确认」"
    assert dialect.twins(buttons, beside="请回复「通过 17」或「确认」") == ""
    assert dialect.twins(buttons, beside="请回复「通过 17」或「确认」", called=True) == dialect.CALL_ME
    assert dialect.twins((), called=True) == ""
    assert unquote(dialect.links(buttons)) == (
        "[通过](dtmd://dingtalkclient/sendMessage?content=通过 17 @3)　"
        "[确认](dtmd://dingtalkclient/sendMessage?content=确认 abcd)"
    )


def test_a_label_cannot_end_its_link():
    said = dialect.links((Button("a](https://evil.example)", "b)[c](d"),))

    assert said.count("](") == 1
    assert said.endswith("content=b%29%5Bc%5D%28d)")


def test_the_title_is_the_first_words_without_marks():
    assert dialect.title("\n**订单 17** 待审核\n可乐") == "订单 17 待审核"
    assert dialect.title("") == "跟单助手"
    assert len(dialect.title("汉" * 100).encode()) <= dialect.TITLE


@pytest.mark.parametrize("said", ["all", "ALL", "@all", "", "a b", "李娜", "a" * 65])
def test_nobody_is_called_by_what_is_no_persons_id(said):
    assert not dialect.is_user_id(said)
    assert dialect.mentions([said], 1000) == ()


def test_only_so_many_are_called_as_there_is_room_for():
    assert dialect.mentions(["lina", "wang"], 12) == ("lina", "wang")
    assert dialect.mentions(["lina", "wang"], 11) == ("lina",)


@given(st.text(max_size=200))
def test_no_words_can_call(words):
    said = dialect.marked(words)

    assert not set("<@") & set(said)
    assert "dtmd:" not in said or "](dtmd:" not in said
