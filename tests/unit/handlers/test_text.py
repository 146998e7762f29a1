"""What people type stays text, and figures read as people say them."""

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.wording.text import number, packed, plain, price

MARKS = set("@<>*_`[]#|~\\&$")


@given(st.text(max_size=500))
def test_user_text_can_neither_mention_nor_format(text):
    said = plain(text)

    assert not MARKS & set(said)
    assert all(unicodedata.category(char) not in {"Cc", "Cf", "Cs"} for char in said)
    assert len(said) <= 200


def test_user_text_keeps_its_words():
    assert plain(" 后门\n卸货  找刘姐 ") == "后门 卸货 找刘姐"
    assert plain("<@all> 涨价\u202e了") == "＜＠all＞ 涨价了"


@pytest.mark.parametrize(
    ("smallest", "words"), [("480", "20箱"), ("51", "2箱3瓶"), ("3", "3瓶"), ("0", "0箱"), ("-51", "-2箱3瓶")]
)
def test_a_quantity_is_said_in_packs(smallest, words):
    assert packed(Decimal(smallest), "箱", Decimal(24), "瓶") == words


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=2, max_value=100))
def test_no_quantity_is_lost_in_packs(smallest, size):
    words = packed(Decimal(smallest), "箱", Decimal(size), "瓶")

    boxes, _, rest = words.partition("箱") if "箱" in words else ("0", "", words)
    assert int(boxes) * size + int(rest.removesuffix("瓶") or 0) == smallest


@pytest.mark.parametrize(
    ("value", "words"), [("45", "45.00"), ("1.875", "1.875"), ("0.0417", "0.0417"), ("1200", "1,200.00")]
)
def test_a_unit_price_shows_the_places_that_count(value, words):
    assert price(Decimal(value)) == words


def test_a_number_has_no_idle_zeros():
    assert [number(Decimal(value)) for value in ("20", "0.50", "100", "1E+2")] == ["20", "0.5", "100", "100"]
