"""What a picture is made of, in units of half a pixel's breadth on a phone; the template knows how each is written."""

from dataclasses import dataclass

WIDTH = 540
EDGE = 20
INNER = WIDTH - 2 * EDGE

# Told apart by colour-blind people as well (after Okabe and Ito), and dark enough beside white.
BLUE = "#0072b2"
ORANGE = "#e69f00"
RED = "#d55e00"
GREEN = "#009e73"
PURPLE = "#9e5b8a"
COLOURS = (ORANGE, BLUE, GREEN, PURPLE)
INK = "#1f2329"
GREY = "#6b7280"
RULE = "#e5e7eb"


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    fill: str
    radius: float = 0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text; `anchor` is `start`, `middle` or `end`."""

    x: float
    y: float
    text: str
    size: float
    fill: str = INK
    anchor: str = "start"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Curve:
    """A line through points, each marked."""

    points: tuple[tuple[float, float], ...]
    stroke: str

    @property
    def path(self) -> str:
        """The points as SVG writes them."""
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in self.points)


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes from `y` = 0 down to `height`."""

    height: float
    boxes: tuple[Box, ...] = ()
    words: tuple[Words, ...] = ()
    curves: tuple[Curve, ...] = ()
