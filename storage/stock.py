"""Stock by warehouse and sku."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from domain.facts import StockMove
from domain.order import ZERO
from domain.ports import StockLevel
from storage import writes
from storage.prepared import Among, Prepared, Row
from storage.session import Session
from storage.tables import stock

_IN_ONE_ORDER = (stock.c.sku, stock.c.warehouse)
_THESE = select(stock).where(Among(stock.c.sku, "skus")).order_by(*_IN_ONE_ORDER)

TAKE = Prepared(_THESE.with_for_update())
LEVELS = Prepared(_THESE)
ALL_LEVELS = Prepared(select(stock).order_by(*_IN_ONE_ORDER))

Levels = Mapping[tuple[str, str], StockLevel]


class SqlStock:
    """`domain.ports.Stock` within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    async def take(self, skus: Sequence[str]) -> Levels:
        """The levels of these, locked in one order until the transaction ends."""
        return _levels(await self._session.locking(TAKE, skus=sorted(set(skus)))) if skus else {}

    async def levels(self, skus: Sequence[str]) -> Levels:
        """The levels of these, or of all, for looking only."""
        if not skus:
            return _levels(await self._session.rows(ALL_LEVELS))
        return _levels(await self._session.rows(LEVELS, skus=sorted(set(skus))))


async def move(session: Session, moves: Sequence[StockMove], at: datetime, source: str) -> None:
    """Write the ledger and the levels it leads to; the levels are guarded when they are written."""
    grown = [one for one in moves if one.on_hand > 0]
    if grown:
        # In a statement of its own: the one that changes levels must find the row.
        await session.add_now(writes.STOCK_ROW, [_level_row(one, ZERO, ZERO) for one in grown])
    for one in moves:
        session.add(writes.STOCK, _level_row(one, one.on_hand, one.reserved))
        session.add(
            writes.MOVE,
            {
                **_level_row(one, one.on_hand, one.reserved),
                "at": at,
                "kind": one.kind,
                "order_number": one.order,
                "source": source,
            },
        )


def _level_row(one: StockMove, on_hand: Decimal, reserved: Decimal) -> dict[str, object]:
    return {"warehouse": one.warehouse, "sku": one.sku, "on_hand": on_hand, "reserved": reserved}


def _levels(rows: Iterable[Row]) -> Levels:
    return {
        (row["warehouse"], row["sku"]): StockLevel(
            row["warehouse"], row["sku"], row["on_hand"], row["reserved"]
        )
        for row in rows
    }
