"""What is asked often walks indexes, so that a hundred thousand orders cost no more than a thousand.

The planner is asked, not a clock: a full walk over a table that grows for ever is what makes answers slow.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import pytest
from sqlalchemy import func, make_url, select
from sqlalchemy.ext.asyncio import create_async_engine

from domain.ports import Search
from storage import (
    accounts_statements,
    backlog_statements,
    binding_statements,
    destinations,
    duty,
    events,
    figures_statements,
    habits,
    inbox,
    lesson_statements,
    message_statements,
    order_statements,
    outbox_claim,
    outbox_statements,
    searches,
    standings,
    stock,
    stories,
    timers,
    upload_queue,
    uploads,
    walks,
    writes,
)
from storage.engine import connect, walking
from storage.postgres import SETTINGS, WALKING, dsn
from storage.prepared import Prepared
from storage.tables import metadata
from storage.writing import Write
from tests.integration.storage.stories import NOW

HOUR = timedelta(hours=1)
FINISHED = ("done", "cancelled")

# Small for ever: rules are read by their newest, heads of streams are few.
GROWING = set(metadata.tables) - {"processes", "rules", "streams", "todos"}

KEY = {"platform": "p", "app": "a", "key": "k", "person": "p", "place": "", "today": NOW.date()}
TIMER = {"of_order_number": 1, "of_entry": 1, "of_rung": 0, "of_repeat": 0}
DAY = {"start": NOW, "end": NOW + HOUR}
CLAIM = {"now": NOW, "until": NOW + HOUR, "limit": 10, "who": "p"}

STATEMENTS: dict[str, tuple[Prepared, dict[str, Any]]] = {
    "open": (message_statements.OPEN, KEY),
    "one order": (order_statements.ONE_ORDER, {"number": 1}),
    "wrote last": (binding_statements.WROTE, {"since": NOW}),
    "try to bind": (
        binding_statements.TRY,
        {"platform": "p", "account": "a", "now": NOW, "before": NOW - HOUR},
    ),
    "spend a code": (binding_statements.SPEND, {"person": "p", "digest": "d"}),
    "settle a request": (binding_statements.SETTLE, {"number": 1, "at": NOW}),
    "away": (duty.AWAY, {"today": NOW.date()}),
    "loads": (order_statements.LOADS, {"people": ["p", "q"]}),
    "entry facts": (order_statements.ENTRY_FACTS, {"customer": "C", "skus": ["A", "B"], "since": NOW}),
    "waiting": (order_statements.WAITING_FOR, {"skus": ["A"]}),
    "shipments": (order_statements.SHIPMENTS, {"number": 1}),
    "payments": (order_statements.PAYMENTS, {"number": 1}),
    "take": (stock.TAKE, {"skus": ["A", "B"]}),
    "story": (events.OF_STREAM, {"stream": "order:1"}),
    "latest": (events.LATEST_BY, {"person": "p", "since": NOW}),
    "claim notices": (
        outbox_claim.CLAIM,
        {**CLAIM, "soon": NOW, "gathered": NOW, "elsewhere": ["wecom-bot"]},
    ),
    "sent": (outbox_statements.SENT, {"deliveries": ["d", "e"], "at": NOW}),
    "given back": (outbox_statements.GIVE_BACK, {"deliveries": ["d", "e"]}),
    "failed": (outbox_statements.FAILED, {"deliveries": ["d"], "met": "x"}),
    "together": (outbox_statements.TOGETHER, {"deliveries": ["d"], "name": "p"}),
    "reached": (outbox_statements.REACHED, {"copies": ["d-1", "d-2"], "now": NOW}),
    "when notices leave": (outbox_statements.NEXT_DUE, {}),
    "standings": (standings.STANDINGS, {"numbers": [1, 2]}),
    "rest": (destinations.REST, {"way": "w", "address": "a", "until": NOW}),
    "recovered": (destinations.RECOVERED, {"way": "w", "address": "a"}),
    "known": (destinations.KNOWN, {"way": "w", "error": "x"}),
    "pending": (outbox_statements.PENDING, {"limit": 10}),
    "dead": (outbox_statements.DEAD, {"limit": 10}),
    "oldest due": (outbox_statements.OLDEST_DUE, {"now": NOW}),
    "claim timers": (timers.CLAIM, CLAIM),
    "put off": (timers.PUT_OFF, {**TIMER, "known_due": NOW, "until": NOW, "met": "a bug"}),
    "troubled": (timers.TROUBLED, {"limit": 10}),
    "take timer": (message_statements.TAKE_TIMER, {**TIMER, "known_due": NOW}),
    "take late": (message_statements.TAKE_LATE, {"order_number": 1, "of_entry": 1, "before": NOW}),
    "stirred": (stories.TOUCHED, {"since": NOW}),
    "stories": (stories.STORIES, {"streams": ["order:1", "order:2"]}),
    "next due": (timers.NEXT_DUE, {}),
    "ordered": (accounts_statements.ORDERED, DAY),
    "touched": (accounts_statements.TOUCHED, DAY),
    "suspects": (accounts_statements.SUSPECTS, {**DAY, "cash": ["C"]}),
    "accounts": (accounts_statements.ORDERS, {"numbers": [1, 2]}),
    "left": (accounts_statements.SHIPMENTS, {"numbers": [1, 2]}),
    "paid": (accounts_statements.PAYMENTS, {"numbers": [1, 2]}),
    "ledger": (accounts_statements.LEDGER, {"numbers": [1, 2]}),
    "walks": (walks.WALKS, {"step": "picking", "since": NOW, "limit": 10}),
    "answered": (inbox.REPLY, {"platform": "p", "app": "a", "key": "k"}),
    "lessons": (lesson_statements.KNOWN, {"kind": "sku", "scopes": ["customer:C"], "words": ["A", "B"]}),
    "words of a scope": (lesson_statements.IN_SCOPE, {"scope": "customer:C"}),
    "one lesson": (lesson_statements.ONE, {"number": 1}),
    "what was learned": (lesson_statements.LISTED, {"limit": 8, "offset": 0}),
    "what was learned of late": (lesson_statements.SINCE, {"since": NOW}),
    "choices forgotten": (lesson_statements.FORGET_CHOICES, {"before": NOW}),
    "questions forgotten": (lesson_statements.FORGET_MISREADINGS, {"before": NOW}),
    "usual goods": (habits.GOODS, {"customer": "C", "skus": ["A", "B"]}),
    "usual units": (habits.UNITS, {"customer": "C", "sku": "A"}),
    "usual addresses": (habits.ADDRESSES, {"customer": "C"}),
    "files waiting": (uploads.WAITING, {"person": "p"}),
    "the same file": (uploads.LATEST, {"person": "p", "digest": "d", "since": NOW}),
    "file read": (uploads.DONE, {"of": "s", "counted": 1, "now": NOW, "digest": "d", "outcome": {}}),
    "file held": (uploads.HOLD, {"of": "s", "counted": 1}),
    "file wanted": (uploads.RELEASE, {"of": "s", "now": NOW}),
    "claim files": (upload_queue.CLAIM, {"now": NOW, "until": NOW + HOUR, "limit": 1}),
    "when files are due": (upload_queue.NEXT_DUE, {}),
    "forget files": (upload_queue.FORGET, {"before": NOW}),
    "expired": (timers.EXPIRED, {"now": NOW, "limit": 10}),
}

# Writes that look for rows which are there already.
FINDING = (
    "ORDER", "LINES_KEPT", "STOCK", "UNRATED", "DEEDS_BACK", "PASSAGES_BACK", "MOVED_TIMER",
    "CONVERSATION", "LESSON",
)  # fmt: skip

HOW_IT_LOOKS = Prepared(select(*(func.current_setting(name).label(name) for name in WALKING)))

SEARCHES = {
    "customer": Search(customer=("C",)),
    "customers": Search(customer=("C", "D")),
    "customer open": Search(customer=("C",), not_steps=FINISHED),
    "customer unpaid": Search(customer=("C",), unpaid=True),
    "open": Search(not_steps=FINISHED),
    "step": Search(steps=("picking",)),
    "mine": Search(owner="p", not_steps=FINISHED),
    "salesperson": Search(salesperson="p"),
    "sku": Search(sku=("A",)),
    "day": Search(created_from=NOW, created_to=NOW + HOUR),
    "worst": Search(due_before=NOW, not_steps=FINISHED, by_due=True),
    "my tasks": Search(owner="p", not_steps=FINISHED, by_due=True),
    "overdue": Search(due_before=NOW, not_steps=FINISHED),
    "unpaid": Search(unpaid=True),
}


PERIODS = {"start": NOW, "end": NOW + HOUR, "before_start": NOW - HOUR, "before_end": NOW - HOUR / 2}
SCOPES: dict[str, dict[str, Any]] = {
    "all": {},
    "people": {"people": ["p", "q"]},
    "customers": {"customers": ["C"]},
}
REPORTS: dict[str, tuple[Callable[[str], Prepared], dict[str, Any]]] = {
    "taken": (figures_statements.taken, PERIODS),
    "done": (figures_statements.done, PERIODS),
    "passed": (figures_statements.passed, PERIODS),
    "slices": (backlog_statements.slices, {"start": NOW, "end": NOW + HOUR}),
    "backlog": (backlog_statements.backlog, {"now": NOW}),
}


def cases() -> list[Any]:
    """Every statement by name."""
    reported = {
        f"{name} {scope}": (statement(scope), {**values, **named})
        for name, (statement, values) in REPORTS.items()
        for scope, named in SCOPES.items()
    }
    listed = {f"search {name}": searches.listing(search, str) for name, search in SEARCHES.items()}
    counted = {f"count {name}": searches.counting(search, str) for name, search in SEARCHES.items()}
    return [
        pytest.param(*case, id=name) for name, case in {**STATEMENTS, **listed, **counted, **reported}.items()
    ]


@pytest.mark.parametrize(("statement", "values"), cases())
async def test_what_is_asked_often_walks_indexes(
    database_url: str, statement: Prepared, values: dict[str, Any]
):
    walked = await (on_sqlite if database_url.startswith("sqlite") else on_postgres)(
        database_url, statement, values
    )

    assert walked & GROWING == set()


async def on_sqlite(url: str, statement: Prepared, values: dict[str, Any]) -> set[str]:
    """The tables that are walked from end to end, past an index."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        explained = f"EXPLAIN QUERY PLAN {statement.sqlite.sql}"
        plan = await driver.execute_fetchall(explained, statement.sqlite.bind(values))
    await engine.dispose()
    scans = [match for *_, step in plan if (match := re.fullmatch(r"SCAN (\w+)( AS \w+)?", step))]
    return {match[1] for match in scans}


