"""Rows of a table by their numbers, and what they come to."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from handlers.fates import Row
from handlers.understanding.reading import SaidLine, Spot
from handlers.wording.text import number, plain

MOST_RANGES = 60
WORDS = 24


def rows_text(rows: Iterable[Row]) -> str:
    """`第3–6、8行`; of several pages each with its name: `「二店」第3行、「三店」第2–4行`."""
    pages = groupby(rows, key=lambda row: row[0])
    return "、".join(f"{page_name(page)}{_numbers([number for _, number in these])}" for page, these in pages)


def page_name(page: str) -> str:
    """`「二店」`, or nothing where there is only one page."""
    return f"「{plain(page, WORDS)}」" if page else ""


def spot_text(spot: Spot) -> str:
    """`第7行“可乐”`."""
    column = f" {plain(spot.column, WORDS)}" if spot.column else ""
    return f"{page_name(spot.page)}第{spot.row}行“{plain(spot.words, WORDS)}{column}”"


def totals_text(lines: Iterable[SaidLine]) -> str:
    """`120箱、36瓶`: what is ordered, by unit."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        if line.qty is not None:
            sums[line.unit or ""] = sums.get(line.unit or "", Decimal(0)) + line.qty
    return "、".join(f"{number(total)}{unit or '（单位要问）'}" for unit, total in sums.items())


def _numbers(numbers: Sequence[int]) -> str:
    ranges: list[list[int]] = []
    for one in sorted(set(numbers)):
        if ranges and one == ranges[-1][1] + 1:
            ranges[-1][1] = one
        else:
            ranges.append([one, one])
    shown = "、".join(str(a) if a == b else f"{a}–{b}" for a, b in ranges[:MOST_RANGES])
    more = f"…（共{len(set(numbers))}行）" if len(ranges) > MOST_RANGES else ""
    return f"第{shown}{more}行" if not more else f"第{shown}{more}"
