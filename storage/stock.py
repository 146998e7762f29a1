"""Stock by warehouse and sku."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from domain.errors import Stale
from domain.facts import StockMove
from domain.levels import Levels
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


class SqlStock:
    """`domain.ports.Stock` within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._seen: dict[tuple[str, str], StockLevel] = {}

    async def take(self, skus: Sequence[str]) -> Levels:
        """The levels of these; locked until the transaction ends where somebody just lost over one of them."""
        wanted = sorted(set(skus))
        if not wanted:
            return {}
        locked = self._session.contention.over(wanted)
        rows = await (
            self._session.locking(TAKE, skus=wanted) if locked else self._session.rows(LEVELS, skus=wanted)
        )
        levels = _levels(rows)
        self._seen.update(levels)
        return levels

    async def levels(self, skus: Sequence[str]) -> Levels:
        """The levels of these, or of all, for looking only."""
        if not skus:
            return _levels(await self._session.rows(ALL_LEVELS))
        return _levels(await self._session.rows(LEVELS, skus=sorted(set(skus))))

    async def move(self, moves: Sequence[StockMove], at: datetime, source: str) -> None:
        """Write the ledger and the levels it leads to; the levels are guarded when they are written."""
        await self._still_as_seen([one for one in moves if one.kind == "count"])
        grown = [one for one in moves if one.on_hand > 0]
        if grown:
            # In a statement of its own: the one that changes levels must find the row.
            await self._session.add_now(writes.STOCK_ROW, [_level_row(one, ZERO, ZERO) for one in grown])
        for one in moves:
            level = _level_row(one, one.on_hand, one.reserved)
            self._session.add(writes.STOCK, level)
            about = {"at": at, "kind": one.kind, "order_number": one.order, "source": source}
            self._session.add(writes.MOVE, {**level, **about})

    async def _still_as_seen(self, counted: Sequence[StockMove]) -> None:
        """What was counted is a difference to what was seen: lock it, or raise `Stale` when it is another by now."""
        if counted:
            skus = sorted({one.sku for one in counted})
            now = _levels(await self._session.locking(TAKE, skus=skus))
            if any(
                now.get((one.warehouse, one.sku)) != self._seen.get((one.warehouse, one.sku))
                for one in counted
            ):
                self._session.contention.note(skus)
                raise Stale("counted")


def _level_row(one: StockMove, on_hand: Decimal, reserved: Decimal) -> dict[str, object]:
    return {"warehouse": one.warehouse, "sku": one.sku, "on_hand": on_hand, "reserved": reserved}


def _levels(rows: Iterable[Row]) -> Levels:
    return {
        (row["warehouse"], row["sku"]): StockLevel(
            row["warehouse"], row["sku"], row["on_hand"], row["reserved"]
        )
        for row in rows
    }
