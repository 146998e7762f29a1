"""What figures, days and orders' numbers of a line mean, in sentences."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from handlers.understanding.why.figures import (
    Assumed,
    Counted,
    Dated,
    Given,
    Measured,
    Numbered,
    Paid,
    Priced,
    Timed,
    Unused,
)
from handlers.wording.figures import HIDDEN
from handlers.wording.grounds import WORDS
from handlers.wording.text import PERIODS, day, days, number, plain, price, span

_MEASURED = {
    "default": "{name}没说单位，按{unit}算：{value}{unit}",
    "same": "{name}的「{said}」就是{unit}：{value}{unit}",
    "dozen": "{name}不按打卖，一打算12{unit}：{value}{unit}",
    "each": "{name}也是{value}{unit}",
    "worked": "{name}算下来是{value}{unit}",
    "plus": "{name}加{value}{unit}",
    "minus": "{name}减{value}{unit}",
    "out": "{name}不要了",
    "gift": "{name}这{value}{unit}是送的",
}
_UNUSED = {
    "pack": "「{}」是包装规格，不算数量",
    "total": "「{}」是合计，不另算",
    "corrected": "「{}」后面改了口，不算",
}
_ASSUMED = {
    "today": "没说哪天，按今天算：{}",
    "shared": "日期和同一条里说的一样：{}",
    "before": "日期是前面说的：{}",
}


@dataclass(frozen=True, slots=True)
class Figures:
    """The sentences as of `today`; without `amounts` no price and no sum is shown."""

    today: date
    amounts: bool

    def one(self, reason: object) -> str:
        """One reason; empty for what says no more than the words do."""
        return _SENTENCES[type(reason)](self, reason)

    def counted(self, reason: Counted) -> str:
        """`「半箱」＝0.5箱`."""
        words = plain(reason.words, WORDS)
        if not reason.values:
            return f"「{words}」没说准多少"
        said = " 或 ".join(number(value) for value in reason.values)
        return f"「{words}」{'可能是' if len(reason.values) > 1 else '就是'}{said}{plain(reason.unit)}"

    def measured(self, reason: Measured) -> str:
        """What became of a quantity."""
        name = plain(reason.entry.name) if reason.entry else "这一样"
        facts = {"name": name, "unit": plain(reason.unit), "said": plain(reason.said)}
        return _MEASURED[reason.how].format(value=number(reason.value), **facts)

    def given(self, reason: Given) -> str:
        """What a bargain gives."""
        name = plain(reason.entry.name) if reason.entry else "同一样"
        much = f"{number(reason.value)}{plain(reason.unit)}" if reason.value is not None else "多少还要问您"
        return f"「{plain(reason.words, WORDS)}」：{name}送{much}"

    def priced(self, reason: Priced) -> str:
        """A price, and what it is for one unit of the line."""
        if not self.amounts:
            return "价格按您说的（这里不显示金额）"
        unit = plain(reason.unit) or "份"
        return f"「{plain(reason.words, WORDS)}」就是每{unit}{price(reason.price)}元"

    def paid(self, reason: Paid) -> str:
        """A sum of money."""
        if not self.amounts:
            return f"金额按您说的：{HIDDEN}元"
        return f"「{plain(reason.words, WORDS)}」就是{_money(reason.amount)}元"

    def dated(self, reason: Dated) -> str:
        """`「周五」就是11-27 周五`."""
        return f"「{plain(reason.words, WORDS)}」就是{days(reason.first, reason.last, self.today)}"

    def timed(self, reason: Timed) -> str:
        """A part of the day that is called otherwise, a time, a length of time."""
        words = plain(reason.words, WORDS)
        if reason.length is not None:
            return f"「{words}」就是{span(reason.length)}"
        if reason.at is not None:
            return f"「{words}」是钟点"
        called = PERIODS[reason.period]
        return "" if words == called else f"「{words}」算{called}"

    def assumed(self, reason: Assumed) -> str:
        """A day that was not said."""
        return _ASSUMED[reason.how].format(day(reason.day, self.today))

    def numbered(self, reason: Numbered) -> str:
        """Which order is spoken of."""
        words = plain(reason.words, WORDS)
        if reason.number == "last":
            return f"「{words}」是刚说到的那张单"
        return f"「{words}」是单号{reason.number}" if reason.number else f"「{words}」没带单号"


def _money(amount: Decimal) -> str:
    return price(amount) if amount % 1 else f"{amount:,.0f}"


_SENTENCES: Mapping[type, Callable[[Figures, Any], str]] = {
    Counted: Figures.counted,
    Measured: Figures.measured,
    Unused: lambda _, reason: _UNUSED[reason.how].format(plain(reason.words, WORDS)),
    Given: Figures.given,
    Priced: Figures.priced,
    Paid: Figures.paid,
    Dated: Figures.dated,
    Timed: Figures.timed,
    Assumed: Figures.assumed,
    Numbered: Figures.numbered,
}
