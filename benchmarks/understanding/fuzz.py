"""Mutated and random strings: none is an error, none takes long."""

import gc
import json
import traceback
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

from benchmarks.understanding.mix import SHARES, Mix
from benchmarks.understanding.yardstick import cpu, yardstick
from bot.company.tables import read_catalogue
from handlers.understanding import Understanding, document
from tests.sayings.catalogues import city
from tests.sayings.line import NOW
from tests.sayings.mutations import mutated, noise
from tests.sayings.orders import Writer
from tests.sayings.shelf import Shelf
from tests.sayings.traps import trap

DATA = Path(__file__).parents[2] / "tests" / "data" / "understanding"
TRADES = ("drinks", "hardware", "clothes")
CHUNK = 2_500
GENERATED = 400
NOISE = 0.1
LIMIT_MS = 50.0
AGAIN = 5
SHOWN = 3


def chunks(count: int) -> Iterator[tuple[int, int]]:
    """By seed, how many strings."""
    for seed, first in enumerate(range(0, count, CHUNK)):
        yield seed, min(CHUNK, count - first)


def fuzz(seed: int, count: int, yardstick_ms: float, *, city: bool) -> dict[str, Any]:
    """Read so many strings made from this seed; `city`: against the big catalogue, else against a trade's.

    `yardstick_ms` is how long the yardstick took while this machine was ours.
    """
    random = Random(seed)
    understanding, known = _big(random) if city else _trade(random, TRADES[seed % len(TRADES)])
    gc.collect()
    gc.freeze()
    errors, slow, total = [], (0.0, ""), 0.0
    for _ in range(count):
        text = noise(random) if random.random() < NOISE else mutated(random, random.choice(known), known)
        try:
            took = _read(understanding, text, yardstick_ms)
        except Exception:
            # Whatever it is, it is told with what brought it about, and the others go on.
            errors.append({"text": text, "error": traceback.format_exc(limit=-2)})
            continue
        total += took
        slow = max(slow, (took, text))
    return {"strings": count, "total_ms": total, "slowest_ms": slow[0], "slowest": slow[1], "errors": errors}


def _read(understanding: Understanding, text: str, yardstick_ms: float) -> float:
    """How long it takes, in milliseconds.

    What seems too long is read again, each time beside the yardstick: all cores are busy now, and a core that is
    shared is slower. What counts is how long it would take with the machine to itself.
    """
    took = _once(understanding, text)
    if took <= LIMIT_MS:
        return took
    return min(_once(understanding, text) * yardstick_ms / (yardstick() * 1000) for _ in range(AGAIN))


def _once(understanding: Understanding, text: str) -> float:
    began = cpu()
    reading = understanding.read(text, sender="lina", now=NOW)
    took = (cpu() - began) * 1000
    json.dumps(document(reading))
    return took


def _big(random: Random) -> tuple[Understanding, list[str]]:
    mix = Mix(random, city())
    writes = list(chain.from_iterable([write] * share for write, share in SHARES.values()))
    return Understanding(city()), [random.choice(writes)(mix) for _ in range(GENERATED)]


def _trade(random: Random, trade: str) -> tuple[Understanding, list[str]]:
    """The lines of every trade, whatever they speak of, and generated ones."""
    files = sorted(DATA.rglob("lines.jsonl"))
    known = [
        json.loads(row)["text"]
        for file in files
        for row in file.read_text("utf-8").splitlines()
        if row.strip()
    ]
    writer = Writer(random, Shelf(trap(random)))
    return Understanding(read_catalogue(DATA / trade)), [
        *known,
        *(writer.line().text for _ in range(GENERATED)),
    ]


def gathered(runs: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """All of them as one."""
    errors = list(chain.from_iterable(run["errors"] for run in runs))
    slowest = max(runs, key=lambda run: run["slowest_ms"])
    strings = sum(run["strings"] for run in runs)
    return {
        "strings": strings,
        "mean_ms": round(sum(run["total_ms"] for run in runs) / strings, 2),
        "slowest_ms": round(slowest["slowest_ms"], 1),
        "slowest": ascii(slowest["slowest"]),
        "errors": len(errors),
        "examples": [{"text": ascii(one["text"]), "error": one["error"]} for one in errors[:SHOWN]],
    }


def lines(figures: Mapping[str, Any]) -> Sequence[str]:
    """What a person reads."""
    rows = [
        "  {strings} mutated and random strings: {errors} errors, {mean_ms} ms each, the slowest {slowest_ms} ms".format(
            **figures
        )
    ]
    if figures["slowest_ms"] > LIMIT_MS:
        rows.append(f"    SLOW: {figures['slowest'][:300]}")
    for one in figures["examples"]:
        rows += [f"    ERROR on {one['text'][:300]}", *(f"      {row}" for row in one["error"].splitlines())]
    return rows
