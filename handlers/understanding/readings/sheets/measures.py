"""The measures in a description, so that two of them can be seen to contradict one another."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TypeAlias

from handlers.understanding.vocabulary.atoms import measured

_IN_SMALL = {"l": ("ml", 1000), "kg": ("g", 1000), "m": ("mm", 1000), "cm": ("mm", 10), "kw": ("w", 1000)}
_UNITS = ("ml", "l", "mg", "kg", "g", "mm", "cm", "m", "kw", "w", "寸", "平方", "抽")
_MEASURE = re.compile(
    rf"(?<![\d.a-z])(?P<n>\d{{1,6}}(?:\.\d{{1,4}})?)\s*(?P<unit>{'|'.join(_UNITS)})(?![a-wyz])"
)
_LETTERED = re.compile(r"(?<![a-z0-9])(?P<kind>m|dn|de|pn)\s*(?P<n>\d{1,4}(?:\.\d+)?(?:x\d+(?:\.\d+)?)?)")


Measures: TypeAlias = Mapping[str, frozenset[Decimal | str]]


def measures(low: str) -> Measures:
    """Every measure in words of our spelling, by kind: 1.5l is 1500 of `ml`, m8x30 is `8x30` of `m`."""
    found: dict[str, set[Decimal | str]] = {}
    for match in _MEASURE.finditer(measured(low)):
        unit, factor = _IN_SMALL.get(match["unit"], (match["unit"], 1))
        found.setdefault(unit, set()).add(Decimal(match["n"]) * factor)
    for match in _LETTERED.finditer(low):
        found.setdefault(f"{match['kind']}…", set()).add(match["n"])
    return {kind: frozenset(values) for kind, values in found.items()}


def contradict(first: Measures, second: Measures) -> bool:
    """Whether two descriptions have measures of the same kind and none in common."""
    return any(not _common(first[kind], second[kind]) for kind in first.keys() & second.keys())


def _common(one: frozenset[Decimal | str], other: frozenset[Decimal | str]) -> bool:
    """M8 is in M8×30."""
    if one & other:
        return True
    return any(str(a).split("x")[0] == str(b) or str(b).split("x")[0] == str(a) for a in one for b in other)
