"""The bare minimal order transaction, statement by statement, through SQLAlchemy Core and the same driver.

An order, three lines, guarded stock, one event, two outbox rows and the inbox row: what no program that does the
same could leave out. It is the yardstick, so it gets what is best for it: on SQLite one connection, because a
second writer would only wait.
"""

import asyncio
import time
from itertools import count
from typing import Any

from sqlalchemy import JSON, BigInteger, Column, Integer, MetaData, Table, Text, bindparam, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

SKUS = [f"D{number:03}" for number in range(20)]
ON_HAND = 10**12
metadata = MetaData()
KEY: dict[str, Any] = {"primary_key": True, "autoincrement": False}

orders = Table(
    "bare_orders",
    metadata,
    Column("number", BigInteger, **KEY),
    Column("customer", Text),
    Column("rest", JSON),
)
lines = Table(
    "bare_lines",
    metadata,
    Column("order_number", BigInteger, **KEY),
    Column("no", Integer, **KEY),
    Column("sku", Text),
    Column("qty", BigInteger),
    Column("rest", JSON),
)
stock = Table(
    "bare_stock",
    metadata,
    Column("sku", Text, **KEY),
    Column("on_hand", BigInteger),
    Column("reserved", BigInteger),
)
events = Table(
    "bare_events",
    metadata,
    Column("stream", Text, **KEY),
    Column("seq", Integer, **KEY),
    Column("data", JSON),
)
outbox = Table("bare_outbox", metadata, Column("id", Text, **KEY), Column("to", Text), Column("facts", JSON))
inbox = Table("bare_inbox", metadata, Column("key", Text, **KEY), Column("reply", JSON))

RESERVE = (
    stock.update()
    .where(stock.c.sku == bindparam("of"), stock.c.reserved + bindparam("qty") <= stock.c.on_hand)
    .values(reserved=stock.c.reserved + bindparam("qty"))
)
REST = {"name": "可乐330ml罐装", "unit": "箱", "price": "45.0000", "address": "东湖区人民路88号"}


async def rate(url: str, at_once: int, seconds: float) -> float:
    """Transactions a second with so many at once."""
    sqlite = url.startswith("sqlite")
    engine = create_async_engine(url, pool_size=1 if sqlite else at_once, max_overflow=0)
    if sqlite:
        event.listen(engine.sync_engine, "connect", _durable)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(metadata.drop_all)
            await connection.run_sync(metadata.create_all)
            await connection.execute(
                stock.insert(), [{"sku": sku, "on_hand": ON_HAND, "reserved": 0} for sku in SKUS]
            )
        await _for(engine, at_once, seconds / 4, count(1))
        return await _for(engine, at_once, seconds, count(10_000_000))
    finally:
        await engine.dispose()


async def _for(engine: AsyncEngine, at_once: int, seconds: float, numbers: "count[int]") -> float:
    began = time.perf_counter()

    async def worker() -> int:
        made = 0
        while time.perf_counter() < began + seconds:
            async with engine.begin() as connection:
                await _order(connection, next(numbers))
            made += 1
        return made

    made = sum(await asyncio.gather(*(worker() for _ in range(at_once))))
    return made / (time.perf_counter() - began)


async def _order(connection: AsyncConnection, number: int) -> None:
    skus = sorted(SKUS[(number + step) % len(SKUS)] for step in range(3))
    await connection.execute(inbox.insert(), {"key": f"wecom:{number}", "reply": REST})
    for sku in skus:
        reserved = await connection.execute(RESERVE, {"of": sku, "qty": 24})
        assert reserved.rowcount == 1
    await connection.execute(orders.insert(), {"number": number, "customer": "C001", "rest": REST})
    await connection.execute(
        lines.insert(),
        [
            {"order_number": number, "no": no, "sku": sku, "qty": 24, "rest": REST}
            for no, sku in enumerate(skus)
        ],
    )
    await connection.execute(events.insert(), {"stream": f"order:{number}", "seq": 1, "data": REST})
    await connection.execute(
        outbox.insert(),
        [{"id": f"{number}/{to}", "to": to, "facts": REST} for to in ("group:review", "user:lina")],
    )


def _durable(connection: Any, _: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()
