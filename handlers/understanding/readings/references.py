"""Which orders an action is about: by number, the last one, or by customer."""

import re
from collections.abc import Sequence

from handlers.understanding.grammar.classify import Shape
from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.readings.slots import SlotReader
from handlers.understanding.spans.items import Item, Line
from handlers.understanding.values.numerals import Number
from handlers.understanding.values.refs import Orders
from handlers.understanding.vocabulary.lexicon import Lexicon

_RANGE = frozenset({"-", "~", "到", "至"})
_LONGEST_RANGE = 30
LEADING = re.compile(
    r"^(?:收到|好的|ok|[\s,。:]|把|将|订单|单)*(?P<list>N(?:[\s,、和跟与及/.到至~-]*N)*)(?![箱件个])"
)

# 发货 17 …, 取消17和18: the numbers right after the word of action are orders', but for those with a unit.
_HEADING = re.compile(
    r"^\s*(?:[\u4e00-\u9fff]{2,6}\s*[:,]?\s*)(?P<list>N(?:[\s,、和跟与及/到至~-]*N)*)(?=\s|$|[\u4e00-\u9fffOPDTSC])"
)


class References:
    """Reads references to orders."""

    def __init__(self, lexicon: Lexicon, slots: SlotReader) -> None:
        self._lexicon = lexicon
        self._slots = slots

    def places(self, line: Line) -> frozenset[int]:
        """Where bare numbers of orders stand."""
        return frozenset(item.start for item in (*self.leading(line), *self.heading(line)))

    def leading(self, line: Line) -> list[Item]:
        """Bare numbers a line begins with (17、18都发了)."""
        match = LEADING.match(line.masked)
        if not match:
            return []
        count = match["list"].count("N")
        return self._slots.bare_numbers(line)[:count]

    def heading(self, line: Line) -> list[Item]:
        """Bare numbers right after the word a line begins with (发货 17 雪碧40箱)."""
        match = _HEADING.match(line.masked)
        return self._slots.bare_numbers(line)[: match["list"].count("N")] if match else []

    def refer(self, made: Sketch, line: Line, about: tuple[str, ...], *, talking: bool = False) -> None:
        """Which orders: by number, the last one, or by customer."""
        said = _with_ranges(line, self.leading(line) or self.heading(line))
        orders = tuple(dict.fromkeys([*said, *self._slots.orders(line), *self.numbered(line)]))
        customers = self._slots.named(line.items, "C", self._lexicon.customers.names)
        if not orders and not customers:
            orders = about or (("last",) if talking else ())
        made.put(orders=orders)
        if customers:
            made.choose("customer", self._lexicon.customers, customers[0].entries, customers[0].words)
        if not orders and not customers:
            made.missing.append("orders")

    def numbered(self, line: Line) -> list[str]:
        """18号雪碧改30箱: a number of a day right before goods is an order's."""
        shape = re.match(r"\s*DP", line.masked)
        first = self._slots.days(line)[:1] if shape else []
        return [str(day.number) for day in first if day.number]

    def given(self, line: Line, shape: Shape, about: tuple[str, ...]) -> bool:
        """Whether any order or customer is spoken of."""
        if re.match(r"(?:收到|已收|收了)?D\S", shape.masked) and any(
            day.number for day in self._slots.days(line)[:1]
        ):
            return True
        return (
            bool(about) or shape.has("OC") or bool(LEADING.match(shape.masked)) or bool(self.trailing(line))
        )

    def trailing(self, line: Line) -> list[Item]:
        """Bare numbers that follow the word of action (通过 17)."""
        heading = self.heading(line)
        if heading:
            return heading
        return [item for item in self._slots.bare_numbers(line) if line.low(item).isdigit()]

    def orders(self, line: Line, *, paid: bool) -> tuple[str, ...]:
        """The orders an action is about; of two bare numbers beside money the first is the order."""
        written = self._slots.orders(line)
        leading = _with_ranges(line, self.leading(line))
        if written or leading:
            return tuple(dict.fromkeys([*leading, *written]))
        days = [day for day in self._slots.days(line) if day.number]
        if days and not any(isinstance(item.value, Orders) or item.tag == "C" for item in line.items):
            return (str(days[0].number),)
        if any(item.tag == "C" for item in line.items):
            return ()
        trailing = _with_ranges(line, self.trailing(line))
        return tuple(trailing[:1] if paid and len(trailing) > 1 else trailing)


def plain(digits: str) -> str:
    return digits.lstrip("0") or digits


def _written(line: Line, item: Item) -> str:
    """The order's number in digits; as it was said where nobody writes numbers of orders so (2千万)."""
    low, said = plain(line.low(item)), item.value
    if isinstance(said, Number) and said.chinese and len(said.values) == 1:
        return str(int(said.value)) if said.value == said.value.to_integral_value() else low
    return low


def _with_ranges(line: Line, items: Sequence[Item]) -> list[str]:
    """Order numbers, with those between where a range was said (17到19)."""
    out: list[str] = []
    for before, item in zip([None, *items], items, strict=False):
        low = _written(line, item)
        joined = line.text.low[before.end : item.start].strip() if before else ""
        first = int(out[-1]) if out and out[-1].isdigit() else 0
        if joined in _RANGE and low.isdigit() and first < int(low) <= first + _LONGEST_RANGE:
            out += [str(number) for number in range(first + 1, int(low))]
        out.append(low)
    return out
