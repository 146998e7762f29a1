"""`python -m benchmarks`: measure, print a table, write `benchmarks/results.json`."""

import argparse
import asyncio
import json
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from benchmarks import tick, understanding
from benchmarks.bench import DATABASES, FEW, MANY, measure
from benchmarks.place import Part, Place
from tests.services.postgres import postgres

RESULTS = Path(__file__).with_name("results.json")
PARTS: dict[str, Part] = {"tick": tick}
"""What is measured after the messages, each with databases, targets and lines of its own."""
TARGETS = {
    "order_writes_to_bare": 0.35,
    "p99_to_p50": 10.0,
    "query_growth": 1.5,
    "rss_mb": 150.0,
    "cold_start_s": 3.0,
    **{name: target for part in PARTS.values() for name, target in part.TARGETS.items()},
}
NAMES = (*DATABASES, *(name for part in PARTS.values() for name in part.DATABASES))
REPORTS_MS = {"daily report": 50.0, "board": 20.0}
REPORTS_TO_BEST = 1.3
"""A report may take longer than its milliseconds on a slow machine, but hardly longer than one statement for it."""


def main() -> int:
    """Measure the engines asked for; 0 when every target is met."""
    parser = argparse.ArgumentParser(description="What the product costs on this machine.")
    parser.add_argument("--engines", default="sqlite,postgresql")
    parser.add_argument("--seconds", type=float, default=15.0, help="how long orders are entered")
    parser.add_argument(
        "--lines", type=int, default=20_000, help="how many lines are made up; 0: none is read"
    )
    parser.add_argument("--noise", type=int, default=100_000, help="how many of them are spoilt")
    chosen = parser.parse_args()
    results: dict[str, Any] = {"python": platform.python_version(), "targets": TARGETS, "engines": {}}
    if chosen.lines:
        results["understanding"] = _understood(chosen.lines, chosen.noise)
    for engine in filter(None, chosen.engines.split(",")):
        with _place(engine, chosen.seconds) as place:
            figures = asyncio.run(_measured(place))
        results["engines"][engine] = {**figures, "verdicts": verdicts(figures)}
        print(table(engine, results["engines"][engine]), flush=True)
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", "utf-8")
    measured = {**results["engines"], "understanding": results.get("understanding", {"verdicts": {}})}
    missed = [
        f"{engine}: {name}"
        for engine, figures in measured.items()
        for name, verdict in figures["verdicts"].items()
        if not verdict["met"]
    ]
    print("every target is met" if not missed else f"missed: {', '.join(missed)}")
    return 1 if missed else 0


def _understood(lines: int, noise: int) -> dict[str, Any]:
    figures = understanding.measure(lines, noise)
    found = {
        name: {
            "measured": value,
            "target": understanding.TARGETS[name],
            "met": value <= understanding.TARGETS[name],
        }
        for name, value in understanding.verdicts(figures).items()
    }
    print("\n".join([*understanding.lines(figures), *_signs(found)]), flush=True)
    return {**figures, "verdicts": found}


async def _measured(place: Place) -> dict[str, Any]:
    figures = await measure(place)
    return {**figures, **{name: await part.measure(place) for name, part in PARTS.items()}}


@contextmanager
def _place(engine: str, seconds: float) -> Iterator[Place]:
    with tempfile.TemporaryDirectory(prefix="gendan-bench-") as name:
        folder = Path(name)
        if engine == "sqlite":
            urls = {name: f"sqlite+aiosqlite:///{folder / name}.db" for name in NAMES}
            yield Place(engine, urls, folder, seconds)
            return
        with postgres(durable=True) as server, ExitStack() as stack:
            urls = {name: stack.enter_context(server.fresh()) for name in NAMES}
            yield Place(engine, urls, folder, seconds)


def verdicts(figures: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Each target with what was measured."""
    slowest = max(kind["p99_ms"] / kind["p50_ms"] for kind in figures["messages"].values())
    growth = max(query[str(MANY)] / query[str(FEW)] for query in figures["queries_ms"].values())
    measured = {
        "order_writes_to_bare": figures["order_writes_rate"] / figures["bare_rate"],
        "p99_to_p50": slowest,
        "query_growth": growth,
        "rss_mb": figures["rss_mb"],
        "cold_start_s": figures["cold_start_s"]["again"],
        **{name: value for part, its in PARTS.items() for name, value in its.verdicts(figures[part]).items()},
    }
    plain = {
        name: {
            "measured": round(value, 2),
            "target": TARGETS[name],
            "met": value >= TARGETS[name] if name == "order_writes_to_bare" else value <= TARGETS[name],
        }
        for name, value in measured.items()
    }
    return plain | {
        f"{name} p50 ms": {
            "measured": one["p50_ms"],
            "target": f"{REPORTS_MS[name]:g}, or {REPORTS_TO_BEST} times one statement's {one['best_ms']}",
            "met": one["p50_ms"] <= REPORTS_MS[name] or one["ratio"] <= REPORTS_TO_BEST,
        }
        for name, one in figures["reports"].items()
        if name in REPORTS_MS
    }


def table(engine: str, figures: dict[str, Any]) -> str:
    """What a person reads."""
    rows = [f"{engine}", f"  {'message':<14}{'a second':>10}{'p50 ms':>10}{'p99 ms':>10}"]
    for name, kind in figures["messages"].items():
        rows.append(f"  {name:<14}{kind['rate']:>10}{kind['p50_ms']:>10}{kind['p99_ms']:>10}")
    writes, bare = figures["order_writes_rate"], figures["bare_rate"]
    rows.append(f"  order writes a second {writes}, the bare transaction {bare}")
    rows.append(f"  {'query':<14}{f'p50 ms, {FEW}':>16}{f'p50 ms, {MANY}':>18}")
    for name, query in figures["queries_ms"].items():
        rows.append(f"  {name:<14}{query[str(FEW)]:>16}{query[str(MANY)]:>18}")
    for name, part in PARTS.items():
        rows.extend(part.lines(figures[name]))
    for name, one in figures["reports"].items():
        rows.append(
            f"  {name}, a million orders: " + ", ".join(f"{key} {value}" for key, value in one.items())
        )
    return "\n".join([*rows, *_signs(figures["verdicts"])])


def _signs(verdicts: Mapping[str, Mapping[str, Any]]) -> list[str]:
    return [
        f"  {'met   ' if one['met'] else 'MISSED'} {name}: {one['measured']} (target {one['target']})"
        for name, one in verdicts.items()
    ]


if __name__ == "__main__":
    sys.exit(main())
