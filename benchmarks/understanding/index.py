"""The time and the memory it takes to index a big catalogue."""

import gc
import resource
import statistics
from collections.abc import Mapping, Sequence
from typing import Any

import psutil

from benchmarks.understanding.yardstick import cpu, yardstick
from handlers.understanding import Understanding
from tests.sayings.catalogues import city

ROUNDS = 5
MB = 2**20


def measure() -> dict[str, Any]:
    """In a process of its own: how much it grows by the first index, and the median time of several."""
    catalogue = city()
    gc.collect()
    process = psutil.Process()
    before = process.memory_info().rss
    took, sticks = [], []
    began = cpu()
    understanding = Understanding(catalogue)
    took.append(cpu() - began)
    gc.collect()
    most = max(process.memory_info().rss, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
    del understanding
    for _ in range(ROUNDS):
        sticks.append(yardstick())
        began = cpu()
        Understanding(catalogue)
        took.append(cpu() - began)
    median, stick = statistics.median(took), statistics.median(sticks)
    return {
        "products": len(catalogue.products),
        "customers": len(catalogue.customers),
        "cpu_s": round(median, 2),
        "mb": round((most - before) / MB, 1),
        "yardstick_ms": round(stick * 1000, 1),
        "to_yardstick": round(median / stick, 1),
    }


def lines(figures: Mapping[str, Any]) -> Sequence[str]:
    """What a person reads."""
    return [
        "  the index of {products} products and {customers} customers: {cpu_s} s, {mb} MB at most; "
        "{to_yardstick} times the yardstick's {yardstick_ms} ms".format(**figures)
    ]
