"""The automatic checks in words."""

from decimal import Decimal

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
