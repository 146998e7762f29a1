"""One engine, measured from its cold start to a hundred thousand orders."""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import psutil

from benchmarks import bare
from benchmarks.filling import fill
from benchmarks.load import AT_ONCE, PEOPLE, Line, Times, one_round, orders, repeated
from storage.schema import upgrade
from tests.fakes import crowd
from tests.fakes.wecom_server import WecomServer
from tests.served import Served

FEW, MANY = 1_000, 100_000
ASKED = 200
BOXES = 10_000_000
STOCK = {("W01", f"D{number:03}"): BOXES for number in range(1, 40)}
QUERIES = {
    "one order": ("{seller}", "查单 {number}"),
    "a customer's": ("{seller}", "查单 {customer}"),
    "my tasks": ("{reviewer}", "我的待办"),
    "the board": ("linxiaomei", "看板"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an engine is measured: a database for the product and one for the bare transaction."""

    engine: str
    url: str
    bare_url: str
    folder: Path
    seconds: float


async def measure(place: Place) -> dict[str, object]:
    """Every figure of one engine."""
    folder = crowd.make(place.folder / "company", PEOPLE, STOCK)
    first = await bare.rate(place.bare_url, AT_ONCE, place.seconds / 3)
    if place.engine == "postgresql":
        await upgrade(place.url)
    async with WecomServer() as wecom:
        variables = {
            **wecom.environment(),
            **crowd.robots(folder),
            "GENDAN_DATABASE_URL": place.url,
            "GENDAN_COMPANY": str(folder),
        }
        cold = {"first": await _cold_start(place, variables, wecom)}
        async with _served(place, variables, wecom) as (server, line):
            cold["again"] = await _until_answered(server, line)
            figures, memory = await _loaded(server, line, place.seconds)
            queries = await _queries(place, line)
    last = await bare.rate(place.bare_url, AT_ONCE, place.seconds / 3)
    return {
        "cold_start_s": {name: round(seconds, 2) for name, seconds in cold.items()},
        "bare_rate": round((first + last) / 2, 1),
        "messages": {name: times.figures() for name, times in figures.items()},
        "order_writes_rate": round(_together(figures["confirm"], figures["approve"]), 1),
        "rss_mb": round(memory / 2**20, 1),
        "queries_ms": queries,
    }


def _together(*times: Times) -> float:
    return sum(len(each.each) for each in times) / sum(each.span for each in times)


@asynccontextmanager
async def _served(
    place: Place, variables: Mapping[str, str], wecom: WecomServer
) -> AsyncIterator[tuple[Served, Line]]:
    connector = aiohttp.TCPConnector(limit=0)
    async with aiohttp.ClientSession(connector=connector) as session:
        server = Served(place.folder, variables)
        try:
            yield server, Line(wecom.platform, server.url, session)
        finally:
            server.kill()


async def _cold_start(place: Place, variables: Mapping[str, str], wecom: WecomServer) -> float:
    async with _served(place, variables, wecom) as (server, line):
        return await _until_answered(server, line)


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


async def _loaded(server: Served, line: Line, seconds: float) -> tuple[dict[str, Times], int]:
    """Orders under load, and the most memory the server held meanwhile."""
    await one_round(line, {"create": Times(), "confirm": Times(), "approve": Times()}, 0)
    process, most = psutil.Process(server.pid), [0]

    async def watch() -> None:
        while True:
            most[0] = max(most[0], process.memory_info().rss)
            await asyncio.sleep(0.2)

    watching = asyncio.create_task(watch())
    try:
        return await orders(line, seconds), most[0]
    finally:
        watching.cancel()


async def _queries(place: Place, line: Line) -> dict[str, dict[str, float]]:
    """The median of each query with few orders and with many."""
    numbers = await one_round(line, {"create": Times(), "confirm": Times(), "approve": Times()}, 1)
    newest = max(numbers)
    medians: dict[str, dict[str, float]] = {name: {} for name in QUERIES}
    filled = newest
    for size in (FEW, MANY):
        await fill(place.url, newest, filled + 1, newest + size, PEOPLE)
        filled = newest + size
        for name, (user, said) in QUERIES.items():
            facts = {
                "seller": crowd.seller(3),
                "reviewer": crowd.reviewer(3),
                "customer": crowd.customer(3),
                "number": filled - 500,
            }
            who, words = user.format_map(facts), said.format_map(facts)
            assert await line.ask(who, words)
            taken = await repeated(lambda who=who, words=words: line.ask(who, words), ASKED)  # type: ignore[misc]
            medians[name][str(size)] = round(taken.percentile(0.5), 2)
    return medians
