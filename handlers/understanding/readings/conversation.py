"""What earlier lines left open, and how a further line fills it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from handlers.understanding.grammar.grounds import By, Ground
from handlers.understanding.lines.measuring import Measure
from handlers.understanding.lines.reader import Lines
from handlers.understanding.readings.creating import Order, OrderReader
from handlers.understanding.readings.opening import Opening, replaced
from handlers.understanding.readings.slots import Chosen, SlotReader, first_day
from handlers.understanding.spans.items import Item, Line, Quantity
from handlers.understanding.values.numerals import Number
from handlers.understanding.vocabulary.lexicon import Lexicon

_SAME = re.compile(
    r"^C\s*(?:同样|一样|同上)|也.{0,4}(?:一样|同样)|(?:一样|同样).{0,4}也|同样(?:的|来)|也照(?:这个|此)|也来(?:一份|一单|同样|这些)|(?:跟|和)(?:这个|这单|它|上面|刚才)(?:那单|的)?(?:一样|相同)|一样(?:的)?(?:来|也)|也是$|也这样|也是这些|照这个(?:也)?(?:来|下)|再来一(?:份|单)给"
)

_PRICE = re.compile("价|多少钱")
"""What is said of a price counts no goods."""
_BUT = re.compile("P|但|不过|只是|除了")
"""What stands beside it makes it another order."""


class Conversation:
    """Fills the order of earlier lines with what a further line says."""

    def __init__(self, lexicon: Lexicon, slots: SlotReader, orders: OrderReader) -> None:
        self._lexicon = lexicon
        self._slots = slots
        self._orders = orders
        self._measure = Measure(lexicon)
        self._opening = Opening(lexicon, self._measure)

    def settled(self, order: Order) -> bool:
        """Whether nothing is open about an order."""
        customer = order.customer is not None and len(order.customer.entries) == 1
        return customer and bool(order.lines) and all(asked.settled for asked in order.lines.asked)

    def products(self, order: Order) -> frozenset[int]:
        """The products of an order, as far as they are settled."""
        return frozenset(
            entry for asked in order.lines.asked if len(asked.entries) == 1 for entry in asked.entries
        )

    def same_for(self, order: Order, line: Line) -> Order | None:
        """解放路也一样: the same order for another customer."""
        customers = self._orders.customers(line)
        same = _SAME.search(line.masked)
        if not same or len(customers) != 1 or not order.lines or _BUT.search(line.masked):
            return None
        days = self._slots.days(line)
        return replace(
            order,
            customer=customers[0],
            due=first_day(days) or order.due,
            period=self._slots.period(line) or order.period,
            line=line,
            ground=Ground(By.SAME, same),
        )

    def taken_over(self, lines: Sequence[Line], orders: Sequence[list[Order]]) -> list[list[Order]]:
        """福满楼雪碧5箱 川味轩也一样: the order right before it for another customer, too."""
        taken: list[list[Order]] = []
        for line, found in zip(lines, orders, strict=True):
            before = taken[-1] if taken else []
            alike = not found and len(before) == 1
            same = self.same_for(before[0], line) if alike else None
            taken.append([same] if same else found)
        return taken

    def filled(self, order: Order, line: Line, said: Order, today: date) -> Order | None:
        """The order with the open places filled from a line; None where it fills none.

        `said` is the line read as an order of its own.
        """
        if said.customer and said.lines and self._own_customer(order, said.customer):
            return None
        customer = self._customer(order, said)
        begun = order if customer == order else customer
        filled = self._goods(begun, line, said)
        if filled is order:
            filled = self._opening.by_words(order, line)
        if filled is order:
            return None
        return replace(
            filled,
            due=first_day(self._slots.days(line)) or filled.due or said.due,
            period=said.period or filled.period,
            address=said.address or filled.address,
            note=said.note or filled.note,
            urgent=said.urgent or filled.urgent,
            line=line,
            ground=Ground(By.FILLS),
        )

    def _own_customer(self, order: Order, customer: Chosen) -> bool:
        return (
            not (order.customer and order.customer.entries & customer.entries) and order.customer is not None
        )

    def _customer(self, order: Order, said: Order) -> Order:
        if said.customer is None:
            return order
        if order.customer is None or not order.customer.entries:
            return replace(order, customer=said.customer) if said.customer.entries else order
        left = order.customer.entries & self._loosely(said.customer)
        if len(order.customer.entries) > 1 and left:
            return replace(order, customer=Chosen(left, order.customer.words))
        return order

    def _loosely(self, chosen: Chosen) -> frozenset[int]:
        """All customers that have the words said anywhere in a name."""
        spelled = self._lexicon.alphabet.learned(chosen.words)
        return chosen.entries | (self._lexicon.customers.names.find(spelled).all if spelled else frozenset())

    def _goods(self, order: Order, line: Line, said: Order) -> Order:
        if not order.lines:
            return replace(order, lines=said.lines) if said.lines else order
        items = [item for item in line.items if item.tag == "P"]
        counted = [item.value for item in line.items if isinstance(item.value, Quantity)]
        if not _PRICE.search(line.text.low):
            counted += [Quantity(item.value.values) for item in line.items if isinstance(item.value, Number)]
        for item in items:
            order = self._narrowed(order, item)
        return self._counted(order, counted[0], items) if len(counted) == 1 else order

    def _narrowed(self, order: Order, item: Item) -> Order:
        """罐装 after 可乐: the one open line that it fits."""
        fitting: list[tuple[int, frozenset[int]]] = []
        for index, asked in enumerate(order.lines.asked):
            if asked.line.sku:
                continue
            words = item.named.fragments
            left = frozenset(
                entry for entry in asked.entries if all(self._orders.describes(entry, one) for one in words)
            )
            named = item.named.entries if asked.unknown else left
            if named:
                fitting.append((index, named))
        index, entries = fitting[0] if len(fitting) == 1 else (0, frozenset[int]())
        return (
            replaced(order, index, self._opening.again(order.lines.asked[index], entries))
            if entries
            else order
        )

    def _counted(self, order: Order, quantity: Quantity, items: list[Item]) -> Order:
        """10箱 after 来点凉茶: the one line without a settled quantity."""
        fitting = [
            index
            for index, asked in enumerate(order.lines.asked)
            if (asked.without_quantity or len(asked.values) > 1 or asked.unknown_unit)
            and (not items or items[0].named.entries & asked.entries)
        ]
        if len(fitting) != 1:
            return order
        asked = order.lines.asked[fitting[0]]
        said = quantity if quantity.unit else Quantity(quantity.values, asked.line.unit or "")
        made = self._measure.asked(asked.entries, asked.unknown, said)
        return replaced(order, fitting[0], replace(made, said=asked.said))

    def among(self, lines: Lines, known: frozenset[int]) -> Lines:
        """Lines whose general words are the one known product they fit."""
        made = []
        for asked in lines.asked:
            left = asked.entries & known
            if not left and asked.said and known:
                left = self._orders.among(asked.said, known) & asked.entries
            made.append(
                self._opening.again(asked, left) if len(asked.entries) > 1 and len(left) == 1 else asked
            )
        return Lines(tuple(made))
