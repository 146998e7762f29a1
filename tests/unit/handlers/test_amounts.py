"""Corrections of a draft: no quantity comes out other than what was said."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.catalogue import Catalogue
from handlers.dialogue.amounts import changed
from handlers.understanding.reading import SaidLine
from tests.builders import COLA, TEA

CATALOGUE = Catalogue(products={"COLA": COLA, "TEA": TEA})
TEN = SaidLine(sku="COLA", qty=Decimal(10), unit="箱", price=Decimal(48))


def change(**said):
    """A change to the cola."""
    return SaidLine(sku="COLA", **said)


@pytest.mark.parametrize(
    ("said", "result"),
    [
        (change(qty=Decimal(15), unit="箱"), (Decimal(15), "箱", Decimal(48))),
        (change(qty=Decimal(15), unit="罐"), (Decimal(15), "罐", None)),
        (change(delta=Decimal(5), unit="箱"), (Decimal(15), "箱", Decimal(48))),
        (change(delta=Decimal(-3), unit="箱"), (Decimal(7), "箱", Decimal(48))),
        (change(delta=Decimal(24), unit="罐"), (Decimal(11), "箱", Decimal(48))),
        (change(delta=Decimal(6), unit="罐"), (Decimal(246), "罐", Decimal(2))),
        (change(qty=Decimal(10), unit="箱", price=Decimal(47)), (Decimal(10), "箱", Decimal(47))),
    ],
)
def test_a_line_is_changed_as_said(said, result):
    (line,) = changed([TEN], [said], CATALOGUE)

    assert (line.qty, line.unit, line.price) == result


def test_a_line_is_taken_out():
    assert changed([TEN], [change(qty=Decimal(0))], CATALOGUE) == ()


def test_taking_off_all_there_is_takes_the_line_out():
    assert changed([TEN], [change(delta=Decimal(-10), unit="箱")], CATALOGUE) == ()


def test_more_of_what_is_not_there_is_a_new_line():
    more = SaidLine(sku="TEA", delta=Decimal(5), unit="箱")

    assert changed([TEN], [more], CATALOGUE) == (TEN, SaidLine(sku="TEA", qty=Decimal(5), unit="箱"))


def test_less_of_what_is_not_there_is_nothing():
    assert changed([TEN], [SaidLine(sku="TEA", delta=Decimal(-5), unit="箱")], CATALOGUE) == (TEN,)


@given(
    st.integers(min_value=1, max_value=999),
    st.lists(st.tuples(st.integers(min_value=1, max_value=99), st.sampled_from(["箱", "罐"])), max_size=5),
)
def test_differences_add_up_in_whatever_unit(start, more):
    lines = (SaidLine(sku="COLA", qty=Decimal(start), unit="箱"),)
    said = [change(delta=Decimal(count), unit=unit) for count, unit in more]

    (line,) = changed(lines, said, CATALOGUE)

    size = COLA.size_of(line.unit or "")
    assert size is not None
    assert line.qty is not None
    expected = start * 24 + sum(count * (24 if unit == "箱" else 1) for count, unit in more)
    assert line.qty * size == expected


@pytest.mark.parametrize(
    ("said", "price"),
    [
        (change(price=Decimal(45)), Decimal(45)),
        (change(price=Decimal(2), unit="罐"), Decimal(48)),
    ],
)
def test_a_price_alone_is_said_for_its_unit_and_changes_no_quantity(said, price):
    assert changed([TEN], [said], CATALOGUE) == (replace(TEN, price=price),)


def test_a_gift_is_a_line_of_its_own():
    gift = SaidLine(sku="COLA", qty=Decimal(1), unit="箱", gift=True)

    assert changed([TEN], [gift], CATALOGUE) == (TEN, gift)
    assert changed([TEN, gift], [replace(gift, qty=Decimal(2))], CATALOGUE) == (
        TEN,
        replace(gift, qty=Decimal(2)),
    )


def test_what_is_not_there_and_has_no_quantity_changes_nothing():
    assert changed([TEN], [SaidLine(sku="TEA", price=Decimal(40))], CATALOGUE) == (TEN,)
