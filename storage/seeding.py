"""Stock as it is seeded from a company folder."""

from collections.abc import Iterable
from datetime import datetime

from domain.ports import StockLevel
from storage.engine import Database


async def seed_stock(database: Database, levels: Iterable[StockLevel], at: datetime, by: str) -> int:
    """Count in what no stock row has yet (existing rows are left alone); says how many rows were made."""
    raise NotImplementedError(database, levels, at, by)
