"""Stock as it is seeded from a company folder."""

from collections.abc import Iterable
from datetime import datetime

from domain.facts import Event, StockMove
from domain.order import ZERO
from domain.ports import StockLevel
from storage.engine import Database
from storage.events import append_to_stream
from storage.stock import SqlStock


async def seed_stock(database: Database, levels: Iterable[StockLevel], at: datetime, by: str) -> int:
    """Count in what no stock row has yet (existing rows are left alone); says how many rows were made."""
    given = {(level.warehouse, level.sku): level.on_hand for level in levels if level.on_hand > 0}
    async with database.session() as session:
        stock = SqlStock(session)
        there = await stock.take([sku for _, sku in given])
        missing = {place: on_hand for place, on_hand in given.items() if place not in there}
        if not missing:
            return 0
        data = {"levels": [[warehouse, sku, str(on_hand)] for (warehouse, sku), on_hand in missing.items()]}
        await append_to_stream(session, Event("stock", "stock:seeded", at, by, "", data))
        moves = [
            StockMove(warehouse, sku, "in", on_hand, ZERO) for (warehouse, sku), on_hand in missing.items()
        ]
        await stock.move(moves, at, "")
        await session.commit()
    return len(missing)
