"""A line of an order, with what became of its goods."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from handlers.wording.orders import line_text
from tests.builders import boxes, entered

(LINE,) = entered(boxes(10)).order.lines


@pytest.mark.parametrize(
    ("became", "said"),
    [
        ({}, ""),
        ({"shipped": 240}, "，已发10箱"),
        ({"shipped": 240, "signed": 240}, "，已发10箱"),
        ({"shipped": 240, "signed": 230}, "，已发10箱、签收9箱14罐"),
        ({"shipped": 240, "signed": 240, "returned": 5}, "，已发10箱、退5罐"),
    ],
)
def test_a_line_says_what_left_came_and_went_back(became, said):
    figures: dict[str, Any] = {name: Decimal(qty) for name, qty in became.items()}
    line = replace(LINE, **figures)

    assert line_text(line) == f"罐装可乐 10箱 × 48.00 = 480.00{said}"


def test_a_gift_has_no_price():
    (gift,) = entered(boxes(2, gift=True)).order.lines

    assert line_text(gift) == "罐装可乐 2箱（赠）"
