"""How the lines of an order came about: which product, how many of which unit, at which price."""

from collections.abc import Iterator
from decimal import Decimal

from handlers.understanding.lines.measuring import Asked
from handlers.understanding.lines.packs import packs
from handlers.understanding.lines.pieces import word_kind
from handlers.understanding.lines.reader import Lines
from handlers.understanding.spans.items import Line, Quantity
from handlers.understanding.vocabulary.mentions import Named
from handlers.understanding.vocabulary.words import SAME_UNIT
from handlers.understanding.why.facts import Before, Entry, Narrowed
from handlers.understanding.why.figures import Given, Measured, Priced, Unused
from handlers.understanding.why.naming import NameTeller
from handlers.understanding.why.reasons import Reason

_DOZEN = "打"


class GoodsTeller:
    """Tells how product lines came about."""

    def __init__(self, names: NameTeller) -> None:
        self._names = names

    def reasons(self, goods: Lines, line: Line, *, rows: bool = False) -> Iterator[Reason]:
        """The reasons of all lines said in `line`, or as the rows of a table beside it, in their order."""
        counted: list[Quantity] = [item.value for item in line.items if isinstance(item.value, Quantity)]
        counted += [asked.quantity for asked in goods.asked if rows and asked.quantity]
        for index, asked in enumerate(goods.asked):
            shared = any(one.quantity is asked.quantity for one in goods.asked[:index])
            shared = shared and asked.quantity is not None
            words = _words(asked.said, line, rows=rows) if asked.said else ""
            yield from self._of(asked, words, line, counted, shared=shared)
        yield from _unused(goods, line) if goods.asked else ()

    def before(self, goods: Lines, line: Line) -> Iterator[Reason]:
        """The reasons of lines that earlier lines of the conversation said, and that `line` may fill."""
        for asked in goods.asked:
            entry = self._entry(asked)
            if asked.said and asked.said.words in line.text.raw:
                yield self._names.found(asked.said)
            elif entry:
                yield Before("lines", entry)

    def _of(
        self, asked: Asked, words: str, line: Line, counted: list[Quantity], *, shared: bool
    ) -> Iterator[Reason]:
        entry = self._entry(asked)
        if asked.bargain:
            words = line.raw(asked.bargain.start, asked.bargain.end)
            yield Given(words, entry, asked.line.qty, asked.line.unit or "")
            return
        if entry and asked.said and not words:
            yield Before("lines", entry)
        elif asked.said and asked.said.entries:
            yield self._names.found(asked.said, words)
            if entry and len(asked.said.entries) > 1:
                unit = asked.quantity.unit if asked.quantity else ""
                yield Narrowed("unit" if unit else "order", unit, entry)
        yield from _measured(asked, entry, counted, shared=shared)
        if asked.money and asked.line.price is not None:
            words = line.raw(asked.money.start, asked.money.end)
            yield Priced(words, asked.money.value, asked.money.unit, asked.line.price, asked.line.unit or "")

    def _entry(self, asked: Asked) -> Entry | None:
        return self._names.entry("product", min(asked.entries)) if len(asked.entries) == 1 else None


def _words(said: Named, line: Line, *, rows: bool) -> str:
    """The words of the line that name goods; nothing where only an earlier line did.

    Of a matrix (黑色 红色 各码10件) each product has all of them; the `rows` of a table stand beside the line.
    """
    if rows or said.words in line.text.raw:
        return said.words
    placed = [one for one in said.fragments if one.start < one.end]
    return line.raw(min(one.start for one in placed), max(one.end for one in placed)) if placed else ""


def _measured(
    asked: Asked, entry: Entry | None, counted: list[Quantity], *, shared: bool
) -> Iterator[Measured]:
    line, said = asked.line, asked.quantity
    unit = line.unit or ""
    if line.delta is not None:
        yield Measured("plus" if line.delta > 0 else "minus", entry, "", abs(line.delta), unit)
    elif line.qty == 0:
        yield Measured("out", entry, "", Decimal(0), unit)
    if line.qty and line.gift:
        yield Measured("gift", entry, "", line.qty, unit)
    if said is None or len(said.values) != 1 or not (line.qty or line.delta):
        return
    value = line.qty or abs(line.delta or Decimal(0))
    if said.unit == "" and unit:
        yield Measured("default", entry, "", value, unit)
    elif said.unit == _DOZEN and unit != _DOZEN:
        yield Measured("dozen", entry, said.unit, value, unit)
    elif unit and unit != said.unit and SAME_UNIT.get(said.unit) == unit:
        yield Measured("same", entry, said.unit, value, unit)
    if shared:
        yield Measured("each", entry, "", value, unit)
    elif said.unit and said not in counted:
        yield Measured("worked", entry, "", value, unit)


def _unused(goods: Lines, line: Line) -> Iterator[Unused]:
    """Quantities that count nothing, and what makes them so."""
    held = list(packs(line))
    yield from (Unused("pack", line.raw(start, end)) for start, end in held)
    used = [asked.quantity for asked in goods.asked]
    kinds = [(item.start, word_kind(line.low(item))) for item in line.items]
    for item in line.items:
        if not isinstance(item.value, Quantity) or item.value in used or _within(item.start, held):
            continue
        before = [kind for start, kind in kinds if start < item.start and kind]
        if before[-1:] == ["total"]:
            yield Unused("total", line.raw(item.start, item.end))
        elif any(kind == "fix" for start, kind in kinds if start > item.start):
            yield Unused("corrected", line.raw(item.start, item.end))


def _within(at: int, stretches: list[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in stretches)
