"""Bargains: so much is given for so much bought."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from handlers.understanding.spans.items import Item, Line, Quantity
from handlers.understanding.values.numerals import Number

_GIVES = frozenset({"送", "赠", "搭", "赠送", "搭送", "免费送"})
_EVERY = frozenset({"每", "每一", "每满", "每买"})
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Bargain:
    """Where it stands, both numbers, the unit bought and the unit given; no unit where none was said."""

    start: int
    end: int
    bought: Decimal
    given: Decimal
    per: str = ""
    unit: str = ""


def bargains(line: Line) -> Iterator[Bargain]:
    """买10送1, 每箱送1瓶 and the like."""
    for index, item in enumerate(line.items[:-3]):
        first, word, second = line.items[index + 1 : index + 4]
        if line.low(word) not in _GIVES or second.tag not in "NQ":
            continue
        if line.low(item) in {"买", "满", *_EVERY} and first.tag in "NQ":
            per = _unit(first)
            yield Bargain(item.start, second.end, _amount(first), _amount(second), per, _unit(second))
        elif line.low(item) in _EVERY and first.tag == "U":
            yield Bargain(item.start, second.end, _ONE, _amount(second), line.low(first), _unit(second))


def _unit(item: Item) -> str:
    return item.value.unit if isinstance(item.value, Quantity) else ""


def _amount(item: Item) -> Decimal:
    value = item.value
    if isinstance(value, Quantity):
        return value.values[0] if value.values else Decimal(0)
    return value.value if isinstance(value, Number) else Decimal(0)
