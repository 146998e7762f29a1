"""Cards against DingTalk's limits, with the longest there is."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.dingtalk import cards
from domain.sending import Rendered

CHAT = "cid" + "x" * 60


def sound(variables):
    """What DingTalk takes: texts of at most 1 KB under names of at most 100 bytes."""
    return all(
        isinstance(value, str) and len(value.encode()) <= 1024 and len(name.encode()) <= 100
        for name, value in variables.items()
    )


def test_a_notice_fills_the_template():
    notice = Rendered("**订单 17** 待审核\n可乐20箱", buttons=(("通过", "通过 17 @3"), ("驳回", "驳回 17")))

    filled = cards.variables(notice, CHAT)

    assert filled is not None
    assert (filled["title"], filled["state"], filled["body1"]) == (
        "订单 17 待审核",
        "open",
        "**订单 17** 待审核  \n可乐20箱",
    )
    assert (filled["label1"], filled["say1"], filled["label2"], filled["label3"]) == (
        "通过",
        "通过 17 @3",
        "驳回",
        "",
    )
    assert filled["chat"] == CHAT
    assert sound(filled)


def test_the_longest_names_fit():
    lines = "\n".join(f"{number}. {'可乐330ml罐装' * 4} 20箱 单价 45.00" for number in range(18))
    notice = Rendered(lines, title="超" * 200, buttons=tuple((f"按钮{n}" * 8, "说" * 333) for n in range(6)))

    filled = cards.variables(notice, CHAT)

    assert filled is not None
    assert sound(filled)
    assert sum(bool(filled[f"body{n}"]) for n in range(1, 5)) == 2


@pytest.mark.parametrize(
    "notice",
    [
        Rendered("a", buttons=tuple((str(n), str(n)) for n in range(7))),
        Rendered("a", buttons=(("", "b"),)),
        Rendered("a", buttons=(("b", "说" * 400),)),
        Rendered("汉" * 2000, buttons=(("b", "b"),)),
    ],
)
def test_what_does_not_fit_is_no_card(notice):
    assert cards.variables(notice, CHAT) is None


def test_every_variable_has_a_value_so_that_none_keeps_an_old_one():
    short = cards.variables(Rendered("a", buttons=(("b", "b"),)), "")
    long = cards.variables(Rendered("汉" * 900, buttons=tuple((str(n), str(n)) for n in range(6))), CHAT)

    assert short is not None
    assert long is not None
    assert short.keys() == long.keys()


def test_a_settled_card_offers_nothing():
    settled = cards.settled()

    assert settled["state"] == "settled"
    assert [settled[f"label{n}"] for n in range(1, 7)] == [""] * 6
    assert settled["note"]


def test_an_answer_is_cut_where_a_variable_ends():
    assert cards.first_words("**好**") == "好"
    assert len(cards.first_words("汉" * 1000).encode()) <= 1024
    assert cards.first_words("汉" * 1000).endswith("…")


@given(st.text(max_size=3000), st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), max_size=8))
def test_whatever_fits_is_sound(text, buttons):
    filled = cards.variables(replace(Rendered(text), buttons=tuple(buttons)), CHAT)

    assert filled is None or sound(filled)
