"""Orders that a line speaks of, by number or as the one just talked about."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from handlers.understanding.values.numerals import number

LAST = "last"
_N = r"\d{1,8}|[一二三四五六七八九十百两零]{1,7}"
_NOT_PRICE = r"(?![价位据元行])"
_PATTERNS = (
    re.compile(r"#\s*(?P<n>\d{1,8})(?!\d)(?:号?单)?"),
    re.compile(r"so-?\d{6}-?0*(?P<n>\d{1,8})(?!\d)"),
    re.compile(
        r"(?<![运递流下录开报建补])(?:订单号|订单编号|订单|单号|单子|单)[::]?\s*#?(?P<n>\d{1,8})(?![\d.a-z号箱])号?"
    ),
    re.compile(rf"(?<![\d.#a-z月近这几每头哪])(?P<n>{_N})\s*号?(?:那|这)?个?(?:订单|单子|单){_NOT_PRICE}"),
    re.compile(rf"(?<![\d.#a-z])(?P<n>\d{{1,8}})号(?:的)?(?:那|这)(?:个|张|笔)?(?:订单|单子|单){_NOT_PRICE}"),
)
_LAST = re.compile(
    r"(?:刚刚|刚才|刚|方才)(?:我)?(?:下|录|报|提|建|说|发|聊|讲)?(?:的)?(?:那|这)?(?:个|张|一|笔)?(?:订单|单子|单)"
    r"|(?:上一?|最后一?|前一)(?:个|张|笔)?(?:订单|单子|单)(?!位)|刚(?:刚|才)?下的(?:那|这)?(?:个|张)?"
)
_THAT = re.compile(
    rf"(?:那|这|该|此)(?:个|张|笔|一)?(?:订单|单子|单){_NOT_PRICE}|的(?:订单|单子|单){_NOT_PRICE}(?![子号])"
)


@dataclass(frozen=True, slots=True)
class Orders:
    """A mention of an order; `number` is empty where only 那单 was said."""

    start: int
    end: int
    number: str


def orders_said(low: str) -> Iterator[Orders]:
    """Every mention of an order in a line."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(low):
            value = number(match["n"])
            if (
                value is not None
                and value > 0
                and not (pattern is _PATTERNS[3] and match["n"] in {"一", "两", "几"})
            ):
                yield Orders(match.start(), match.end(), str(int(value)))
    for match in _LAST.finditer(low):
        yield Orders(match.start(), match.end(), LAST)
    for match in _THAT.finditer(low):
        yield Orders(match.start(), match.end(), "")
