"""The automatic checks at entry: each a ✓ or a ⚠ with the figures that led to it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from domain.act import Act
from domain.company import Limits
from domain.order import ZERO, Check, Line, total
from domain.ports import EntryFacts, StockLevel
from domain.pricing import Wanted, customer_of
from domain.snapshot import text

# The kinds, and what the facts of each say, in this order; where a check is about lines, once for each line at
# fault (`stock` and `habit` for each product). Quantities and prices are for the line's unit. `gift` is how much
# is given away, empty where it is paid for; `qty` is all that has not left yet, `available` what there is for it.
CHECKS: Mapping[str, tuple[str, ...]] = {
    "price": ("name", "unit", "price", "list", "gift"),
    "stock": ("name", "unit", "qty", "available"),
    "address": ("address", "region"),
    "credit": ("limit", "exposure", "amount"),
    "duplicate": ("order",),
    "habit": ("name", "unit", "qty", "usual"),
}

_PLACES = Decimal("0.01")


def rows(check: Check) -> tuple[Mapping[str, str], ...]:
    """The facts of a check, one mapping for each thing they are about."""
    width = len(CHECKS[check.kind])
    starts = range(0, len(check.facts), width)
    return tuple(dict(check.facts[start : start + width]) for start in starts)


def fingerprint(customer: str, lines: Sequence[Line]) -> str:
    """The same for two orders of one customer with the same goods, whatever the units and the order said."""
    sums: dict[tuple[str, bool], Decimal] = {}
    for line in lines:
        key = (line.sku, line.gift)
        sums[key] = sums.get(key, ZERO) + line.ordered
    words = [customer, *(f"{sku}:{gift}:{text(qty)}" for (sku, gift), qty in sorted(sums.items()))]
    return hashlib.sha256("|".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def checks(
    wanted: Wanted,
    lines: Sequence[Line],
    facts: EntryFacts,
    stock: Mapping[tuple[str, str], StockLevel],
    act: Act,
) -> tuple[Check, ...]:
    """Every automatic check, in the order of `CHECKS`; exposure and recent orders are those of other orders."""
    customer = customer_of(wanted.customer, act.company)
    limits = act.company.limits
    mark = fingerprint(customer.code, lines)
    same = [number for number, other in facts.recent if other == mark]
    return (
        _check("price", _off_price(lines, limits)),
        _check("stock", _wanting(lines, stock)),
        _address(wanted.address or customer.address, customer.region, act),
        _credit(customer.credit_limit, facts.exposure, total(line.amount for line in lines)),
        _check("duplicate", [(str(number),) for number in same]),
        _check("habit", _unusual(lines, facts.usual, limits)),
    )


def _address(address: str, region: str, act: Act) -> Check:
    facts = (("address", address), ("region", region))
    return Check("address", not _elsewhere(address, region, act), facts)


def _credit(limit: Decimal, exposure: Decimal, amount: Decimal) -> Check:
    facts = (("limit", text(limit)), ("exposure", text(exposure)), ("amount", text(amount)))
    return Check("credit", exposure + amount <= limit, facts)


def _elsewhere(address: str, region: str, act: Act) -> bool:
    """True where the address names another region that the company delivers to; 后门 or a bare street names none."""
    served = {name for place in act.company.catalogue.warehouses.values() for name in place.regions}
    return region not in address and any(other in address for other in served if other)


def _check(kind: str, faults: Iterable[tuple[str, ...]]) -> Check:
    facts = tuple(pair for fault in faults for pair in zip(CHECKS[kind], fault, strict=True))
    return Check(kind, not facts, facts)


def _off_price(lines: Sequence[Line], limits: Limits) -> list[tuple[str, ...]]:
    # Gifts are a rebate: together they may be worth as much of what is paid for as a price may be off.
    sold = total(line.list_price * line.qty for line in lines if not line.gift)
    given = total(line.list_price * line.qty for line in lines if line.gift)
    generous = given > sold * limits.price_tolerance
    return [
        (line.name, line.unit, text(line.price), text(line.list_price), text(line.qty) if line.gift else "")
        for line in lines
        if (
            generous
            if line.gift
            else abs(line.price - line.list_price) > line.list_price * limits.price_tolerance
        )
    ]


def _wanting(lines: Sequence[Line], stock: Mapping[tuple[str, str], StockLevel]) -> list[tuple[str, ...]]:
    faults: list[tuple[str, ...]] = []
    for first in {line.sku: line for line in reversed(lines)}.values():
        wanted = total(line.ordered - line.shipped for line in lines if line.sku == first.sku)
        kept = total(line.reserved for line in lines if line.sku == first.sku)
        free = total(max(level.available, ZERO) for (_, sku), level in stock.items() if sku == first.sku)
        there = kept + free
        if wanted > there:
            faults.append((first.name, first.unit, _in_unit(wanted, first), _in_unit(there, first)))
    return faults


def _unusual(lines: Sequence[Line], usual: Mapping[str, Decimal], limits: Limits) -> list[tuple[str, ...]]:
    faults: list[tuple[str, ...]] = []
    for first in {line.sku: line for line in reversed(lines) if not line.gift}.values():
        wanted = total(line.ordered for line in lines if line.sku == first.sku and not line.gift)
        habit = usual.get(first.sku, ZERO)
        if habit and not habit / limits.habit_factor <= wanted <= habit * limits.habit_factor:
            faults.append((first.name, first.unit, _in_unit(wanted, first), _in_unit(habit, first)))
    return faults


def _in_unit(qty: Decimal, line: Line) -> str:
    return text((qty / line.unit_size).quantize(_PLACES))
