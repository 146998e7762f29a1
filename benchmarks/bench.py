"""One engine, measured from its cold start to a hundred thousand orders."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psutil

from benchmarks import bare, reports
from benchmarks.filling import fill
from benchmarks.load import AT_ONCE, PEOPLE, Line, Times, new_times, one_round, orders
from benchmarks.place import Place
from storage.schema import upgrade
from tests.fakes import crowd
from tests.fakes.wecom_server import WecomServer
from tests.served import Served

FEW, MANY = 1_000, 100_000
ASKED = 200
BOXES = 10_000_000
STOCK = {("W01", f"D{number:03}"): BOXES for number in range(1, 40)}
TURNS = 3
QUERIES = {
    "one order": (crowd.seller(3), "查单 {number}"),
    "a customer's": (crowd.seller(3), f"查单 {crowd.customer(3)}"),
    "my tasks": (crowd.reviewer(3), "我的待办"),
    "the board": ("linxiaomei", "看板"),
}


DATABASES = ("orders", "few", "many", "bare", "reports")


async def measure(place: Place) -> dict[str, Any]:
    """Every figure of one engine."""
    company = crowd.make(place.folder / "company", PEOPLE, STOCK)
    if place.engine == "postgresql":
        for name in ("orders", "few", "many"):
            await upgrade(place.urls[name])
    async with WecomServer() as wecom, AsyncExitStack() as stack:
        bench = Bench(place, company, wecom, stack)
        cold = await _cold_starts(bench)
        yardstick, times, memory = await _orders_beside_bare(bench)
        queries = await _queries(bench)
    reported = await reports.measure(place.urls["reports"]) if place.engine == "postgresql" else {}
    writes = times["confirm"].each + times["approve"].each
    return {
        "cold_start_s": cold,
        "bare_rate": round(yardstick, 1),
        "messages": {name: each.figures() for name, each in times.items()},
        "order_writes_rate": round(len(writes) / (times["confirm"].span + times["approve"].span), 1),
        "rss_mb": round(memory / 2**20, 1),
        "queries_ms": queries,
        "reports": reported,
    }


@dataclass(frozen=True, slots=True)
class Bench:
    """Starts servers; all of them end with the stack."""

    place: Place
    company: Path
    wecom: WecomServer
    stack: AsyncExitStack

    async def served(self, name: str) -> tuple[Served, Line]:
        """A server on this database, and a line to it; it is not started yet."""
        variables = {
            **self.wecom.environment(),
            **crowd.robots(self.company),
            "GENDAN_DATABASE_URL": self.place.urls[name],
            "GENDAN_COMPANY": str(self.company),
        }
        server = Served(self.place.folder, variables)
        self.stack.callback(server.kill)
        session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0))
        await self.stack.enter_async_context(session)
        return server, Line(self.wecom.platform, server.url, session)


async def _cold_starts(bench: Bench) -> dict[str, float]:
    """The first start, which founds the company, and the quickest of three later ones: the rest is others' noise."""
    server, line = await bench.served("orders")
    taken = []
    for _ in range(4):
        taken.append(await _until_answered(server, line))
        server.kill()
    return {"first": round(taken[0], 2), "again": round(min(taken[1:]), 2)}


async def _until_answered(server: Served, line: Line) -> float:
    """Start the process; how long until a message is answered."""
    began = time.perf_counter()
    server.start()
    while True:
        try:
            assert await line.ask(crowd.seller(0), "帮助")
        except aiohttp.ClientError:
            await asyncio.sleep(0.01)
            assert time.perf_counter() < began + 60, server.log.read_text()[-2000:]
        else:
            return time.perf_counter() - began


async def _orders_beside_bare(bench: Bench) -> tuple[float, dict[str, Times], int]:
    """In turns, so that whatever else the machine does meets both alike: the bare rate, orders, the most memory."""
    server, line = await bench.served("orders")
    await _until_answered(server, line)
    await one_round(line, new_times(), 0)
    watched = Memory(server.pid)
    times, bare_rates = new_times(), []
    for turn in range(TURNS):
        bare_rates.append(await bare.rate(bench.place.urls["bare"], AT_ONCE, bench.place.seconds / TURNS / 2))
        async with watched.watching():
            await orders(line, bench.place.seconds / TURNS, times, first=1 + turn * 1000)
    server.kill()
    return sum(bare_rates) / TURNS, times, watched.most


class Memory:
    """The most memory that a process was seen to hold."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self.most = 0

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Look again and again until the end of the block."""
        task = asyncio.create_task(self._watch())
        try:
            yield
        finally:
            task.cancel()

    async def _watch(self) -> None:
        while True:
            self.most = max(self.most, self._process.memory_info().rss)
            await asyncio.sleep(0.2)


async def _queries(bench: Bench) -> dict[str, dict[str, float]]:
    """The median of each query with few orders and with many, asked in turns."""
    books = {FEW: await _book(bench, "few", FEW), MANY: await _book(bench, "many", MANY)}
    medians: dict[str, dict[str, float]] = {}
    for name, (user, said) in QUERIES.items():
        times = {size: Times() for size in books}
        for _ in range(ASKED):
            for size, line in books.items():
                began = time.perf_counter()
                assert await line.ask(user, said.format(number=size - 500))
                times[size].each.append(time.perf_counter() - began)
        medians[name] = {str(size): round(each.percentile(0.5), 2) for size, each in times.items()}
    return medians


async def _book(bench: Bench, name: str, size: int) -> Line:
    """A line to a server with so many orders, some of them open."""
    server, line = await bench.served(name)
    await _until_answered(server, line)
    numbers = await one_round(line, new_times(), 0)
    await fill(bench.place.urls[name], max(numbers), max(numbers) + 1, size, PEOPLE)
    return line
