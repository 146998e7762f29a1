"""Words in a picture: what the font can show, how wide they are, and numbers short enough to read."""

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from domain.charts import Chart, Series

# Letters, figures, punctuation, and the signs of money and arithmetic; the font has neither emoji nor marks that
# change them, and nothing invisible may take room.
_SHOWN = ("L", "N", "P", "Sm", "Sc", "Zs")
_WAN, _YI = Decimal(10_000), Decimal(100_000_000)
_UNREADABLE = Decimal(10) ** 15
_END = Decimal(10) ** 30
LONGEST = 200
UNIT = 6


def shown(text: str) -> str:
    """The text on one line, without what the font cannot show; markup in it is no concern: the template escapes."""
    kept = (char if unicodedata.category(char).startswith(_SHOWN) else " " for char in text[:LONGEST])
    return " ".join("".join(kept).split())


def width(text: str, size: float) -> float:
    """About how wide the text is: a Chinese character is a square, others take a good half of one."""
    return sum(size if unicodedata.east_asian_width(char) in "WF" else 0.6 * size for char in text)


def cut(text: str, size: float, room: float) -> str:
    """As much of the text as fits `room`, with an ellipsis where something is missing."""
    words = shown(text)
    if width(words, size) <= room:
        return words
    while words and width(words + "…", size) > room:
        words = words[:-1]
    return words.rstrip() + "…"


def finite(value: Decimal) -> Decimal:
    """The value, or 0 where it is none; nothing anybody sells goes beyond the ends."""
    return max(-_END, min(value, _END)) if value.is_finite() else Decimal(0)


def tamed(chart: Chart) -> Chart:
    """The chart with one finite number for each label in every series, and units that are short."""
    series = tuple(
        Series(one.name, _filled(one.values, len(chart.labels)), shown(one.unit)[:UNIT])
        for one in chart.series
    )
    return replace(chart, series=series, unit=shown(chart.unit)[:UNIT])


def _filled(values: Sequence[Decimal], count: int) -> tuple[Decimal, ...]:
    known = tuple(finite(value) for value in values[:count])
    return known + (Decimal(0),) * (count - len(known))


def figure(value: Decimal, unit: str = "") -> str:
    """`27张`, `3.5万元`, `1.2亿元`: at most five digits of it."""
    value = finite(value)
    size = abs(value)
    if size >= _UNREADABLE:
        return f"{value:.1e}{unit}"
    if size >= _YI:
        return f"{_trimmed(value / _YI)}亿{unit}"
    if size >= _WAN:
        return f"{_trimmed(value / _WAN)}万{unit}"
    return f"{_trimmed(value)}{unit}"


def _trimmed(value: Decimal) -> str:
    short = f"{value:,.1f}"
    return short.removesuffix(".0") if short != "-0.0" else "0"
