"""Settling one open slot of a reading: `customer`, `orders`, `lines[0].sku`, …"""

import re
from collections.abc import Container, Mapping
from dataclasses import replace
from decimal import Decimal

from domain.catalogue import Catalogue
from handlers.asking import Open
from handlers.understanding.reading import Doubt, Reading, SaidLine

LINE_PATH = re.compile(r"lines\[(\d+)\]\.(\w+)")
ORDER_OF_ASKING = ("customer", "orders", "warehouse", "staff", "lines", "sku", "unit", "qty")


def first_open(reading: Reading) -> Open | None:
    """What to ask next: the customer first, then line by line."""
    return min(opens(reading), key=_rank, default=None)


def opens(reading: Reading) -> tuple[Open, ...]:
    """Everything that is open."""
    paths = dict.fromkeys((*reading.missing, *reading.ambiguous, *reading.unknown))
    return tuple(_open(path, reading) for path in paths)


def _open(path: str, reading: Reading) -> Open:
    match = LINE_PATH.fullmatch(path)
    kind, line = (match[2], int(match[1])) if match else (path, None)
    doubt = reading.doubts.get(path)
    word = reading.unknown.get(path) or (doubt.word if doubt else "")
    return Open(path, kind, line, reading.ambiguous.get(path, ()), word)


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
    path = f"lines[{index}].unit"
    without_unit = replace(reading, slots=replace(reading.slots, lines=lines))
    return reopened(without_unit, path, Doubt(line.unit))


def value_at(reading: Reading, item: Open) -> str | None:
    """What the slot holds that was asked about: a code, a unit, an address."""
    holder = reading.slots if item.line is None else reading.slots.lines[item.line]
    value = getattr(holder, item.kind, None)
    return value if isinstance(value, str) else None


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
    return drop_lines(reading, frozenset({index}))


def drop_lines(reading: Reading, indexes: Container[int]) -> Reading:
    """The reading without these lines; a reading that has none left lacks them."""
    kept = [at for at in range(len(reading.slots.lines)) if at not in indexes]
    moved = _renumbered(reading, {old: at for at, old in enumerate(kept)})
    return replace(
        moved,
        slots=replace(reading.slots, lines=tuple(reading.slots.lines[at] for at in kept)),
        missing=(*moved.missing, *(() if kept else ("lines",))),
    )


def shifted(reading: Reading, by: int) -> Reading:
    """The reading with its questions about lines as they are once `by` lines stand before its own."""
    return _renumbered(reading, {at: at + by for at in range(len(reading.slots.lines))})


def _renumbered(reading: Reading, new: Mapping[int, int]) -> Reading:
    """The reading with the questions about its lines under their new places; what has none is not asked."""

    def moved(path: str) -> str | None:
        match = LINE_PATH.fullmatch(path)
        if not match:
            return path
        at = new.get(int(match[1]))
        return None if at is None else f"lines[{at}].{match[2]}"

    return replace(
        reading,
        missing=tuple(path for old in reading.missing if (path := moved(old))),
        ambiguous={path: found for old, found in reading.ambiguous.items() if (path := moved(old))},
        unknown={path: word for old, word in reading.unknown.items() if (path := moved(old))},
        doubts={path: doubt for old, doubt in reading.doubts.items() if (path := moved(old))},
    )


def open_lines(reading: Reading) -> frozenset[int]:
    """The lines about which something must be asked."""
    return frozenset(item.line for item in opens(reading) if item.line is not None)


def reopened(reading: Reading, path: str, doubt: Doubt) -> Reading:
    """The reading with a word in doubt again, among all that it fits."""
    return replace(
        reading,
        ambiguous={**reading.ambiguous, **({path: doubt.candidates} if doubt.candidates else {})},
        unknown={**reading.unknown, **({} if doubt.candidates else {path: doubt.word})},
        doubts={**reading.doubts, path: doubt},
    )


def narrow(reading: Reading, item: Open, candidates: tuple[str, ...]) -> Reading:
    """The same question with fewer candidates."""
    return replace(
        without(reading, item.path),
        ambiguous={**without(reading, item.path).ambiguous, item.path: candidates},
    )
