"""From what was said of a product to a line: unit, quantity, price, and what must be asked."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Context, Decimal

from handlers.understanding.lines.bargains import Bargain
from handlers.understanding.reading import SaidLine
from handlers.understanding.spans.items import Quantity
from handlers.understanding.values.money import Money
from handlers.understanding.vocabulary.lexicon import Lexicon
from handlers.understanding.vocabulary.mentions import Named
from handlers.understanding.vocabulary.words import SAME_UNIT

DOZEN = Decimal(12)
_CENTS = Decimal("0.0001")
_WIDE = Context(prec=60)


@dataclass(frozen=True, slots=True)
class Asked:
    """A line and what is open about it; `entries` are the products it may be, `start` is where it was said.

    `said`, `quantity`, `money` and `bargain` are what it was made from.
    """

    line: SaidLine
    entries: frozenset[int] = frozenset()
    unknown: str = ""
    unknown_unit: str = ""
    values: tuple[Decimal, ...] = ()
    without_quantity: bool = False
    said: Named | None = None
    quantity: Quantity | None = field(default=None, compare=False)
    money: Money | None = field(default=None, compare=False)
    bargain: Bargain | None = field(default=None, compare=False)
    start: int = 0

    @property
    def settled(self) -> bool:
        """Whether nothing need be asked about it."""
        return not (
            self.unknown or self.unknown_unit or len(self.values) > 1 or self.without_quantity
        ) and bool(self.line.sku)


class Measure:
    """Knows the units of the catalogue."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def narrowed(self, entries: frozenset[int], unit: str) -> frozenset[int]:
        """The entries that are sold in a unit, or all where none is."""
        if not unit or len(entries) < 2:
            return entries
        having = frozenset(entry for entry in entries if self._own(entry, unit))
        if having:
            return having
        same = SAME_UNIT.get(unit, "")
        return frozenset(entry for entry in entries if same and self._own(entry, same)) or entries

    def _own(self, entry: int, unit: str) -> str:
        """The unit as the product writes it, or nothing."""
        return self._lexicon.goods.units_at[entry].get(unit, "")

    def unit(self, entries: frozenset[int], unit: str) -> tuple[str, Decimal, bool]:
        """The catalogue's unit, how many of it one of the said unit is, and whether it is known."""
        if not entries:
            same = SAME_UNIT.get(unit, unit)
            return (
                (same if unit not in self._lexicon.units and same in self._lexicon.units else unit),
                Decimal(1),
                True,
            )
        for candidate in (unit, SAME_UNIT.get(unit, "")):
            found = {self._own(entry, candidate) for entry in entries} - {""} if candidate else set()
            if found:
                return min(found), Decimal(1), True
        if unit == "打":
            smallest = {self._lexicon.product(entry).smallest for entry in entries}
            if len(smallest) == 1:
                return smallest.pop(), DOZEN, True
        return unit, Decimal(1), False

    def asked(self, entries: frozenset[int], unknown: str, quantity: Quantity | None) -> Asked:
        """A line with this quantity of one of `entries`."""
        unit = quantity.unit if quantity else ""
        left = self.narrowed(entries, unit)
        product = self._lexicon.product(min(left)) if len(left) == 1 else None
        name, factor, known = self.unit(left, unit) if unit else ("", Decimal(1), True)
        if not unit and product and quantity and not quantity.vague:
            name = product.default_unit
        values = tuple(_plain(value * factor) for value in (quantity.values if quantity else ()))
        line = SaidLine(
            sku=product.sku if product else None,
            qty=values[0] if len(values) == 1 else None,
            unit=name if known and name else None,
        )
        return Asked(
            line,
            left,
            unknown if not left else "",
            "" if known else unit,
            values,
            not values,
            quantity=quantity,
        )

    def same(self, entries: frozenset[int], first: Quantity, second: Quantity) -> bool:
        """Whether two quantities in different units are the same amount of each of `entries`."""
        if len(first.values) != 1 or len(second.values) != 1 or not entries:
            return False
        for entry in entries:
            product = self._lexicon.product(entry)
            sizes = [product.size_of(self.unit(frozenset({entry}), one.unit)[0]) for one in (first, second)]
            if sizes[0] is None or sizes[1] is None or sizes[0] == sizes[1]:
                return False
            if first.values[0] * sizes[0] != second.values[0] * sizes[1]:
                return False
        return True

    def price(self, asked: Asked, money: Money) -> Decimal:
        """The price for one unit of the line."""
        if not money.unit or not asked.line.unit or not asked.entries:
            return money.value
        product = self._lexicon.product(min(asked.entries))
        unit, _, known = self.unit(asked.entries, money.unit)
        said, wanted = product.size_of(unit), product.size_of(asked.line.unit)
        if not known or said is None or wanted is None or said == wanted:
            return money.value
        return _plain((money.value * wanted / said).quantize(_CENTS, ROUND_HALF_UP, _WIDE))

    def default_unit(self, entries: frozenset[int]) -> str | None:
        """The usual unit of a product, where it is settled."""
        return self._lexicon.product(min(entries)).default_unit if len(entries) == 1 else None

    def parts_of(self, whole: Asked, parts: Sequence[Asked]) -> bool:
        """Whether quantities of the same unit add up to that of the whole."""
        units = {part.line.unit for part in parts} | {whole.line.unit}
        quantities = [part.line.qty for part in parts]
        if len(units) > 1 or any(quantity is None for quantity in quantities):
            return False
        return sum((quantity for quantity in quantities if quantity), Decimal(0)) == whole.line.qty


def _plain(value: Decimal) -> Decimal:
    """Without an exponent or zeros at the end."""
    short = value.normalize()
    return short.quantize(Decimal(1), context=_WIDE) if short == short.to_integral_value() else short
