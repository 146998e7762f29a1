"""Lying bars: parts of each step's time, and what is overdue by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.pictures.labels import cut, figure, width
from bot.pictures.shapes import COLOURS, EDGE, GREY, INK, INNER, RED, Box, Drawing, Words
from domain.charts import Chart
from handlers.wording import pictures as wording

MOST = 10
ROW = 30.0
THICK = 18.0
NAMES = 116.0
SIZE = 13.0


@dataclass(frozen=True, slots=True)
class Row:
    """A label with its parts; `several` stands for what is not shown one by one, and has a number but no bar."""

    label: str
    parts: tuple[Decimal, ...]
    several: bool = False

    @property
    def total(self) -> Decimal:
        """All parts together."""
        return sum(self.parts, Decimal(0))


def stacked(chart: Chart) -> Drawing:
    """Each label's parts side by side, in the order given; nothing where all is 0; beyond `MOST` the smallest are one."""
    rows = [Row(row.label, tuple(max(part, Decimal(0)) for part in row.parts)) for row in _rows(chart)]
    return _drawn(_bounded(rows), COLOURS, chart.unit) if any(row.total for row in rows) else Drawing(0)


def ranked(chart: Chart) -> Drawing:
    """The first series, the largest first; beyond `MOST` the smallest are one."""
    rows = [Row(row.label, row.parts[:1]) for row in _rows(chart)]
    some = sorted((row for row in rows if row.total), key=lambda row: -row.total)
    return _drawn(_bounded(some), (RED,), chart.unit) if some else Drawing(0)


def _rows(chart: Chart) -> list[Row]:
    return [
        Row(label, tuple(one.values[at] for one in chart.series[: len(COLOURS)]))
        for at, label in enumerate(chart.labels)
    ]


def _bounded(rows: Sequence[Row]) -> list[Row]:
    if len(rows) <= MOST:
        return list(rows)
    large = sorted(range(len(rows)), key=lambda at: -rows[at].total)[: MOST - 1]
    rest = [row for at, row in enumerate(rows) if at not in large]
    parts = tuple(sum(column, Decimal(0)) for column in zip(*(row.parts for row in rest), strict=True))
    return [*(rows[at] for at in sorted(large)), Row(wording.others(len(rest)), parts, several=True)]


def _drawn(rows: Sequence[Row], colours: Sequence[str], unit: str) -> Drawing:
    ends = [figure(row.total, unit) for row in rows]
    room = INNER - NAMES - max(width(end, SIZE) for end in ends) - 14
    most = max(abs(row.total) for row in rows if not row.several) or Decimal(1)
    boxes: list[Box] = []
    words: list[Words] = []
    for at, (row, end) in enumerate(zip(rows, ends, strict=True)):
        x, y = EDGE + NAMES, at * ROW
        words.append(Words(x - 10, y + 15, cut(row.label, SIZE, NAMES - 10), SIZE, INK, "end"))
        for part, colour in zip(() if row.several else row.parts, colours, strict=False):
            # A negative number is drawn as long as it is, in grey: there is no room to the left.
            long = float(abs(part) / most) * room
            boxes.append(Box(x, y + 1, long, THICK, colour if part >= 0 else GREY, 1.5))
            x += long
        words.append(Words(x + 8, y + 15, end, SIZE, INK if row.total else GREY))
    return Drawing(len(rows) * ROW, tuple(boxes), tuple(words))
