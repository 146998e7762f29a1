"""Changing what a draft holds: new quantities, more, less, none."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from domain.catalogue import Catalogue, Product
from handlers.understanding.reading import SaidLine

BESIDES = re.compile(r"还要|还得|再要|再来|再拿|再加|多加|另外|外加|加(?=[\d一二两三四五六七八九十])")
"""Goods said with one of these come to what is wanted of them already."""


def besides(line: SaidLine) -> SaidLine:
    """What a line counts, as a difference to what is wanted already."""
    return line if line.qty is None else replace(line, qty=None, delta=line.qty)


def changed(
    lines: Sequence[SaidLine], changes: Sequence[SaidLine], catalogue: Catalogue
) -> tuple[SaidLine, ...]:
    """`lines` after `changes` (as `order.change` says them): a quantity, a difference, or 0."""
    result = tuple(lines)
    for change in changes:
        result = _apply(result, change, catalogue)
    return result


def _apply(lines: tuple[SaidLine, ...], change: SaidLine, catalogue: Catalogue) -> tuple[SaidLine, ...]:
    product = catalogue.products[change.sku or ""]
    index = next(
        (i for i, line in enumerate(lines) if line.sku == change.sku and line.gift == change.gift), None
    )
    if index is None and change.qty is None and change.delta is None:
        return lines
    if index is None:
        new = change.qty if change.qty is not None else change.delta
        return (*lines, replace(change, qty=new, delta=None)) if new and new > 0 else lines
    line = _merged(lines[index], change, product)
    kept = (line,) if line.qty is not None and line.qty > 0 else ()
    return (*lines[:index], *kept, *lines[index + 1 :])


def _merged(line: SaidLine, change: SaidLine, product: Product) -> SaidLine:
    unit = change.unit or line.unit or product.default_unit
    said_price = change.price if change.price is not None else line.price if unit == line.unit else None
    if change.qty is None and change.delta is None:
        return _repriced(line, change, product)
    if change.qty is not None:
        return replace(line, qty=change.qty, unit=unit, price=said_price)
    if unit == line.unit:
        return replace(line, qty=(line.qty or Decimal(0)) + (change.delta or Decimal(0)), price=said_price)
    return _in_smallest(line, change, product)


def _repriced(line: SaidLine, change: SaidLine, product: Product) -> SaidLine:
    """Only another price, said for another unit than the line's or for its own."""
    own = product.size_of(line.unit or product.default_unit) or Decimal(1)
    said = product.size_of(change.unit or line.unit or product.default_unit) or Decimal(1)
    return replace(line, price=None if change.price is None else change.price * own / said)


def _in_smallest(line: SaidLine, change: SaidLine, product: Product) -> SaidLine:
    """A difference in another unit: kept in the line's unit where it divides, else in the smallest."""
    old = product.size_of(line.unit or product.default_unit) or Decimal(1)
    new = product.size_of(change.unit or product.default_unit) or Decimal(1)
    total = (line.qty or Decimal(0)) * old + (change.delta or Decimal(0)) * new
    if total % old == 0:
        return replace(line, qty=total / old)
    price = line.price / old if line.price is not None else None
    return replace(line, qty=total, unit=product.smallest, price=price)
