"""What a day's report and the board cost a database with a million orders and five million events.

PostgreSQL only: whoever has a million orders does not keep them in a file. Filled set by set, from one order that
the rules made.
"""
# ruff: noqa: S608 - nothing in these statements comes from outside

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from statistics import median

import asyncpg
from sqlalchemy import make_url

from domain.figures import Scope
from domain.periods import period
from domain.ports import UnitsOfWork
from handlers.areas.reports import report
from storage.engine import connect
from storage.schema import upgrade
from tests.builders import COMPANY, ZONE, entered

ORDERS = 1_000_000
OPEN = 30_000
ASKED = 60
NOW = datetime(2026, 11, 26, 10, tzinfo=UTC)
"""Six in the evening at the company's."""
EVERYTHING = Scope()

# A year of orders, one every half a minute; the newest thirty thousand are open, and twelve steps wide apart in time.
SERIES = f"generate_series(1, {ORDERS}) AS n, LATERAL (SELECT $1::timestamptz - ({ORDERS} - n) * interval '31.5 seconds' AS made) AS at"
PEOPLE = "'p' || n % 45"
KIND = f"CASE WHEN n <= {ORDERS - OPEN} THEN 'done' ELSE (ARRAY['reviewing', 'picking', 'short', 'shipped', 'signed'])[1 + n % 5] END"

FILL = (
    f"""
    INSERT INTO orders (number, version, step, kind, entry, customer, customer_type, region, salesperson, owner, maker,
        created_at, step_since, step_due, due, urgent, amount, paid, open_amount, fingerprint, head_seq, head_hash, rest)
    SELECT 100 + n, 1, {KIND}, {KIND}, 4, 'K' || n % 2000, t.customer_type, t.region, {PEOPLE}, {PEOPLE}, {PEOPLE},
        made, made + n % 300 * interval '1 minute', made + n % 14 * interval '1 day', NULL, false, 100 + n % 900,
        CASE WHEN n <= {ORDERS - OPEN} THEN 100 + n % 900 ELSE 0 END,
        CASE WHEN n <= {ORDERS - OPEN} THEN 0 ELSE 100 + n % 900 END, '', 5, '', t.rest
    FROM {SERIES}, orders AS t WHERE t.number = 17 ORDER BY n
    """,
    f"""
    INSERT INTO order_lines SELECT 100 + n, t.no, t.customer, t.sku, t.ordered, 0, 0, 0, 0, t.amount, t.rest
    FROM generate_series({ORDERS - OPEN}, {ORDERS}) AS n, order_lines AS t WHERE t.order_number = 17
    """,
    f"""
    INSERT INTO events SELECT 'order:' || 100 + n, seq, (ARRAY['order:entered', 'order:approved', 'order:shipped',
        'order:signed', 'order:paid'])[seq], made + (seq - 1) * interval '3 hours', {PEOPLE}, 'm' || n, '{{}}', ''
    FROM {SERIES}, generate_series(1, 5) AS seq
    WHERE made + (seq - 1) * interval '3 hours' <= $1 ORDER BY n, seq
    """,
    f"""
    INSERT INTO deeds SELECT 100 + n, seq, kind, made + (seq - 1) * interval '3 hours', {PEOPLE}, 'K' || n % 2000, {PEOPLE},
        CASE WHEN kind IN ('shipped', 'paid') THEN 100 + n % 900 END,
        CASE WHEN kind = 'out' THEN 21600 + n % 1000 END, CASE WHEN kind = 'rated' THEN 90 + n % 10 END,
        kind = 'complained', CASE WHEN kind = 'complained' THEN (ARRAY['送错货', '破损', '少了两箱'])[1 + n % 3] ELSE '' END
    FROM {SERIES}, (VALUES (2, 'approved', 1), (3, 'shipped', 1), (3, 'out', 1), (4, 'signed', 1), (5, 'paid', 1),
        (2, 'short', 20), (4, 'complained', 50), (4, 'rated', 10), (3, 'urged', 8)) AS what (seq, kind, every)
    WHERE n % every = 0 AND made + (seq - 1) * interval '3 hours' <= $1
    ORDER BY made + (seq - 1) * interval '3 hours'
    """,
    f"""
    INSERT INTO passages SELECT 100 + n, seq, seq + 1, (ARRAY['reviewing', 'picking', 'shipped', 'signed'])[seq],
        made + (seq - 1) * interval '3 hours', made + (seq - 1) * interval '3 hours' + n % 170 * interval '1 minute',
        made + seq * interval '3 hours', made + seq * interval '3 hours', {PEOPLE}, 'K' || n % 2000, {PEOPLE}
    FROM {SERIES}, generate_series(1, 4) AS seq
    WHERE made + seq * interval '3 hours' <= $1 ORDER BY made + seq * interval '3 hours'
    """,
)  # fmt: skip
FILLED = ("orders", "events", "deeds", "passages")

