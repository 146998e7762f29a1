"""Our markdown in Feishu's dialects; what users typed mentions nobody."""

import re

from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.feishu import dialect
from handlers.message import Button

TAG = re.compile(r"<\s*/?\s*(at|a|font|text_tag|person|button)", re.IGNORECASE)


def test_marks_go_where_there_are_none() -> None:
    said = "# 标题\n**订单 17**\n> 备注\n- `可乐`20箱\n[看](https://example.com/a)"

    assert dialect.plain(said) == "标题\n订单 17\n备注\n· 可乐20箱\n看（https://example.com/a）"


def test_marks_stay_where_there_are() -> None:
    assert dialect.marked("**订单 17**\n> 备注\n- 可乐") == "**订单 17**\n> 备注\n- 可乐"
    assert dialect.has_marks("**a**")
    assert not dialect.has_marks("- 可乐20箱")


def test_words_of_users_open_no_tag() -> None:
    typed = '<at id=all></at> <at user_id="all">所有人</at> &lt;at id=all&gt; &#60;at&#62; &#x3c;at H&M 5 & 6'

    for said in (dialect.plain(typed), dialect.marked(typed), dialect.words(typed)):
        assert not set(said) & set("<>")
        assert not re.search(r"&#?\w+;", said)
    assert dialect.plain("H&M 5 & 6\x07") == "H&M 5 & 6"


@given(st.text(alphabet=st.sampled_from('<>/at id="all&;#60x\n >@_'), max_size=60))
def test_nothing_made_of_these_opens_a_tag(typed: str) -> None:
    for said in (dialect.plain(typed), dialect.marked(typed)):
        assert not TAG.search(said)
        assert not re.search(r"&#?\w+;", said)


def test_only_persons_are_called() -> None:
    ids = ["ou_1", "all", "ALL", "", "oc_group", 'x"></at><at id="all', "on_2", "LiNa"]

    assert dialect.called_in_card(ids, 1000) == "<at id=ou_1></at> <at id=on_2></at> <at id=LiNa></at>"
    assert dialect.called_in_text(["ou_1"], 1000) == '<at user_id="ou_1"></at>'


def test_mentions_keep_to_their_room() -> None:
    one = "<at id=ou_1></at>"

    assert dialect.called_in_card(["ou_1", "ou_1"], 2 * len(one) + 1) == f"{one} {one}"
    assert dialect.called_in_card(["ou_1", "ou_1"], 2 * len(one)) == one
    assert dialect.called_in_card(["ou_1"], 3) == ""


def test_buttons_as_words_where_the_text_does_not_say_them() -> None:
    buttons = [Button("通过 #17", "通过 17 @3"), Button("取消", "取消")]

    assert dialect.twins(buttons) == "回复「通过 17」：通过 #17\n回复「取消」"
    assert dialect.twins(buttons, beside="可以说「取消」") == "回复「通过 17」：通过 #17"
    assert dialect.twins_elsewhere(buttons) == "可对跟单助手说：「通过 17」 「取消」"
