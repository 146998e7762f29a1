"""What a tick of the clock costs: the same number due among few open orders and among many.

In this process and with a clock that is set: the watch that `gendan serve` runs, its claims, decisions and
transactions. The open orders are copies of one that was entered by messages, each with its timers; what was said about
the copies is left out, since a tick only adds to it.
"""

import itertools
import statistics
import time
from collections.abc import AsyncIterator, Collection, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from benchmarks.filling import copy
from benchmarks.place import Place
from bot.settings import Settings
from bot.wiring import Program, open_program
from domain.ports import MessageKey
from handlers.message import Message
from scheduler.timers import LEASE, TimerWatch
from storage.schema import upgrade
from tests.world import DEMO_COMPANY, WorldClock

FEW = 10_000
# A file is for one small company.
MANY = {"postgresql": 1_000_000, "sqlite": 100_000}
DATABASES: Collection[str] = ("tick-few", "tick-many")
DUE = 500
ROUNDS = 7
POLLS = 210
HOUR = timedelta(hours=1)
TARGETS: Mapping[str, float] = {"tick_growth": 1.5}

# The first rung of so many orders all over the book falls due in round 1, 2, …; all other timers in a year.
PICKED = "(s.n - :first) % :stride = 0 AND (s.n - :first) / :stride < :picked AND t.rung = 0"
ROUND = "(1 + (s.n - :first) / :stride % :rounds)"
DUE_AT = {
    "postgresql": f"CASE WHEN {PICKED} THEN t.due + {ROUND} * interval '1 hour' "
    "ELSE t.due + interval '1 year' + s.n % 100000 * interval '1 second' END",
    "sqlite": f"CASE WHEN {PICKED} THEN t.due + {ROUND} * 3600000000 "
    "ELSE t.due + 31536000000000 + s.n % 100000 * 1000000 END",
}

# After so much at once, as it is after a night: nothing left to clean up, and everything known of what there is.
SETTLE = {
    "postgresql": ("VACUUM ANALYZE", "CHECKPOINT"),
    "sqlite": ("ANALYZE", "PRAGMA wal_checkpoint(TRUNCATE)"),
}


@dataclass(frozen=True, slots=True)
class Book:
    """An order book, and the watch over its timers."""

    program: Program
    watch: TimerWatch
    clock: WorldClock

    async def tick(self) -> float:
        """An hour later; how long it takes until nothing is due any more, in milliseconds."""
        self.clock.move(HOUR)
        began, looked_at = time.perf_counter(), 0
        while seen := await self.watch.turn():
            looked_at += seen
        assert looked_at == DUE, looked_at
        return (time.perf_counter() - began) * 1000

    async def poll(self) -> float:
        """How long it takes to find nothing, in milliseconds."""
        began = time.perf_counter()
        assert not await self.program.store.timers.claim(self.clock(), DUE, LEASE)
        return (time.perf_counter() - began) * 1000


async def measure(place: Place) -> dict[str, Any]:
    """Ticks in turns, so that whatever else the machine does meets both books alike."""
    sizes = dict(zip(DATABASES, (FEW, MANY[place.engine]), strict=True))
    async with AsyncExitStack() as stack:
        books = {
            size: await stack.enter_async_context(_book(place.urls[name], size))
            for name, size in sizes.items()
        }
        ticks: dict[int, list[float]] = {size: [] for size in books}
        polls: dict[int, list[float]] = {size: [] for size in books}
        for _ in range(ROUNDS):
            for size, book in books.items():
                ticks[size].append(await book.tick())
            for _ in range(POLLS // ROUNDS):
                for size, book in books.items():
                    polls[size].append(await book.poll())
    return {
        "due": DUE,
        # The quickest: what others did to this machine meanwhile is no part of the cost.
        "tick_ms": {str(size): round(min(each), 1) for size, each in ticks.items()},
        "idle_poll_ms": {str(size): round(statistics.median(each), 2) for size, each in polls.items()},
    }


def verdicts(figures: Mapping[str, Any]) -> dict[str, float]:
    """What is held against the targets."""
    few, many = figures["tick_ms"].values()
    return {"tick_growth": many / few}


def lines(figures: Mapping[str, Any]) -> list[str]:
    """What a person reads."""
    sizes = tuple(figures["tick_ms"])
    rows = [f"  {'open orders':<22}{sizes[0]:>12}{sizes[1]:>14}"]
    for name, key in ((f"tick, {figures['due']} due, ms", "tick_ms"), ("idle poll, ms", "idle_poll_ms")):
        rows.append(f"  {name:<22}" + "".join(f"{figures[key][size]:>13}" for size in sizes))
    return rows


@asynccontextmanager
async def _book(url: str, size: int) -> AsyncIterator[Book]:
    clock = WorldClock()
    await upgrade(url)
    settings = Settings.model_construct(database_url=url, company=DEMO_COMPANY)
    async with open_program(settings, clock, console=True) as program:
        template = await _entered(program)
        await _fill(url, template, size)
        store = program.store
        watch = TimerWatch(
            store.timers, program.units, program.rulebook.company, clock, lambda _: None, store.todos.add
        )
        clock.move(timedelta(minutes=31))
        yield Book(program, watch, clock)


async def _entered(program: Program) -> int:
    keys = itertools.count(1)
    order = None
    for said in ("人民路华联 罐装可乐40箱 明天上午送", "确认"):
        key = MessageKey("console", "console", f"m{next(keys)}")
        order = (await program.desk.answer(Message(key, "lina", said, program.clock()))).order
    assert order is not None
    return order


async def _fill(url: str, template: int, size: int) -> None:
    """Add open orders with their timers until there are so many."""
    engine = create_async_engine(url)
    kind = engine.dialect.name
    picked = DUE * ROUNDS
    values = {
        "template": template,
        "first": template + 1,
        "last": template + size,
        "stride": size // picked,
        "picked": picked,
        "rounds": ROUNDS,
    }
    try:
        async with engine.begin() as connection:
            await copy(connection, "orders", {"number": "s.n"}, "number = :template", values)
            its_own = {"order_number": "s.n"}
            await copy(connection, "order_lines", its_own, "order_number = :template", values)
            due = {**its_own, "due": DUE_AT[kind]}
            await copy(connection, "timers", due, "order_number = :template", values)
            done = text("UPDATE timers SET done = true WHERE order_number = :template")
            await connection.execute(done, {"template": template})
        async with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            for settle in SETTLE[kind]:
                await connection.execute(text(settle))
    finally:
        await engine.dispose()
