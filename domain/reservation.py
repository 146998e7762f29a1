"""Which warehouse keeps what for an order, and what that writes into the stock ledger."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from domain.catalogue import Warehouse
from domain.company import Company
from domain.facts import StockMove
from domain.levels import Levels
from domain.order import ZERO, Allocation, Line, Order

Places = tuple[Allocation, ...]


def reserve(order: Order, company: Company, stock: Levels) -> Order:
    """The order with what it lacks reserved as far as there is stock, never more.

    From the nearest warehouse that has all of it (by the customer's region), else from any single one that
    has, else line by line in the same preference, a line being split only where no warehouse has the whole of it.
    """
    free = {place: max(level.available, ZERO) for place, level in stock.items()}
    near_first = _near_first(order.region, company)
    whole = next((code for code in near_first if _has_all(order.lines, code, free)), None)
    preference = near_first if whole is None else (whole,)
    return replace(order, lines=tuple(_filled(line, preference, free) for line in order.lines))


def release(order: Order, shares: Mapping[int, Decimal] | None = None) -> Order:
    """The order with these quantities (by line number) no longer reserved; all of them when not given."""
    return replace(
        order,
        lines=tuple(
            replace(
                line,
                allocations=taken_off(
                    line.allocations, line.reserved if shares is None else shares.get(line.no, ZERO)
                )[0],
            )
            for line in order.lines
        ),
    )


def trimmed(line: Line) -> Line:
    """The line without reservations beyond what is ordered."""
    return replace(line, allocations=taken_off(line.allocations, max(-line.lacking, ZERO))[0])


def taken_off(places: Places, qty: Decimal) -> tuple[Places, Places]:
    """What remains at these places when `qty` is taken, and what is taken; the last place gives first."""
    remain: list[Allocation] = []
    taken: list[Allocation] = []
    for place in reversed(places):
        part = min(place.qty, qty)
        qty -= part
        if part:
            taken.append(Allocation(place.warehouse, part))
        if place.qty > part:
            remain.append(Allocation(place.warehouse, place.qty - part))
    return tuple(reversed(remain)), tuple(reversed(taken))


def put_to(places: Places, added: Iterable[Allocation]) -> Places:
    """These places with more at them."""
    sums = {place.warehouse: place.qty for place in places}
    for place in added:
        sums[place.warehouse] = sums.get(place.warehouse, ZERO) + place.qty
    return tuple(Allocation(warehouse, qty) for warehouse, qty in sums.items())


def ledger(before: Sequence[Line], after: Sequence[Line], order: int) -> tuple[StockMove, ...]:
    """What the difference between two states of an order's lines writes into the stock ledger."""
    reserved = _change(before, after, "allocations")
    sent = _change(before, after, "sent")
    moves: list[StockMove] = []
    for place in sorted(reserved.keys() | sent.keys()):
        out, kept = sent.get(place, ZERO), reserved.get(place, ZERO)
        if out > 0:
            moves.append(StockMove(*place, "ship", -out, -out, order))
            kept += out
        elif out < 0:
            moves.append(StockMove(*place, "return", -out, ZERO, order))
        if kept:
            moves.append(StockMove(*place, "reserve" if kept > 0 else "release", ZERO, kept, order))
    return tuple(moves)


def _change(before: Sequence[Line], after: Sequence[Line], where: str) -> dict[tuple[str, str], Decimal]:
    sums: dict[tuple[str, str], Decimal] = {}
    for lines, sign in ((before, -1), (after, 1)):
        for line in lines:
            for place in getattr(line, where):
                key = (place.warehouse, line.sku)
                sums[key] = sums.get(key, ZERO) + sign * place.qty
    return {place: qty for place, qty in sums.items() if qty}


def _near_first(region: str, company: Company) -> tuple[str, ...]:
    def far(warehouse: Warehouse) -> bool:
        return region not in warehouse.regions

    return tuple(warehouse.code for warehouse in sorted(company.catalogue.warehouses.values(), key=far))


def _has_all(lines: Sequence[Line], warehouse: str, free: Mapping[tuple[str, str], Decimal]) -> bool:
    wanted: dict[str, Decimal] = {}
    for line in lines:
        wanted[line.sku] = wanted.get(line.sku, ZERO) + line.lacking
    return all(free.get((warehouse, sku), ZERO) >= qty for sku, qty in wanted.items())


def _filled(line: Line, preference: Sequence[str], free: dict[tuple[str, str], Decimal]) -> Line:
    def there(warehouse: str) -> Decimal:
        return free.get((warehouse, line.sku), ZERO)

    missing = line.lacking
    whole = next((code for code in preference if there(code) >= missing), None)
    taken: list[Allocation] = []
    for warehouse in preference if whole is None else (whole,):
        part = min(there(warehouse), missing)
        if part > 0:
            free[warehouse, line.sku] -= part
            missing -= part
            taken.append(Allocation(warehouse, part))
    return replace(line, allocations=put_to(line.allocations, taken))
