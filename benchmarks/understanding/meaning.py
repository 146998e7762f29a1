"""Generated lines with known answers: how many are understood, and none may be written wrongly unasked."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from random import Random
from typing import Any

from handlers.understanding import Understanding, document
from tests.sayings.answers import same, written_wrongly
from tests.sayings.catalogues import city
from tests.sayings.line import NOW, Line
from tests.sayings.orders import Writer
from tests.sayings.shelf import Shelf
from tests.sayings.traps import trap

LINES_EACH = 40
"""A catalogue is good for so many lines."""
CATALOGUES = 25
"""A process is given so many of them at a time."""
CITY_LINES = 500
SHOWN = 5


def chunks(lines: int) -> Iterator[tuple[int, int]]:
    """From which seed on, and how many catalogues; the first chunk is the big catalogue, which has no seed but 0."""
    yield 0, 0
    left = -(-(lines - CITY_LINES) // LINES_EACH)
    for first in range(1, left + 1, CATALOGUES):
        yield first, min(CATALOGUES, left + 1 - first)


def judge(first: int, catalogues: int) -> dict[str, Any]:
    """Read the lines of these catalogues and compare; no catalogues: those of the big one."""
    tally = _new()
    if not catalogues:
        random = Random(first)
        _judge(tally, Understanding(city()), Writer(random, Shelf(city())), CITY_LINES, "the big catalogue")
    for seed in range(first, first + catalogues):
        random = Random(seed)
        catalogue = trap(random)
        writer = Writer(random, Shelf(catalogue))
        _judge(tally, Understanding(catalogue), writer, LINES_EACH, f"seed {seed}")
    return tally


def _new() -> dict[str, Any]:
    return {"lines": Counter(), "right": Counter(), "silent": []}


def _judge(
    tally: dict[str, Any], understanding: Understanding, writer: Writer, count: int, where: str
) -> None:
    for at in range(count):
        line = writer.line()
        got = document(understanding.read(line.text, sender="lina", now=NOW, history=line.history))
        tally["lines"][line.kind] += 1
        tally["right"][line.kind] += same(line.answer, got)
        if written_wrongly(line.answer, got):
            tally["silent"].append(_told(line, got, f"{where}, line {at}"))


def _told(line: Line, got: Mapping[str, Any], where: str) -> dict[str, Any]:
    return {
        "where": where,
        "kind": line.kind,
        "text": line.text,
        "history": line.history,
        "want": line.answer,
        "got": got,
    }


def gathered(tallies: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """All of them as one."""
    every, right = Counter[str](), Counter[str]()
    silent: list[Mapping[str, Any]] = []
    for tally in tallies:
        every += tally["lines"]
        right += tally["right"]
        silent += tally["silent"]
    return {
        "lines": every.total(),
        "silently_wrong": len(silent),
        "right": round(right.total() / every.total(), 4),
        "kinds": {
            kind: {"lines": count, "right": round(right[kind] / count, 3)}
            for kind, count in every.most_common()
        },
        "examples": silent[:SHOWN],
    }


def lines(figures: Mapping[str, Any]) -> Sequence[str]:
    """What a person reads."""
    kinds = ", ".join(f"{kind} {one['right']:.1%}" for kind, one in figures["kinds"].items())
    rows = [
        f"  {figures['lines']} generated lines: {figures['silently_wrong']} silently wrong, {figures['right']:.1%} right",
        f"    right by kind: {kinds}",
    ]
    for one in figures["examples"]:
        rows += [
            f"    SILENTLY WRONG ({one['where']}, {one['kind']}): {one['text']!r} {one['history'] or ''}"
        ]
        rows += [f"      {name}: {json.dumps(one[name], ensure_ascii=False)}" for name in ("want", "got")]
    return rows
