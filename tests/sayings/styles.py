"""Goods that come in colours and sizes, asked for by the style."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from domain.catalogue import Product
from tests.sayings.answers import Wanted
from tests.sayings.goods import Said

Grid = Mapping[tuple[str, str], Product]


def grids(products: Sequence[Product]) -> Mapping[str, Grid]:
    """The styles among products, each by colour and size, in the order of the catalogue."""
    found: dict[str, dict[tuple[str, str], Product]] = {}
    for one in products:
        options = dict(one.options)
        if {"颜色", "尺码"} <= options.keys() and one.aliases:
            found.setdefault(one.aliases[0], {})[options["颜色"], options["尺码"]] = one
    return found


@dataclass(frozen=True, slots=True)
class StyleBuyer:
    """Asks for a style."""

    random: Random

    def listed(self, style: str, grid: Grid) -> Said:
        """6601 黑色 M3 L5, 白色 M2: sizes with their quantities, colour by colour."""
        blocks, lines = [], []
        for colour in self._some([colour for colour, _ in grid], 2):
            sizes = self._some([size for own, size in grid if own == colour], 4)
            counts = [self.random.randint(1, 20) for _ in sizes]
            unit = next(iter(grid.values())).default_unit
            said_unit = unit if sizes[0].isdigit() else self.random.choice(["", unit])
            gap = " " if sizes[0].isdigit() else self.random.choice(["", " "])
            said = " ".join(
                f"{size}{gap}{count}{said_unit}" for size, count in zip(sizes, counts, strict=True)
            )
            blocks.append(f"{colour} {said}")
            lines += [
                _line(grid[colour, size], count, unit) for size, count in zip(sizes, counts, strict=True)
            ]
        return Said(f"{style} {self.random.choice([' ', '，', chr(10)]).join(blocks)}", tuple(lines))

    def each(self, style: str, grid: Grid) -> Said:
        """6601 每色每码各2件."""
        count, unit = self.random.randint(1, 12), next(iter(grid.values())).default_unit
        word = self.random.choice(["每色每码各", "各色各码", "每色每码"])
        colours = list(dict.fromkeys(colour for colour, _ in grid))
        every = [product for one in colours for (colour, _), product in grid.items() if colour == one]
        return Said(f"{style}{word}{count}{unit}", tuple(_line(product, count, unit) for product in every))

    def one_colour(self, style: str, grid: Grid) -> Said:
        """6601 黑色每码各2件, 6601 黑色 M L 各2件."""
        colour = self.random.choice([colour for colour, _ in grid])
        count, unit = self.random.randint(1, 12), next(iter(grid.values())).default_unit
        sizes = [size for own, size in grid if own == colour]
        words = f"{style} {colour}每码各{count}{unit}"
        if len(sizes) > 1 and self.random.random() < 0.5:
            sizes = self._some(sizes, 3, least=2)
            words = f"{style} {colour} {' '.join(sizes)} 各{count}{unit}"
        return Said(words, tuple(_line(grid[colour, size], count, unit) for size in sizes))

    def absent(self, style: str, grid: Grid) -> Said:
        """A size or colour that the style does not have: unknown, never the nearest."""
        colour, size = self.random.choice(list(grid))
        unit = grid[colour, size].default_unit
        wrong = self.random.choice(
            [
                f"{self.random.choice(['紫色', '橙色', '墨绿'])} {size}",
                f"{colour} {'5XL' if not size.isdigit() else '58'}",
            ]
        )
        line = Wanted({"qty": "3", "unit": unit}, unknown={"sku": f"{style} {wrong}"})
        return Said(f"{style} {wrong} 3{unit}", (line,))

    def open_size(self, style: str, grid: Grid) -> Said:
        """Only the colour: which size is asked."""
        colour = self.random.choice([colour for colour, _ in grid])
        fitting = [product for (own, _), product in grid.items() if own == colour]
        unit = fitting[0].default_unit
        if len(fitting) == 1:
            return Said(f"{style} {colour} 3{unit}", (_line(fitting[0], 3, unit),))
        asked = Wanted({"qty": "3", "unit": unit}, ambiguous={"sku": tuple(one.sku for one in fitting)})
        return Said(f"{style} {colour} 3{unit}", (asked,))

    def any(self, style: str, grid: Grid) -> Said:
        """One of these ways."""
        ways = (self.listed, self.listed, self.each, self.one_colour, self.absent, self.open_size)
        return self.random.choice(ways)(style, grid)

    def _some(self, values: Sequence[str], most: int, *, least: int = 1) -> list[str]:
        every = list(dict.fromkeys(values))
        picked = set(
            self.random.sample(every, self.random.randint(min(least, len(every)), min(most, len(every))))
        )
        return [value for value in every if value in picked]


def _line(product: Product, count: int, unit: str) -> Wanted:
    return Wanted({"sku": product.sku, "qty": str(count), "unit": unit})
