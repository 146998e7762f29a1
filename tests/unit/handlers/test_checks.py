"""The automatic checks in words."""

from decimal import Decimal

import pytest

from domain.order import Check
from handlers.wording.checks import checks_text
from tests.builders import boxes, entered, levels


def test_a_gift_is_said_to_be_one_and_what_it_is_worth():
    order = entered(boxes(5), boxes(2, gift=True)).order

    assert "⚠价格（送 罐装可乐 2箱，值 96.00 元）" in checks_text(order.checks)


def test_a_price_off_the_list_stands_beside_it():
    order = entered(boxes(2, price=Decimal(40))).order

    assert "⚠价格（罐装可乐 40.00，牌价 48.00/箱）" in checks_text(order.checks)


def test_what_lacks_is_said_of_the_whole_order():
    order = entered(boxes(3), stock=levels(EAST_COLA=24)).order

    assert "⚠库存（罐装可乐 要 3箱，只有 1箱）" in checks_text(order.checks)


def check(kind, **facts):
    """One check that did not pass, with one row of facts."""
    return Check(kind, False, tuple((name, value) for name, value in facts.items()))


@pytest.mark.parametrize(
    ("failed", "said"),
    [
        (check("address", address="北路1号", region="东区"), "⚠地址（北路1号 不在 东区）"),
        (
            check("credit", exposure="900", amount="144", limit="1000"),
            "⚠额度（已欠 900.00，加本单 144.00，额度 1,000.00）",
        ),
        (check("duplicate", order="17"), "⚠重复单（和 #17 一样）"),
        (
            check("habit", name="罐装可乐", unit="箱", qty="80", usual="10"),
            "⚠数量（罐装可乐 80箱，平常约 10箱）",
        ),
    ],
)
def test_each_doubt_says_what_it_saw(failed, said):
    assert checks_text([failed]) == said


def test_a_doubt_without_figures_is_only_named():
    assert checks_text([Check("credit", passed=False), Check("stock", passed=True)]) == "⚠额度 ✓库存"
