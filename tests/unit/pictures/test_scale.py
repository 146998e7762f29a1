"""An axis takes in every value, in steps people count in."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.pictures.scale import scale

NUMBERS = st.lists(st.decimals(-(10**30), 10**30, allow_nan=False), max_size=20).map(tuple)


def decimals(words: str) -> tuple[Decimal, ...]:
    return tuple(map(Decimal, words.split()))


def test_small_counts_go_in_whole_steps():
    assert scale((Decimal(1), Decimal(2)), whole=True).ticks == decimals("0 1 2")


def test_money_goes_in_round_steps():
    assert scale((Decimal(12400),)).ticks == decimals("0 5000 10000 15000")


def test_nothing_at_all_still_has_a_scale():
    assert scale(()).ticks == decimals("0 0.25")


@given(NUMBERS, st.booleans())
def test_every_value_stands_on_the_scale(values, whole):
    axis = scale(values, whole)

    assert all(0 <= axis.part(value) <= 1 for value in (*values, Decimal(0)))
    assert 2 <= len(axis.ticks) <= 7
