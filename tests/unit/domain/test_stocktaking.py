"""Goods counted in, and counted."""

# mypy: disable-error-code="comparison-overlap"
# A figure is said as a whole number here wherever it is one, and compared with a Decimal.

from decimal import Decimal

import pytest

from domain.act import Portion
from domain.errors import Invalid, NotAllowed, Unknown
from domain.stocktaking import count, receive
from tests.builders import BUYER, CHIEF, KEEPER, MONDAY, SELLER, after, an_act, boxes, entered, levels


def some(qty, sku="COLA", unit="箱"):
    return Portion(sku, None if qty is None else Decimal(qty), unit)


def test_goods_that_come_in_lie_there():
    change = receive((some(2), some(3, unit="罐"), some(1, "TEA", "")), "EAST", an_act(BUYER))

    assert [(move.sku, move.kind, move.on_hand, move.reserved) for move in change.moves] == [
        ("COLA", "in", 51, 0),
        ("TEA", "in", 15, 0),
    ]
    assert (change.event.stream, change.event.kind, change.event.at) == ("stock", "stock:received", MONDAY)
    assert change.event.data["pieces"] == {"COLA": "51", "TEA": "15"}


def test_a_count_writes_the_difference():
    stock = levels(EAST_COLA=100, EAST_TEA=15)

    change = count((some(4), some(1, "TEA"), some(7, "WATER", "桶")), "EAST", an_act(KEEPER), stock)

    assert [(move.sku, move.kind, move.on_hand) for move in change.moves] == [
        ("COLA", "count", -4),
        ("WATER", "count", 7),
    ]
    assert change.event.data["pieces"] == {"COLA": "96", "TEA": "15", "WATER": "7"}


def test_nothing_may_be_counted_but_not_received():
    stock = levels(EAST_COLA=100)

    assert count((some(0),), "EAST", an_act(KEEPER), stock).moves[0].on_hand == -100
    with pytest.raises(Invalid, match="qty-not-positive"):
        receive((some(0),), "EAST", an_act(KEEPER))
    with pytest.raises(Invalid, match="qty-not-positive"):
        count((some(None),), "EAST", an_act(KEEPER), stock)


def test_less_than_orders_have_reserved_is_not_counted():
    stock = after(levels(EAST_COLA=100), entered(boxes(2), stock=levels(EAST_COLA=100)))

    with pytest.raises(Invalid) as raised:
        count((some(1),), "EAST", an_act(KEEPER), stock)

    facts = raised.value.facts
    assert (raised.value.code, facts["warehouse"]) == ("count-below-reserved", "东仓")
    assert (facts["counted"], facts["reserved"]) == (24, 48)


def test_unknown_places_and_nothing_said_are_refused():
    with pytest.raises(Unknown, match="warehouse"):
        receive((some(1),), "MOON", an_act(KEEPER))
    with pytest.raises(Invalid, match="no-lines"):
        receive((), "EAST", an_act(KEEPER))


def test_a_salesperson_counts_no_stock():
    with pytest.raises(NotAllowed) as raised:
        receive((some(1),), "EAST", an_act(SELLER))

    assert raised.value.facts["roles"] == ("warehouse", "purchaser", "manager")
    assert receive((some(1),), "EAST", an_act(CHIEF)).moves[0].on_hand == 24
