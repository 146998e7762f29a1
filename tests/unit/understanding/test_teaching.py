"""Which words choices may teach, and which words were not clear."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.reading import Doubt
from handlers.understanding.readings.teaching import LONGEST, term
from tests.unit.understanding.lines import MONDAY, understanding


def doubts(text: str, *history: str, trade: str = "drinks") -> dict[str, Doubt]:
    """What was not clear in a line."""
    return dict(understanding(trade).read(text, sender="lina", now=MONDAY, history=history).doubts)


@pytest.mark.parametrize(
    ("kind", "word", "may"),
    [
        ("sku", "可乐", True),
        ("sku", "肥宅水", True),
        ("sku", "ABC可可", True),
        ("customer", "华联", True),
        ("customer", "大众超市", True),
        ("sku", "水", False),
        ("sku", "一" * (LONGEST + 1), False),
        ("sku", "", False),
        ("sku", "20", False),
        ("sku", "二十", False),
        ("sku", "20箱", False),
        ("sku", "两箱", False),
        ("sku", "大箱", False),
        ("sku", "330ml", False),
        ("sku", "1.5升", False),
        ("sku", "M8*30", False),
        ("sku", "xl", False),
        ("sku", "大红色", False),
        ("sku", "老板", False),
        ("sku", "老地方", False),
        ("sku", "李娜", False),
        ("sku", "小王", False),
        ("customer", "李娜", False),
        ("customer", "李建平", False),  # the contact of a customer
        ("sku", "福满楼", False),
        ("sku", "福满", False),
        ("customer", "雪碧", False),
        ("customer", "可乐", False),
        ("sku", "总仓", False),
    ],
)
def test_only_made_up_names_may_be_taught(kind: str, word: str, may: bool):
    assert understanding("drinks").may_mean(kind, word) is may


def test_options_of_a_trade_are_no_names():
    assert not understanding("clothes").may_mean("sku", "黑色")
    assert not understanding("clothes").may_mean("sku", "8801")


@given(st.text(max_size=30))
def test_any_words_are_judged(words: str):
    taught = understanding("drinks").may_mean("sku", words)

    assert not taught or 2 <= len(term(words)) <= LONGEST
    assert term(term(words)) == term(words)


def test_a_word_in_another_width_case_or_with_spaces_is_the_same_term():
    assert term("ＡＢＣ 可可") == term("abc可　可") == "abc可可"


@pytest.mark.parametrize(
    ("text", "path", "word", "candidates"),
    [
        ("人民路华联 可乐20箱", "lines[0].sku", "可乐", ("D001", "D002", "D003")),
        ("人民路华联 肥宅水20箱", "lines[0].sku", "肥宅水", ()),
        ("华联 雪碧20箱", "customer", "华联", ("C001", "C002", "C003")),
        ("大众超市 雪碧20箱", "customer", "大众超市", ()),
        ("人民路华联 纯生3桶", "lines[0].unit", "桶", ()),
        ("到货 可乐20箱 入总仓", "lines[0].sku", "可乐", ("D001", "D002", "D003")),
        ("17加5箱可乐", "lines[0].sku", "可乐", ("D001", "D002", "D003")),
        ("客户\t品名\t数量\n人民路华联\t可乐\t20", "lines[0].sku", "可乐", ("D001", "D002", "D003")),
    ],
)
def test_what_was_not_clear_is_kept_as_it_was_said(
    text: str, path: str, word: str, candidates: tuple[str, ...]
):
    assert doubts(text) == {path: Doubt(word, candidates)}


def test_words_of_an_earlier_line_are_kept_when_they_become_narrower():
    assert doubts("瓶装的", "人民路华联 可乐20箱 牛奶5箱")["lines[1].sku"].word == "牛奶"
    assert doubts("30箱", "人民路华联 来点可乐")["lines[0].sku"].word == "可乐"


def test_what_is_clear_is_in_no_doubt():
    assert doubts("人民路华联 罐装可乐20箱 明天送") == {}
    assert doubts("好的") == {}
