"""What it costs to understand a line, and whether it is understood: against a big catalogue and many small ones.

No database is needed, so this is measured once and not by engine. Everything runs in processes of its own, as many as
there are cores. Times are those of the processor, medians or the least of several rounds: what others do to this
machine meanwhile is hardly any part of them. The machine's own speed is, and the yardstick beside them (`yardstick.py`)
tells how fast it is; targets are in absolute times. Catalogues, lines and
noise come from `tests/sayings`, which the tests draw from as well, each from its seed.
"""

import multiprocessing
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from benchmarks.understanding import fuzz, index, meaning, speed

TARGETS: Mapping[str, float] = {
    "index_s": 2.0,
    "index_mb": 150.0,
    "line_p50_ms": 5.0,
    "line_p99_ms": 20.0,
    "silently_wrong": 0,
    "fuzz_errors": 0,
    "fuzz_slowest_ms": 50.0,
}
CITY_SHARE = 5
"""Of so many chunks of noise one is read against the big catalogue."""


def measure(lines: int, noise: int) -> dict[str, Any]:
    """Every figure; with so many generated lines and so many mutated strings."""
    spawn = multiprocessing.get_context("spawn")
    # The costs first, with the machine to themselves as far as it is ours, each in a process that has done nothing else.
    with ProcessPoolExecutor(1, mp_context=spawn, max_tasks_per_child=1) as alone:
        built = alone.submit(index.measure).result()
        timed = alone.submit(speed.measure).result()
    with ProcessPoolExecutor(os.cpu_count() or 1, mp_context=spawn) as pool:
        judged = [pool.submit(meaning.judge, *chunk) for chunk in meaning.chunks(lines)]
        fuzzed = [
            pool.submit(fuzz.fuzz, seed, count, built["yardstick_ms"], city=seed % CITY_SHARE == 0)
            for seed, count in fuzz.chunks(noise)
        ]
        return {
            "index": built,
            "lines": timed,
            "meaning": meaning.gathered([one.result() for one in judged]),
            "fuzz": fuzz.gathered([one.result() for one in fuzzed]),
        }


def verdicts(figures: Mapping[str, Any]) -> dict[str, float]:
    """By target, what was measured."""
    return {
        "index_s": figures["index"]["cpu_s"],
        "index_mb": figures["index"]["mb"],
        "line_p50_ms": figures["lines"]["all"]["p50_ms"],
        "line_p99_ms": figures["lines"]["all"]["p99_ms"],
        "silently_wrong": figures["meaning"]["silently_wrong"],
        "fuzz_errors": figures["fuzz"]["errors"],
        "fuzz_slowest_ms": figures["fuzz"]["slowest_ms"],
    }


def lines(figures: Mapping[str, Any]) -> Sequence[str]:
    """What a person reads."""
    return [
        "understanding",
        *index.lines(figures["index"]),
        *speed.lines(figures["lines"], figures["index"]["yardstick_ms"]),
        *meaning.lines(figures["meaning"]),
        *fuzz.lines(figures["fuzz"]),
    ]
