"""Thousands of orders that stand in review: copies of one that was entered by messages, with rungs soon due."""

from typing import Any

import asyncpg
from sqlalchemy import make_url

from storage.postgres import dsn
from tests.fakes import crowd

RUNGS = 3
WITH_GROUP = 10
"""Every tenth order rings in the group too: a robot may say little in a minute."""
LADDER = """    ladder:
      - {after: 1m, tell: owner}
      - {after: 1m, tell: sales}
      - {after: 1m, tell: group}
"""
COPIES = (
    """
    CREATE TEMPORARY TABLE series AS
    SELECT n, now() - interval '1 minute' + (5 + random() * {spread}) * interval '1 second' AS since
    FROM generate_series({first}, {last}) AS n
    """,
    """
    INSERT INTO orders SELECT (json_populate_record(o, json_build_object(
        'number', n, 'owner', '{reviewer}' || lpad((n % {people})::text, 2, '0'),
        'step_since', since, 'created_at', since
    ))).* FROM orders o, series WHERE o.number = {template}
    """,
    """
    INSERT INTO order_lines SELECT (json_populate_record(l, json_build_object('order_number', n))).*
    FROM order_lines l, series WHERE l.order_number = {template}
    """,
    """
    INSERT INTO timers SELECT (json_populate_record(t, json_build_object(
        'order_number', n, 'due', since + interval '1 minute'
    ))).* FROM timers t, series WHERE t.order_number = {template} AND (t.rung < {rungs} OR n % {with_group} = 0)
    """,
)


def with_short_limits(workflow: str) -> str:
    """The workflow, with a ladder under review whose rungs all ring after a minute."""
    before, rest = workflow.split("  reviewing:\n", 1)
    step, after = rest.split("    ladder:\n", 1)
    lines = after.splitlines(keepends=True)
    others = next(place for place, line in enumerate(lines) if not line.startswith("      - "))
    return f"{before}  reviewing:\n{step}{LADDER}{''.join(lines[others:])}"


async def stand(url: str, template: int, count: int, people: int, spread: float) -> range:
    """So many more orders; their rungs fall due within `spread` seconds, from five seconds on."""
    numbers = range(template + 1, template + count + 1)
    connection = await asyncpg.connect(dsn(make_url(url)))
    try:
        given: dict[str, object] = {"first": numbers[0], "last": numbers[-1], "spread": spread}
        given |= {"people": people, "template": template, "reviewer": crowd.reviewer(0)[:-2]}
        given |= {"rungs": RUNGS - 1, "with_group": WITH_GROUP}
        for statement in COPIES:
            await connection.execute(statement.format(**given))
        # The template itself rings no more.
        await connection.execute(f"UPDATE timers SET done = true WHERE order_number = {template}")
        await connection.execute("ANALYZE")
    finally:
        await connection.close()
    return numbers


async def asked(url: str, question: str) -> list[tuple[Any, ...]]:
    """What the database says."""
    connection = await asyncpg.connect(dsn(make_url(url)))
    try:
        return [tuple(row) for row in await connection.fetch(question)]
    finally:
        await connection.close()


WAITING = "SELECT count(*) FROM timers WHERE NOT done"
EVENTS = """
SELECT substr(stream, 7)::int, (data->>'rung')::int, count(*) FROM events
WHERE kind = 'order:escalated' GROUP BY 1, 2
"""
TOLD_TWICE = """
SELECT source, destination FROM outbox WHERE kind = 'overdue'
GROUP BY source, destination, way, address HAVING count(*) > 1
"""
NOTICES = """
SELECT destination, way, address, order_number, count(*) FROM outbox WHERE kind = 'overdue' GROUP BY 1, 2, 3, 4
"""
