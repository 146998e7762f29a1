"""Levels of stock looked at together."""

from decimal import Decimal

from domain.facts import StockMove
from domain.levels import after, available
from domain.ports import StockLevel
from tests.builders import levels


def test_what_may_be_promised_is_summed_over_warehouses():
    stock = {
        **levels(EAST_COLA=24, EAST_TEA=5),
        ("WEST", "COLA"): StockLevel("WEST", "COLA", Decimal(10), Decimal(4)),
    }

    assert available(stock) == {"COLA": Decimal(30), "TEA": Decimal(5)}


def test_moves_change_what_is_there_and_what_is_kept():
    ship = StockMove("EAST", "COLA", "ship", Decimal(-4), Decimal(-3))

    assert after(levels(EAST_COLA=24), [ship, ship])["EAST", "COLA"] == StockLevel(
        "EAST", "COLA", Decimal(16), Decimal(-6)
    )


def test_goods_that_never_lay_there_begin_at_nothing():
    came = StockMove("WEST", "TEA", "in", Decimal(7), Decimal(0))

    assert after({}, [came]) == {("WEST", "TEA"): StockLevel("WEST", "TEA", Decimal(7), Decimal(0))}
