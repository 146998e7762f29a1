"""The lines of an order after what was asked to change in them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.act import Act
from domain.errors import Invalid
from domain.order import ZERO, Line, Order
from domain.pricing import WantedLine, believed, line_of, price_for, to_price
from domain.quantity import goods, product_of, smallest, unit_size
from domain.reservation import trimmed

# A line keeps its unit for as long as its quantity can be said in it to so many places.
_SAYABLE = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class LineChange:
    """A new quantity (0 takes the product out), a difference, or another price for one product.

    No `unit`: the line's own, or the product's default one.
    """

    sku: str
    qty: Decimal | None = None
    delta: Decimal | None = None
    unit: str = ""
    price: Decimal | None = None
    gift: bool = False


def amended_lines(order: Order, changes: Sequence[LineChange], act: Act) -> tuple[Line, ...]:
    """The order's lines with the changes made one after the other; nothing stays reserved beyond them."""
    for asked in changes:
        order = replace(order, lines=_amended(order, asked, act))
    if not order.lines:
        raise Invalid("no-lines-left", number=order.number)
    return tuple(trimmed(line) for line in order.lines)


def _amended(order: Order, asked: LineChange, act: Act) -> tuple[Line, ...]:
    if asked.qty == 0:
        return _without(order, asked, act)
    line = _meant(order, asked, act)
    if line is None:
        return (*order.lines, _added(order, asked, act))
    changed = _counted(order, line, asked, act)
    if changed is None:
        return tuple(other for other in order.lines if other.no != line.no)
    changed = _priced(changed, asked, order, act)
    return tuple(changed if other.no == line.no else other for other in order.lines)


def _without(order: Order, asked: LineChange, act: Act) -> tuple[Line, ...]:
    # A product taken out takes its gifts along; a gift goes alone.
    out = [line for line in order.lines if line.sku == asked.sku and (line.gift or not asked.gift)]
    if not out:
        raise _not_in_order(order, asked, act)
    for line in out:
        _not_below_shipped(order, line, ZERO)
    return tuple(line for line in order.lines if line not in out)


def _meant(order: Order, asked: LineChange, act: Act) -> Line | None:
    lines = [line for line in order.lines if line.sku == asked.sku and line.gift == asked.gift]
    if len(lines) > 1:
        same = [line for line in lines if line.unit == asked.unit]
        if len(same) != 1:
            units = tuple(line.unit for line in lines)
            raise Invalid("which-line", number=order.number, sku=asked.sku, name=lines[0].name, units=units)
        return same[0]
    grows = (asked.qty or asked.delta or ZERO) > 0
    if not lines and not grows:
        raise _not_in_order(order, asked, act)
    return lines[0] if lines else None


def _added(order: Order, asked: LineChange, act: Act) -> Line:
    qty = asked.qty if asked.qty is not None else asked.delta
    said = WantedLine(asked.sku, qty or ZERO, asked.unit, asked.price, asked.gift)
    customer = act.company.catalogue.customers.get(order.customer)
    return line_of(max(line.no for line in order.lines) + 1, said, customer, act.company)


def _counted(order: Order, line: Line, asked: LineChange, act: Act) -> Line | None:
    # The line with its new quantity; None when a difference leaves nothing.
    product, unit = product_of(line.sku, act.company), asked.unit or line.unit
    limit = act.company.limits.max_quantity
    if asked.qty is not None:
        pieces = smallest(product, asked.qty, unit, limit)
        _not_below_shipped(order, line, pieces)
        return _in_unit(line, unit, unit_size(product, unit), asked.qty)
    if asked.delta is None:
        return line
    step = smallest(product, abs(asked.delta), unit, limit)
    pieces = line.ordered + (step if asked.delta > 0 else -step)
    _not_below_shipped(order, line, pieces)
    if pieces == 0:
        return None
    qty = pieces / line.unit_size
    if qty == qty.quantize(_SAYABLE):
        smallest(product, qty, line.unit, limit)
        return replace(line, qty=qty)
    return _in_unit(line, line.smallest, Decimal(1), pieces)


def _in_unit(line: Line, unit: str, size: Decimal, qty: Decimal) -> Line:
    if unit == line.unit:
        return replace(line, qty=qty)
    price = to_price(line.price * size / line.unit_size)
    list_price = to_price(line.list_price * size / line.unit_size)
    return replace(line, qty=qty, unit=unit, unit_size=size, price=price, list_price=list_price)


def _priced(line: Line, asked: LineChange, order: Order, act: Act) -> Line:
    if asked.price is None or line.gift:
        return line
    product, unit = product_of(line.sku, act.company), asked.unit or line.unit
    customer = act.company.catalogue.customers.get(order.customer)
    list_price = price_for(product, unit, customer, act.company)
    price = believed(asked.price, list_price, product, unit, act.company)
    return replace(line, price=to_price(price * line.unit_size / unit_size(product, unit)))


def _not_below_shipped(order: Order, line: Line, pieces: Decimal) -> None:
    if pieces < line.shipped and line.shipped:
        facts = {"asked": max(pieces, ZERO), "shipped": line.shipped}
        raise Invalid("below-shipped", number=order.number, **goods(line), **facts)
    if pieces < 0:
        raise Invalid("more-than-ordered", number=order.number, **goods(line), ordered=line.ordered)


def _not_in_order(order: Order, asked: LineChange, act: Act) -> Invalid:
    name = product_of(asked.sku, act.company).name
    return Invalid("not-in-order", number=order.number, sku=asked.sku, name=name)
