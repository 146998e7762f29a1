"""The whole picture: heading and big numbers, then one chart below the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TypeAlias

from bot.pictures.columns import columns
from bot.pictures.labels import UNIT, cut, figure, shown, tamed, width
from bot.pictures.lying import ranked, stacked
from bot.pictures.shapes import BLUE, COLOURS, EDGE, GREY, INK, INNER, RED, RULE, Box, Drawing, Words
from domain.charts import BARS, RANKED, STACKED, TILES, Chart
from handlers.wording import pictures as wording

MOST_CHARTS = 3
MOST_TILES = 6
IN_ROW = 3
TILE = 58.0

Plot: TypeAlias = Callable[[Chart], Drawing]
PLOTS: Mapping[str, Plot] = {BARS: columns, STACKED: stacked, RANKED: ranked}


def sheet(charts: Sequence[Chart]) -> Drawing:
    """Everything, from the top edge to the bottom edge."""
    head = next((chart for chart in charts if chart.kind == TILES), None)
    plots = [tamed(chart) for chart in charts if chart.kind in PLOTS][:MOST_CHARTS]
    parts = [_head(head)] if head else []
    return _below(Drawing(EDGE), *parts, *(_chart(chart) for chart in plots), Drawing(6))


def _below(*drawings: Drawing) -> Drawing:
    """One below the other."""
    y = 0.0
    boxes: list[Box] = []
    words: list[Words] = []
    curves = []
    for one in drawings:
        boxes += [replace(box, y=box.y + y) for box in one.boxes]
        words += [replace(word, y=word.y + y) for word in one.words]
        curves += [
            replace(curve, points=tuple((x, at + y) for x, at in curve.points)) for curve in one.curves
        ]
        y += one.height
    return Drawing(y, tuple(boxes), tuple(words), tuple(curves))


def _head(chart: Chart) -> Drawing:
    title = cut(chart.title, 24, INNER * 0.6)
    beside = cut(chart.note, 14, INNER - width(title, 24) - 16)
    words = [
        Words(EDGE, 22, title, 24, INK, strong=True),
        Words(EDGE + INNER, 21, beside, 14, GREY, "end"),
    ]
    broad = INNER / IN_ROW
    tiles = chart.series[:MOST_TILES]
    for at, one in enumerate(tiles):
        x, y = EDGE + broad * (at % IN_ROW), 44 + TILE * (at // IN_ROW)
        value = figure(one.values[0] if one.values else Decimal(0), shown(one.unit or chart.unit)[:UNIT])
        words += [
            Words(x, y + 14, cut(one.name, 13, broad - 10), 13, GREY),
            Words(x, y + 41, cut(value, 23, broad - 8), 23, BLUE, strong=True),
        ]
    rows = -(-len(tiles) // IN_ROW)
    return Drawing(44 + TILE * rows + 4, (), tuple(words))


def _chart(chart: Chart) -> Drawing:
    plot = PLOTS[chart.kind](chart)
    if not plot.height:
        plot = Drawing(44, words=(Words(EDGE + INNER / 2, 24, wording.NOTHING, 14, GREY, "middle"),))
    return _below(_title(chart), plot, Drawing(18))


def _title(chart: Chart) -> Drawing:
    """The title, beside it the note, at the right what each colour means."""
    legend, room = _legend(chart)
    title = cut(chart.title, 16, room)
    words = [Words(EDGE, 34, title, 16, INK, strong=True)]
    if (rest := room - width(title, 16) - 10) > 36 and chart.note:
        words.append(Words(EDGE + width(title, 16) + 10, 34, cut(chart.note, 12, rest), 12, GREY))
    return Drawing(50, (Box(EDGE, 6, INNER, 1, RULE), *legend.boxes), (*words, *legend.words))


def _legend(chart: Chart) -> tuple[Drawing, float]:
    """What each colour means, and the room left of it; a chart of one colour says it in its title."""
    if chart.kind == RANKED or len(chart.series) < 2:
        return Drawing(0), INNER
    named = list(zip(chart.series, (BLUE, RED) if chart.kind == BARS else COLOURS, strict=False))
    boxes: list[Box] = []
    words: list[Words] = []
    x = float(EDGE + INNER)
    for one, colour in reversed(named):
        unit = one.unit or (chart.unit if chart.kind == BARS else "")
        name = cut(f"{one.name}（{unit}）" if unit else one.name, 12, INNER * 0.6 / len(named) - 27)
        words.append(Words(x, 33, name, 12, GREY, "end"))
        boxes.append(Box(x - width(name, 12) - 15, 23, 11, 11, colour, 2))
        x -= width(name, 12) + 27
    return Drawing(0, tuple(boxes), tuple(words)), x - EDGE
