"""Goods counted in, and counted."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from domain.act import Act, Portion
from domain.errors import Invalid, Unknown
from domain.facts import Event, StockChange, StockMove
from domain.gate import refusal
from domain.order import ZERO
from domain.permissions import may
from domain.ports import StockLevel
from domain.quantity import product_of, smallest
from domain.snapshot import text


def receive(portions: Sequence[Portion], warehouse: str, act: Act) -> StockChange:
    """Goods came in: they lie there from now on."""
    pieces = _pieces("stock.in", portions, warehouse, act)
    moves = tuple(StockMove(warehouse, sku, "in", qty, ZERO) for sku, qty in pieces.items())
    return StockChange(moves, _event("stock:received", warehouse, pieces, moves, act))


def count(
    portions: Sequence[Portion], warehouse: str, act: Act, stock: Mapping[tuple[str, str], StockLevel]
) -> StockChange:
    """This is what lies there of these products; refused below what orders have reserved."""
    pieces = _pieces("stock.count", portions, warehouse, act)
    moves = []
    for sku, counted in pieces.items():
        level = stock.get((warehouse, sku), StockLevel(warehouse, sku, ZERO, ZERO))
        if counted < level.reserved:
            product = product_of(sku, act.company)
            raise Invalid(
                "count-below-reserved",
                warehouse=act.company.catalogue.warehouses[warehouse].name,
                sku=sku,
                name=product.name,
                unit=product.default_unit,
                unit_size=product.size_of(product.default_unit),
                smallest=product.smallest,
                counted=counted,
                reserved=level.reserved,
            )
        if counted != level.on_hand:
            moves.append(StockMove(warehouse, sku, "count", counted - level.on_hand, ZERO))
    return StockChange(tuple(moves), _event("stock:counted", warehouse, pieces, tuple(moves), act))


def _pieces(action: str, portions: Sequence[Portion], warehouse: str, act: Act) -> dict[str, Decimal]:
    if not may(act.by, action, None, act.company):
        raise refusal("no-role", action, None, act)
    if warehouse not in act.company.catalogue.warehouses:
        raise Unknown("warehouse", warehouse=warehouse)
    if not portions:
        raise Invalid("no-lines")
    pieces: dict[str, Decimal] = {}
    for portion in portions:
        product = product_of(portion.sku, act.company)
        unit, qty = portion.unit or product.default_unit, portion.qty or ZERO
        nothing = qty == 0 and portion.qty is not None and action == "stock.count"
        limit = act.company.limits.max_quantity
        pieces[portion.sku] = pieces.get(portion.sku, ZERO) + (
            ZERO if nothing else smallest(product, qty, unit, limit)
        )
    return pieces


def _event(
    kind: str, warehouse: str, pieces: Mapping[str, Decimal], moves: tuple[StockMove, ...], act: Act
) -> Event:
    data = {
        "warehouse": warehouse,
        "pieces": {sku: text(qty) for sku, qty in pieces.items()},
        "moves": [[move.warehouse, move.sku, text(move.on_hand), text(move.reserved)] for move in moves],
    }
    return Event("stock", kind, act.at, act.by.user_id, act.source, data)
