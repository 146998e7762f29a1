"""Stock as it will be once what was decided a moment ago is written."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from domain.facts import StockMove
from domain.ports import StockLevel

Levels = Mapping[tuple[str, str], StockLevel]


def after(levels: Levels, moves: Iterable[StockMove]) -> Levels:
    """`levels` with `moves` applied."""
    result = dict(levels)
    for move in moves:
        key = (move.warehouse, move.sku)
        # The first goods of their kind in a warehouse have had no row to lock.
        level = result.get(key) or StockLevel(move.warehouse, move.sku, Decimal(0), Decimal(0))
        result[key] = replace(
            level, on_hand=level.on_hand + move.on_hand, reserved=level.reserved + move.reserved
        )
    return result
