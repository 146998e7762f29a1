"""The open places of an order, and what is left of them when more is known."""

from dataclasses import replace

from handlers.understanding.lines.measuring import Asked, Measure
from handlers.understanding.lines.reader import Lines
from handlers.understanding.readings.choosing import NOISE
from handlers.understanding.readings.creating import Order
from handlers.understanding.readings.slots import Chosen
from handlers.understanding.spans.items import Line, Quantity
from handlers.understanding.vocabulary.lexicon import Kind, Lexicon

_LONGEST_WORD = 6


class Opening:
    """Fills open places by words that are names nowhere else."""

    def __init__(self, lexicon: Lexicon, measure: Measure) -> None:
        self._lexicon = lexicon
        self._measure = measure

    def by_words(self, order: Order, line: Line) -> Order:
        """区的, 大的: a word that is a name nowhere, but tells apart what an open place may be."""
        bare = NOISE.sub("", line.text.low)
        spelled = self._lexicon.alphabet.learned(bare)
        counts = any(asked.without_quantity or len(asked.values) > 1 for asked in order.lines.asked)
        if len(bare) > _LONGEST_WORD or (bare.isdigit() and counts):
            return order
        if bare in self._lexicon.units:
            return self._counted_in(order, bare)
        customer = order.customer
        if customer and len(customer.entries) > 1 and spelled:
            left = _containing(self._lexicon.customers, customer.entries, spelled)
            return replace(order, customer=Chosen(left, customer.words)) if left else order
        open_lines = [index for index, asked in enumerate(order.lines.asked) if len(asked.entries) > 1]
        for index in open_lines[:1] if len(open_lines) == 1 else ():
            asked = order.lines.asked[index]
            sized = self._lexicon.goods.by_size.get(bare, frozenset()) & asked.entries
            found = sized or (
                _containing(self._lexicon.products, asked.entries, spelled) if spelled else sized
            )
            return replaced(order, index, self.again(asked, found)) if found else order
        return order

    def _counted_in(self, order: Order, unit: str) -> Order:
        """箱, where the unit said before is none of the product's."""
        fitting = [index for index, asked in enumerate(order.lines.asked) if asked.unknown_unit]
        asked = order.lines.asked[fitting[0]] if len(fitting) == 1 else None
        said = Quantity(asked.values, unit) if asked else None
        return replaced(order, fitting[0], self._measure.asked(asked.entries, "", said)) if asked else order

    def again(self, asked: Asked, entries: frozenset[int]) -> Asked:
        """The same line with fewer products to choose from."""
        unit = asked.line.unit or asked.unknown_unit
        made = self._measure.asked(
            entries, "", Quantity(asked.values, unit) if asked.values or unit else None
        )
        line = replace(made.line, price=asked.line.price, gift=asked.line.gift)
        if asked.line.delta is not None:
            unit_name = line.unit or self._measure.default_unit(made.entries)
            line = replace(line, qty=None, delta=asked.line.delta, unit=unit_name)
        return replace(made, line=line, said=asked.said)


def replaced(order: Order, index: int, asked: Asked) -> Order:
    """The order with another line in the place of one."""
    lines = list(order.lines.asked)
    lines[index] = asked
    return replace(order, lines=Lines(tuple(lines)))


def _containing(kind: Kind, entries: frozenset[int], word: str) -> frozenset[int]:
    """Those of the entries that have a word in a name, where not all have."""
    left = frozenset(entry for entry in entries if kind.has(entry, word))
    return left if left != entries else frozenset()
