"""Answers as the contract writes them: how they are made, and how they are compared."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

WORDS = frozenset({"note", "reason", "address"})
FIGURES = frozenset({"qty", "delta", "price", "amount", "minutes"})
WRITING = frozenset({"order.create", "order.repeat", "order.change"})

Answer = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A line of goods as it was meant: what is written, and what must be asked about it."""

    line: Mapping[str, Any]
    ambiguous: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()


def order(intent: str, slots: Mapping[str, Any], lines: Iterable[Wanted]) -> dict[str, Any]:
    """An order with these lines, and the questions about them."""
    wanted = list(lines)
    kept = {key: value for key, value in slots.items() if value not in (None, False, "")}
    made: dict[str, Any] = {
        "intent": intent,
        "slots": {**kept, "lines": [dict(one.line) for one in wanted]} if wanted else kept,
    }
    for kind in ("ambiguous", "unknown"):
        asked = {
            f"lines[{at}].{key}": value
            for at, one in enumerate(wanted)
            for key, value in getattr(one, kind).items()
        }
        made |= {kind: asked} if asked else {}
    missing = [f"lines[{at}].{key}" for at, one in enumerate(wanted) for key in one.missing]
    return made | ({"missing": missing} if missing else {})


def same(want: Answer, got: Answer) -> bool:
    """Whether two answers are the same; free words need only overlap, candidates have no order."""
    pairs = zip(requests(want), requests(got), strict=False)
    return len(requests(want)) == len(requests(got)) and all(_same_request(a, b) for a, b in pairs)


def requests(answer: Answer) -> list[Answer]:
    """An answer and those that follow it."""
    return [answer, *answer.get("also", ())]


def written_wrongly(want: Answer, got: Answer) -> bool:
    """Whether something would be written that was not meant, and nothing asked about it."""
    meant = [_core(one) for one in requests(want) if one["intent"] in WRITING and not asks(one)]
    return any(
        one["intent"] in WRITING and not asks(one) and _core(one) not in meant for one in requests(got)
    )


def asks(answer: Answer) -> bool:
    """Whether something is asked before anything is written."""
    return any(answer.get(key) for key in ("missing", "ambiguous", "unknown"))


def _same_request(want: Answer, got: Answer) -> bool:
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


def _core(answer: Answer) -> tuple[Any, ...]:
    slots = _plain(answer.get("slots", {}))
    return answer["intent"], slots.get("customer"), slots.get("lines"), slots.get("orders")