async def on_postgres(url: str, statement: Prepared, values: dict[str, Any]) -> set[str]:
    """The tables that are walked from end to end although that was forbidden: nothing else is possible."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain)
    try:
        await connection.execute("SET enable_seqscan = off")
        rows = await connection.fetch(f"EXPLAIN {statement.postgres.sql}", *statement.postgres.bind(values))
    finally:
        await connection.close()
    return {match[1] for row in rows if (match := re.search(r"Seq Scan on (\w+)", row[0]))}


@pytest.mark.parametrize("name", FINDING)
async def test_what_is_written_finds_its_rows_by_index(database_url: str, name: str):
    write: Write = getattr(writes, name)
    walked = await (found_on_sqlite if database_url.startswith("sqlite") else found_on_postgres)(
        database_url, write
    )

    assert walked == set()


async def found_on_sqlite(url: str, write: Write) -> set[str]:
    """The tables that are walked from end to end."""
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        driver: Any = (await connection.get_raw_connection()).driver_connection
        plan = await driver.execute_fetchall(f"EXPLAIN QUERY PLAN {write.on_sqlite}", ("[]",))
    await engine.dispose()
    return {match[1] for *_, step in plan if (match := re.fullmatch(r"SCAN (\w+)( AS \w+)?", step))}


async def found_on_postgres(url: str, write: Write) -> set[str]:
    """The tables that are walked from end to end, be it along an index, where nothing but a look-up is allowed."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain)
    try:
        for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
            await connection.execute(f"SET enable_{way} = off")
        rows = await connection.fetch(f"EXPLAIN {write.on_postgres(single=False).replace('{n}', '1')}", "[]")
    finally:
        await connection.close()
    plan = [row[0] for row in rows]
    steps = zip(plan, [*plan[1:], ""], strict=True)
    return {
        match[1]
        for step, condition in steps
        if (match := re.search(r"(?:Index Scan using|Index Only Scan using|Seq Scan).* on (\w+)", step))
        and "Index Cond" not in condition
    }


