"""Words and numbers in a picture stay short, visible, and in their room."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.labels import cut, figure, shown, width

TEXT = st.text(max_size=300)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "0张"),
        ("27", "27张"),
        ("-0.01", "0张"),
        ("3.25", "3.2张"),
        ("9999.9", "9,999.9张"),
        ("35000", "3.5万张"),
        ("-123456789", "-1.2亿张"),
        ("1e30", "1.0e+30张"),
        ("NaN", "0张"),
        ("-Infinity", "0张"),
    ],
)
def test_a_number_is_short_enough_to_read(value, words):
    assert figure(Decimal(value), "张") == words


@given(st.decimals(), st.text(max_size=6))
def test_no_number_is_longer_than_a_label(value, unit):
    assert len(figure(value, unit)) <= 20


def test_what_the_font_cannot_show_is_left_out():
    assert shown("华联😀\u200d超市\n(人民路店)\u202e ✅") == "华联 超市 (人民路店)"


@given(TEXT, st.floats(8, 30), st.floats(30, 400))
def test_a_name_never_leaves_its_room(text, size, room):
    assert width(cut(text, size, room), size) <= room


@given(TEXT)
def test_a_name_that_fits_stands_as_it_is(text):
    assert cut(text, 12, 10_000) == shown(text)
