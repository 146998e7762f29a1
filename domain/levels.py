"""Levels of stock, looked at together: what is free in all, what they will be once a decision is written."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from domain.facts import StockMove
from domain.ports import StockLevel

Levels: TypeAlias = Mapping[tuple[str, str], StockLevel]
"""By (warehouse, sku)."""


def after(levels: Levels, moves: Iterable[StockMove]) -> Levels:
    """`levels` with `moves` applied."""
    result = dict(levels)
    for move in moves:
        key = (move.warehouse, move.sku)
        # The first goods of their kind in a warehouse have had no row to see.
        level = result.get(key) or StockLevel(move.warehouse, move.sku, Decimal(0), Decimal(0))
        result[key] = replace(
            level, on_hand=level.on_hand + move.on_hand, reserved=level.reserved + move.reserved
        )
    return result


def available(levels: Levels) -> Mapping[str, Decimal]:
    """What may be promised of each sku, over all warehouses."""
    sums: dict[str, Decimal] = {}
    for level in levels.values():
        sums[level.sku] = sums.get(level.sku, Decimal(0)) + level.available
    return sums