@pytest.mark.parametrize("name", ["ORDER", "CONVERSATION"])
async def test_a_plan_made_while_the_table_is_small_looks_its_row_up(postgres_url: str, name: str):
    """The plan is kept while the table grows; nothing is forbidden here, only what every connection is told."""
    write: Write = getattr(writes, name)
    plain = make_url(postgres_url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain, server_settings=SETTINGS)
    try:
        sql = write.on_postgres(single=True).replace("{n}", "1")
        rows = await connection.fetch(f"EXPLAIN {sql}", "[]")
    finally:
        await connection.close()

    assert not [row[0] for row in rows if f"Seq Scan on {write.table.name}" in row[0]]


async def test_the_clock_walks_its_index_however_much_was_claimed_and_before_it_has_heard_its_limit(
    postgres_url: str,
):
    """With many dead row versions and no vacuum yet, a plan by bitmap would visit all of them."""
    async with connect(postgres_url) as database, walking(postgres_url, database) as aside:
        async with aside.session() as session:
            rows = await session.rows(HOW_IT_LOOKS)
        connection = await asyncpg.connect(
            dsn(make_url(postgres_url)), server_settings={**SETTINGS, **WALKING}
        )
    try:
        await connection.execute(
            "INSERT INTO timers (order_number, entry, rung, repeat, due, done) "
            "SELECT n, 1, 0, 0, now() + n * interval '1 second', false FROM generate_series(-20000, 20000) n; "
            "ANALYZE timers; SET plan_cache_mode = force_generic_plan"
        )
        plan = await connection.fetch(
            f"EXPLAIN {timers.CLAIM.postgres.sql}", *timers.CLAIM.postgres.bind(CLAIM)
        )
    finally:
        await connection.close()

    assert {name: row for row in rows for name, row in row.items()} == WALKING
    walked = "\n".join(row[0] for row in plan)
    assert "Index Scan using ix_timers_due" in walked
    assert "Index Scan using pk_timers" in walked
    assert "Bitmap" not in walked
    assert "Seq Scan" not in walked
