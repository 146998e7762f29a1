"""Quantities: from what was said to the smallest unit, and which lines of an order they mean."""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from domain.act import Act, Portion
from domain.catalogue import Product
from domain.company import Company
from domain.errors import Invalid, Unknown
from domain.order import ZERO, Line, Order

# Smallest units that can be cut: to the gram, the millimetre, the millilitre. All else is counted whole.
MEASURES = frozenset(
    "公斤 千克 kg KG 斤 两 克 g 吨 t 米 m 厘米 cm 平方米 平米 ㎡ 立方米 方 升 L 毫升 ml 公里 尺 小时".split()
)
_CUT = Decimal("0.001")

Shares = Mapping[int, Decimal]


def product_of(sku: str, company: Company) -> Product:
    """The product, or the refusal that there is none."""
    product = company.catalogue.products.get(sku)
    if product is None:
        raise Unknown("product", sku=sku)
    return product


def unit_size(product: Product, unit: str) -> Decimal:
    """How many of the smallest unit one `unit` holds, or the refusal that it is not sold so."""
    size = product.size_of(unit)
    if size is None:
        units = tuple(known.name for known in product.units)
        raise Unknown("unit", sku=product.sku, name=product.name, unit=unit, units=units)
    return size


def smallest(product: Product, qty: Decimal, unit: str, limit: Decimal) -> Decimal:
    """So many of the smallest unit; refused where it is nothing, too much, or would cut a piece."""
    size = unit_size(product, unit)
    said: dict[str, object] = {"sku": product.sku, "name": product.name, "qty": qty, "unit": unit}
    if not qty.is_finite() or qty <= 0:
        raise Invalid("qty-not-positive", **said)
    pieces = qty * size
    if pieces > limit:
        raise Invalid("qty-too-large", **said, smallest=product.smallest, limit=limit)
    if pieces != pieces.quantize(_CUT if product.smallest in MEASURES else Decimal(1)):
        raise Invalid("qty-not-whole", **said, smallest=product.smallest, unit_size=size)
    return pieces


def shares(
    order: Order, portions: Sequence[Portion], act: Act, room: Callable[[Line], Decimal], excess: str
) -> Shares:
    """By line number, what the portions mean, taken from the room the lines have, in their order.

    No portions: all the room there is. More than there is room for is refused with the code `excess`.
    """
    left = {line.no: room(line) for line in order.lines}
    taken = dict.fromkeys(left, ZERO) if portions else dict(left)
    for portion in portions:
        lines = lines_of(order, portion.sku, act.company)
        most = sum((left[line.no] for line in lines), ZERO)
        asked = (
            most
            if portion.qty is None
            else _pieces(portion.sku, portion.qty, portion.unit or lines[0].unit, act)
        )
        if asked > most:
            raise Invalid(excess, number=order.number, **goods(lines[0]), asked=asked, most=most)
        for line in lines:
            part = min(asked, left[line.no])
            left[line.no] -= part
            taken[line.no] += part
            asked -= part
    return {no: qty for no, qty in taken.items() if qty}


def lines_of(order: Order, sku: str, company: Company) -> tuple[Line, ...]:
    """The lines with this product, or the refusal that the order has none."""
    lines = tuple(line for line in order.lines if line.sku == sku)
    if not lines:
        raise Invalid("not-in-order", number=order.number, sku=sku, name=product_of(sku, company).name)
    return lines


def goods(line: Line) -> dict[str, object]:
    """What a refusal about the goods of a line says of them."""
    return {
        "sku": line.sku,
        "name": line.name,
        "unit": line.unit,
        "unit_size": line.unit_size,
        "smallest": line.smallest,
    }


def _pieces(sku: str, qty: Decimal, unit: str, act: Act) -> Decimal:
    return smallest(product_of(sku, act.company), qty, unit, act.company.limits.max_quantity)
