"""Lines with expected answers, and how an answer is compared."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from bot.company.tables import read_catalogue
from handlers.understanding import Understanding, document

DATA = Path(__file__).parents[2] / "data" / "understanding"
WORDS = frozenset({"note", "reason", "address"})
FIGURES = frozenset({"qty", "delta", "price", "amount", "minutes"})
WRITING = frozenset({"order.create", "order.repeat", "order.change"})
MONDAY = datetime.fromisoformat("2026-11-23T10:00:00+08:00")


@cache
def understanding(trade: str) -> Understanding:
    """The understanding of one trade's catalogue."""
    return Understanding(read_catalogue(DATA / trade))


def read(text: str, *history: str, trade: str = "drinks", now: datetime = MONDAY) -> dict[str, Any]:
    """What a line means, as the contract writes it, without what is empty."""
    made = document(understanding(trade).read(text, sender="lina", now=now, history=history))
    return {key: value for key, value in made.items() if value}


@dataclass(frozen=True)
class Tally:
    """How many answers were right, had the right intent, or would have been written wrongly unasked."""

    lines: int
    right: int
    intent: int
    silent: tuple[str, ...]
    wrong: tuple[str, ...]


def tally(trade: str, lines: str = "") -> Tally:
    """Read every line of a trade, or other lines about its catalogue, and compare."""
    wrong, silent, intent = [], [], 0
    cases = list(_cases(lines or trade))
    for case in cases:
        got = read(
            case["text"], *case.get("history", ()), trade=trade, now=datetime.fromisoformat(case["now"])
        )
        want = case["expect"]
        intent += want["intent"] == got["intent"]
        wrong += [case["id"]] if not same(want, got) else []
        silent += [case["id"]] if _written_wrongly(want, got) else []
    return Tally(len(cases), len(cases) - len(wrong), intent, tuple(silent), tuple(wrong))


def _cases(folder: str) -> Iterator[dict[str, Any]]:
    for row in (DATA / folder / "lines.jsonl").read_text(encoding="utf-8").splitlines():
        if row.strip():
            yield json.loads(row)


def same(want: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    """Whether two answers are the same; free words need only overlap, candidates have no order."""
    pairs = zip(_requests(want), _requests(got), strict=False)
    return len(_requests(want)) == len(_requests(got)) and all(_same_request(a, b) for a, b in pairs)


def _requests(answer: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [answer, *answer.get("also", ())]


def _same_request(want: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    a, b = _plain(want.get("slots", {})), _plain(got.get("slots", {}))
    slots = set(a) == set(b) and all(_overlap(a[k], b[k]) if k in WORDS else a[k] == b[k] for k in a)
    candidates = {k: set(v) for k, v in want.get("ambiguous", {}).items()} == {
        k: set(v) for k, v in got.get("ambiguous", {}).items()
    }
    c, d = want.get("unknown", {}), got.get("unknown", {})
    unknown = set(c) == set(d) and all(_overlap(c[k], d[k]) for k in c)
    missing = set(want.get("missing", ())) == set(got.get("missing", ()))
    return want["intent"] == got["intent"] and slots and candidates and unknown and missing


def _plain(value: Any, key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {
            name: _plain(one, name) for name, one in value.items() if one not in (None, False, "", [], {})
        }
    if isinstance(value, list):
        made = [_plain(one, key) for one in value]
        return sorted(made) if key in {"orders", "skus"} else made
    return _figure(value) if key in FIGURES else value


def _figure(value: Any) -> Any:
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return value


def _overlap(a: str, b: str) -> bool:
    a, b = (re.sub(r"[\W_]+", "", words) for words in (a, b))
    return bool(a and b) and (a in b or b in a)


def _written_wrongly(want: Mapping[str, Any], got: Mapping[str, Any]) -> bool:
    """Whether something would be written that was not meant, and nothing asked about it."""
    meant = [_core(one) for one in _requests(want) if one["intent"] in WRITING and not _asks(one)]
    return any(
        one["intent"] in WRITING and not _asks(one) and _core(one) not in meant for one in _requests(got)
    )


def _asks(answer: Mapping[str, Any]) -> bool:
    return any(answer.get(key) for key in ("missing", "ambiguous", "unknown"))


def _core(answer: Mapping[str, Any]) -> tuple[Any, ...]:
    slots = _plain(answer.get("slots", {}))
    return answer["intent"], slots.get("customer"), slots.get("lines"), slots.get("orders")
