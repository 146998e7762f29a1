"""A size glued to a quantity: 白40一打, 可乐330罐20箱."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest

from handlers.understanding.spans.goods import ProductFinder
from handlers.understanding.spans.items import Item, Line, Quantity
from handlers.understanding.values.numerals import Number
from handlers.understanding.vocabulary.mentions import Fragment

_PER = re.compile(r"(?P<size>\d+(?:\.\d+)?)\s*一(?P<unit>[^\d\s]+)")


def resized(line: Line, items: Sequence[Item], products: ProductFinder) -> list[Item]:
    """白40一打 is a size and a quantity, not a price, where the goods before come in that size."""
    out: list[Item] = []
    for item, following in zip_longest(items, items[1:]):
        if _contained(line, item, following, out[-1:], products):
            value = (
                Number(item.start, item.end, item.value.values) if isinstance(item.value, Quantity) else None
            )
            out.append(Item("N", item.start, item.end - 1, value))
            continue
        match = _PER.fullmatch(line.low(item)) if item.tag == "M" else None
        last = out[-1] if out else None
        if match and last and last.tag == "P" and last.end == item.start:
            middle = item.start + match.end("size")
            size = Fragment("size", match["size"], item.start, middle)
            if products.fit((*last.named.fragments, size)):
                value = Number(item.start, middle, (Decimal(match["size"]),))
                out.append(Item("N", item.start, middle, value))
                out.append(Item("Q", middle, item.end, Quantity((Decimal(1),), match["unit"])))
                continue
        out.append(item)
    return out


def _contained(
    line: Line, item: Item, following: Item | None, before: Sequence[Item], products: ProductFinder
) -> bool:
    """可乐330罐20箱: a number and its container right before a quantity, where the goods come in that size."""
    if item.tag != "Q" or following is None or following.tag != "Q" or following.start != item.end:
        return False
    word = re.match(r"[\d.]+(?=[瓶罐听桶袋盒杯]$)", line.low(item))
    last = before[0] if before and before[0].tag == "P" and before[0].end == item.start else None
    if word is None or last is None:
        return False
    return bool(products.fit((*last.named.fragments, Fragment("size", word[0], item.start, item.end))))
