"""Settling one open slot of a reading: `customer`, `orders`, `lines[0].sku`, …"""

import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from domain.catalogue import Catalogue
from handlers.asking import Open
from handlers.understanding.reading import Reading, SaidLine

LINE_PATH = re.compile(r"lines\[(\d+)\]\.(\w+)")
ORDER_OF_ASKING = ("customer", "orders", "warehouse", "staff", "lines", "sku", "unit", "qty")


def first_open(reading: Reading) -> Open | None:
    """What to ask next: the customer first, then line by line."""
    found = [_open(path, reading) for path in (*reading.missing, *reading.ambiguous, *reading.unknown)]
    return min(found, key=_rank, default=None)


def _open(path: str, reading: Reading) -> Open:
    match = LINE_PATH.fullmatch(path)
    kind, line = (match[2], int(match[1])) if match else (path, None)
    return Open(path, kind, line, reading.ambiguous.get(path, ()), reading.unknown.get(path, ""))


def _rank(item: Open) -> tuple[int, int, int]:
    kind = ORDER_OF_ASKING.index(item.kind) if item.kind in ORDER_OF_ASKING else len(ORDER_OF_ASKING)
    return (0, kind, 0) if item.line is None else (1, item.line, kind)


def settle(reading: Reading, item: Open, value: str, catalogue: Catalogue) -> Reading:
    """The reading with this slot filled."""
    rest = without(reading, item.path)
    if item.line is None:
        filled = {"orders": (value,)} if item.kind == "orders" else {item.kind: value}
        return replace(rest, slots=replace(rest.slots, **filled))
    line = _with_value(rest.slots.lines[item.line], item.kind, value, catalogue)
    settled = replace(rest, slots=replace(rest.slots, lines=_put(rest.slots.lines, item.line, line)))
    return _check_unit(settled, item.line, catalogue)


def _with_value(line: SaidLine, kind: str, value: str, catalogue: Catalogue) -> SaidLine:
    if kind == "qty":
        return replace(line, qty=Decimal(value))
    if kind == "unit":
        return replace(line, unit=value)
    unit = line.unit or (catalogue.products[value].default_unit if line.qty is not None else None)
    return replace(line, sku=value, unit=unit)


def _check_unit(reading: Reading, index: int, catalogue: Catalogue) -> Reading:
    """A unit said before the product was known may not be one of its units: then it is asked about."""
    line = reading.slots.lines[index]
    if line.sku is None or line.unit is None or catalogue.products[line.sku].size_of(line.unit) is not None:
        return reading
    lines = _put(reading.slots.lines, index, replace(line, unit=None))
    unknown: Mapping[str, str] = {**reading.unknown, f"lines[{index}].unit": line.unit}
    return replace(reading, slots=replace(reading.slots, lines=lines), unknown=unknown)


def _put(lines: tuple[SaidLine, ...], index: int, line: SaidLine) -> tuple[SaidLine, ...]:
    return (*lines[:index], line, *lines[index + 1 :])


def without(reading: Reading, path: str) -> Reading:
    """The reading with this slot no longer asked about."""
    return replace(
        reading,
        missing=tuple(other for other in reading.missing if other != path),
        ambiguous={other: found for other, found in reading.ambiguous.items() if other != path},
        unknown={other: word for other, word in reading.unknown.items() if other != path},
    )


def drop_line(reading: Reading, index: int) -> Reading:
    """The reading without its `index`-th line; the questions about later lines move up."""

    def moved(path: str) -> str | None:
        match = LINE_PATH.fullmatch(path)
        if not match:
            return path
        at = int(match[1])
        return None if at == index else f"lines[{at - (at > index)}].{match[2]}"

    lines = (*reading.slots.lines[:index], *reading.slots.lines[index + 1 :])
    return replace(
        reading,
        slots=replace(reading.slots, lines=lines),
        missing=(*(new for old in reading.missing if (new := moved(old))), *(() if lines else ("lines",))),
        ambiguous={new: found for old, found in reading.ambiguous.items() if (new := moved(old))},
        unknown={new: word for old, word in reading.unknown.items() if (new := moved(old))},
    )


def narrow(reading: Reading, item: Open, candidates: tuple[str, ...]) -> Reading:
    """The same question with fewer candidates."""
    return replace(
        without(reading, item.path),
        ambiguous={**without(reading, item.path).ambiguous, item.path: candidates},
    )
