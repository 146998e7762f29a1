"""Standing bars with a line over them: so many orders for each hour or day, and what they were worth."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.pictures.labels import cut, figure, width
from bot.pictures.scale import Scale, scale
from bot.pictures.shapes import BLUE, EDGE, GREY, INNER, RED, RULE, Box, Curve, Drawing, Words
from domain.charts import Chart

MOST = 40
HEIGHT = 150.0
LEFT, RIGHT = 40.0, 50.0
SMALL = 11.0


def columns(chart: Chart) -> Drawing:
    """The plot, nothing where all is 0; the newest labels where there are too many; the second series is the line."""
    labels = chart.labels[-MOST:]
    bars, line = (_values(chart, at) for at in (0, 1))
    if not any((*bars, *line)):
        return Drawing(0)
    left, right = scale(bars, whole=all(value == int(value) for value in bars)), scale(line)
    breadth = (INNER - LEFT - RIGHT) / len(labels)
    words = [*_ticks(left, EDGE + LEFT - 6, "end"), *_names(labels, breadth)]
    if line:
        words += _ticks(right, EDGE + INNER - RIGHT + 6, "start")
    return Drawing(
        HEIGHT + 24,
        (*_rules(left), *(_bar(at, value, left, breadth) for at, value in enumerate(bars) if value)),
        tuple(words),
        (Curve(tuple((_middle(at, breadth), _height(value, right)) for at, value in enumerate(line)), RED),)
        if line
        else (),
    )


def _values(chart: Chart, at: int) -> tuple[Decimal, ...]:
    return chart.series[at].values[-MOST:] if at < len(chart.series) else ()


def _middle(at: int, breadth: float) -> float:
    return EDGE + LEFT + breadth * (at + 0.5)


def _height(value: Decimal, on: Scale) -> float:
    return HEIGHT * (1 - on.part(value))


def _bar(at: int, value: Decimal, on: Scale, breadth: float) -> Box:
    thick = min(breadth * 0.66, 36.0)
    ground, end = _height(Decimal(0), on), _height(value, on)
    return Box(
        _middle(at, breadth) - thick / 2, min(ground, end), thick, max(abs(ground - end), 1.0), BLUE, 1.5
    )


def _rules(on: Scale) -> Iterator[Box]:
    for tick in on.ticks:
        fill = GREY if tick == 0 else RULE
        yield Box(EDGE + LEFT, _height(tick, on), INNER - LEFT - RIGHT, 1, fill)


def _ticks(on: Scale, x: float, anchor: str) -> Iterator[Words]:
    for tick in on.ticks:
        yield Words(x, _height(tick, on) + 4, figure(tick), SMALL, GREY, anchor)


def _names(labels: Sequence[str], breadth: float) -> Iterator[Words]:
    """So many of the labels as fit beside each other, evenly."""
    short = [cut(label, SMALL, 64) for label in labels]
    widest = max(width(label, SMALL) for label in short) + 8
    every = max(1, -int(-widest // breadth))
    for at in range(0, len(short), every):
        yield Words(_middle(at, breadth), HEIGHT + 18, short[at], SMALL, GREY, "middle")
