"""Prices and sums of money."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from handlers.understanding.values.numerals import number

_N = r"\d{1,12}(?:\.\d{1,6})?(?:[千万百](?:\d(?!\d|\.\d))?)?|[一二两三四五六七八九十百千万零]{1,12}(?:点[一二三四五六七八九零]{1,4})?"
_LEAD = r"(?:按照?|单价|售价|价格|价钱|特价|优惠价|批发价|价|算|卖|@|给到|做到|走)"


@dataclass(frozen=True, slots=True)
class Money:
    """Yuan said between two offsets; `unit` where it was for one of a unit, `led` where a word says it is a price."""

    start: int
    end: int
    value: Decimal
    unit: str = ""
    led: bool = False
    plain: bool = False


class MoneyReader:
    """Finds sums in lines; needs to know the units of the catalogue."""

    def __init__(self, units: frozenset[str]) -> None:
        unit = "|".join(re.escape(one) for one in sorted(units, key=len, reverse=True))
        per = rf"(?:(?:一|每|/|1)[ \t]*(?P<unit>{unit}))"
        yuan = rf"(?P<n>{_N})[ \t]*(?:块钱|块|元钱|元|圆(?![\u4e00-\u9fff]))(?P<jiao>(?:\d{{1,2}}|[一二三四五六七八九])(?!\d|[ \t]*(?:{unit})))?[毛角]?"
        led = rf"(?P<lead>{_LEAD})[ \t]*(?:是|为|:|按照?|就|算|走|给|改成|改为|改到|改|调成|调到|降到|涨到)?[ \t]*"
        tail = r"(?:的?价格?)?"
        self._patterns = (
            re.compile(rf"{led}{yuan}[ \t]*{per}?{tail}"),
            re.compile(rf"{led}(?P<n>{_N})[ \t]*{per}{tail}"),
            re.compile(rf"{led}(?P<n>{_N})(?![\d.点]|(?:{unit})|[ \t]*(?:折|月(?![底末初中])|号|日))"),
            re.compile(rf"{yuan}[ \t]*{per}?{tail}"),
            re.compile(rf"(?P<n>{_N})[ \t]*(?:每|/)[ \t]*(?P<unit>{unit}){tail}"),
            re.compile(rf"(?:(?:每|/)(?P<unit>{unit}))[ \t]*(?:是|为|按|算|:)?[ \t]*(?P<n>\d{{1,9}}(?:\.\d{{1,4}})?)(?:块钱|块|元)?(?![ \t]*[一每/]?(?:{unit})|[\d.a-z])"),
            re.compile(rf"(?<!\d)(?<!\d )1(?P<unit>{unit})[ \t]*(?:是|为|按|算|:)?[ \t]*(?P<n>\d{{1,9}}(?:\.\d{{1,4}})?)(?:块钱|块|元)?(?=\s*$|[ \t]*[,;.!\n]| (?![\d一每/]))"),
            re.compile(rf"(?:一(?P<unit>{unit}))[ \t]*(?:是|为|按|算|:)?[ \t]*(?P<n>{_N})(?:块钱|块|元)(?![ \t]*[一每/](?:{unit}))"),
            re.compile(rf"(?<=[ ,])一(?P<unit>{unit})(?P<n>\d{{1,9}}(?:\.\d{{1,4}})?)(?![ \t]*(?:[一每/]?(?:{unit})|码|号|[\d一二两三四五六七八九十半]+[ \t]*(?:{unit}))|[\d.a-z])"),
            re.compile(rf"[¥￥$][ \t]*(?P<n>{_N})[ \t]*(?:元|块)?[ \t]*{per}?"),
            re.compile(rf"(?P<n>{_N})[ \t]*(?:块钱|块|元)?(?:一|每)(?P<unit>{unit})(?:算|的价|结)"),
            re.compile(rf"(?P<n>{_N})的(?:单?价格?)"),
            re.compile(rf"(?P<n>\d+(?:\.\d+)?)[ \t]*一(?P<unit>{unit})"),
        )  # fmt: skip

    def find(self, low: str) -> Iterator[Money]:
        """Every sum in a line; they may overlap."""
        if not any(char.isdigit() or char in "一二两三四五六七八九十百千万" for char in low):
            return
        for pattern in self._patterns:
            for match in pattern.finditer(low):
                value = number(match["n"])
                if value is None:
                    continue
                named = match.groupdict()
                if named.get("jiao"):
                    value += (number(named["jiao"]) or Decimal(0)) / 10 ** len(named["jiao"])
                yield Money(
                    match.start(), match.end(), value, named.get("unit") or "", bool(named.get("lead"))
                )