# The same figures by one statement, as somebody would write it who has nothing else to ask: the yardstick.
BEST = """
WITH d AS MATERIALIZED (SELECT at >= $3 AS now, order_number, kind, amount, seconds, score, wrong, reason FROM deeds
        WHERE (at >= $1 AND at < $2) OR (at >= $3 AND at < $4))
SELECT 'taken', created_at >= $3, step, NULL, count(*), sum(amount), NULL::float8, NULL::float8, NULL::timestamptz FROM orders
    WHERE (created_at >= $1 AND created_at < $2) OR (created_at >= $3 AND created_at < $4) GROUP BY 2, 3
UNION ALL SELECT 'deed', now, kind, NULL, count(*), sum(amount), sum(score), NULL, NULL FROM d GROUP BY 2, 3
UNION ALL SELECT 'why', now, kind, reason, count(*), NULL, NULL, NULL, NULL FROM d WHERE reason <> '' AND now GROUP BY 2, 3, 4
UNION ALL SELECT 'wrong', now, NULL, NULL, count(DISTINCT order_number), count(DISTINCT order_number) FILTER (WHERE wrong),
    NULL, NULL, NULL FROM d WHERE kind = 'signed' OR wrong GROUP BY 2
UNION ALL SELECT 'cycle', now, NULL, NULL, count(*), NULL, percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds),
    percentile_disc(0.9) WITHIN GROUP (ORDER BY seconds), NULL FROM d WHERE kind = 'out' GROUP BY 2
UNION ALL SELECT 'time', left_at >= $3, step, owner, count(*), count(*) FILTER (WHERE left_at > due_at),
    extract(epoch FROM sum(coalesce(begun_at, left_at) - entered_at)), extract(epoch FROM sum(left_at - entered_at)), NULL
    FROM passages WHERE (left_at >= $1 AND left_at < $2) OR (left_at >= $3 AND left_at < $4) GROUP BY 2, 3, 4
UNION ALL SELECT 'backlog', NULL, step, owner, count(*), sum(amount), sum(CASE WHEN open_amount > 0 THEN open_amount END),
    count(*) FILTER (WHERE step_due < $5), min(step_since) FROM orders WHERE kind NOT IN ('done', 'cancelled') GROUP BY 3, 4
UNION ALL SELECT 'slice', NULL, floor(extract(epoch FROM created_at) / 900)::text, NULL, count(*), sum(amount), NULL, NULL, NULL
    FROM orders WHERE created_at >= $3 AND created_at < $4 GROUP BY 3
UNION ALL (SELECT 'worst', NULL, step, owner, number, amount, NULL, NULL, step_due FROM orders
    WHERE kind NOT IN ('done', 'cancelled') AND step_due < $5 ORDER BY step_due, number LIMIT 5)
"""
BEST_BOARD = """
SELECT step, count(*), sum(amount), count(*) FILTER (WHERE step_due < $1), min(step_since) FROM orders
WHERE kind NOT IN ('done', 'cancelled') GROUP BY step
"""


async def measure(url: str) -> dict[str, dict[str, float]]:
    """The medians of report and board, each beside one statement that asks the same, asked in turns."""
    await upgrade(url)
    async with connect(url) as database:
        units = database.units(lambda to: ())
        async with units() as uow:
            await uow.save(replace(entered(), moves=()))
            await uow.commit()
        plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
        connection = await asyncpg.connect(plain)
        try:
            filled = await _fill(connection)
            day = period("daily", None, None, NOW, ZONE)
            bounds = (day.before_start, day.before_end, day.start, day.end, NOW)
            asked: dict[str, tuple[Callable[[], Awaitable[object]], Callable[[], Awaitable[object]]]] = {
                "daily report": (lambda: _report(units), lambda: connection.fetch(BEST, *bounds)),
                "board": (lambda: _board(units), lambda: connection.fetch(BEST_BOARD, NOW)),
            }
            return {"filled_s": {"all": filled}} | {
                name: await _in_turns(ours, theirs) for name, (ours, theirs) in asked.items()
            }
        finally:
            await connection.close()


async def _fill(connection: asyncpg.Connection) -> float:
    """Without what lies on top of the tables, which is put back afterwards: many times as fast."""
    began = time.perf_counter()
    indexes = await connection.fetch(
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY($1) AND indexname LIKE 'ix_%'",
        FILLED,
    )
    await connection.execute("SET maintenance_work_mem = '256MB'; SET synchronous_commit = off")
    for row in indexes:
        await connection.execute(f'DROP INDEX "{row["indexname"]}"')
    for statement in FILL:
        arguments = (NOW,) if "$1" in statement else ()
        await connection.execute(statement, *arguments)
    for row in indexes:
        await connection.execute(row["indexdef"])
    await connection.execute("VACUUM ANALYZE")
    return round(time.perf_counter() - began, 1)


async def _report(units: UnitsOfWork) -> object:
    async with units() as uow:
        return await report(period("daily", None, None, NOW, ZONE), EVERYTHING, COMPANY, NOW, uow)


async def _board(units: UnitsOfWork) -> object:
    async with units() as uow:
        return await uow.figures.backlog(NOW, EVERYTHING)


async def _in_turns(
    ours: Callable[[], Awaitable[object]], theirs: Callable[[], Awaitable[object]]
) -> dict[str, float]:
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(ASKED):
        for ask, taken in zip((ours, theirs), times, strict=True):
            began = time.perf_counter()
            await ask()
            taken.append(1000 * (time.perf_counter() - began))
    mine, best = (round(median(taken[ASKED // 10 :]), 2) for taken in times)
    return {"p50_ms": mine, "best_ms": best, "ratio": round(mine / best, 2)}


if __name__ == "__main__":
    from tests.services.postgres import postgres

    with postgres(durable=True) as server, server.fresh() as url:
        print(asyncio.run(measure(url)))
