"""Products made of families."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import cycle, product, zip_longest

from domain.catalogue import Product, Unit
from tests.sayings.trades import BRANDS, TRADES, Family

FIRST_STYLE = 6601
STYLES = 100
"""Numbers kept for the styles of one family: no two styles have the same."""


def units_of(said: str) -> tuple[Unit, ...]:
    """Units as a table writes them: `瓶;提=6;箱=24`."""
    parts = [part.partition("=") for part in said.split(";")]
    return tuple(Unit(name, Decimal(size or 1)) for name, _, size in parts)


def plain(
    sku: str, family: Family, brand: str, noun: str, size: str, kind: str, *, spaced: bool = False
) -> Product:
    """A product with its size and kind in its name."""
    words = [f"{brand}{noun}", size, kind] if spaced else [f"{brand}{noun}{size}", kind]
    options = (("颜色", kind),) if kind in {"红色", "蓝色", "黄绿"} and family.line == "电线" else ()
    name = " ".join(word for word in words if word) if spaced or kind.endswith("色") else "".join(words)
    return _made(sku, name, (), family, options)


def styled(sku: str, family: Family, noun: str, style: int, colour: str, measure: str) -> Product:
    """One colour and size of a style, known by its number."""
    name = f"{noun} {style} {colour} {measure}"
    return _made(sku, name, (str(style),), family, (("颜色", colour), ("尺码", measure)))


def _made(
    sku: str, name: str, aliases: tuple[str, ...], family: Family, options: tuple[tuple[str, str], ...]
) -> Product:
    units = units_of(family.units)
    price, tax = Decimal(10), Decimal("0.13")
    return Product(sku, name, aliases, family.line, family.spec, options, family.default, units, price, tax)


def assortment(size: int) -> list[Product]:
    """So many different products of all trades, the same every time."""
    families = [(trade, family) for trade, families in TRADES.items() for family in families]
    makers = [
        _family(trade, family, FIRST_STYLE + at * STYLES) for at, (trade, family) in enumerate(families)
    ]
    numbered = (made for row in zip_longest(*makers) for made in row if made)
    chosen: dict[str, tuple[str, Family, tuple[str, ...]]] = {}
    for trade, family, parts in numbered:
        chosen.setdefault("/".join(parts), (trade, family, parts))
        if len(chosen) == size:
            break
    return [_numbered(at, *one) for at, one in enumerate(chosen.values(), 1)]


def _family(trade: str, family: Family, first: int) -> Iterator[tuple[str, Family, tuple[str, ...]]]:
    if family.mixed:
        styles = zip(range(first, first + STYLES), cycle(family.nouns), strict=False)
        for (style, noun), colour, measure in product(styles, family.colours[:6], family.measures):
            yield trade, family, (noun, str(style), colour, measure)
        return
    for brand, noun, size, kind in product(BRANDS, family.nouns, family.sizes, family.kinds):
        yield trade, family, (brand, noun, size, kind)


def _numbered(at: int, trade: str, family: Family, parts: tuple[str, ...]) -> Product:
    sku = f"{trade[0].upper()}{at:05}"
    if family.mixed:
        noun, style, colour, measure = parts
        return styled(sku, family, noun, int(style), colour, measure)
    brand, noun, size, kind = parts
    return plain(sku, family, brand, noun, size, kind, spaced=trade == "hardware")
