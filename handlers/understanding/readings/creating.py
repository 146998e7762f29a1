"""A new order from a line, or one for each customer in it."""

import re
from dataclasses import dataclass, field, replace
from datetime import date

from handlers.understanding.grammar.grounds import Ground
from handlers.understanding.grammar.splitting import contiguous
from handlers.understanding.lines.reader import LineReader, Lines
from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.readings.places import address, leftover, note, of_delivery, without
from handlers.understanding.readings.slots import Chosen, SlotReader, first_day
from handlers.understanding.readings.strangers import strange_customer, with_strange_goods
from handlers.understanding.spans.items import Line
from handlers.understanding.vocabulary.lexicon import Lexicon
from handlers.understanding.vocabulary.mentions import Fragment, Named

URGENT = re.compile(
    r"加急|尽快|紧急|特急|急单|急用|急要|急需|着急|火急|马上|立刻|立即|赶紧|抓紧|越快越好|急(?!诊|救|冻)|最快|速送|快点|赶快"
)
_NOT_URGENT = re.compile(r"不(?:着)?急|不用急|不是很急")

_IN_ALL = re.compile(r"(?:共|合计)[是要]?\s*Q")
"""One quantity of all together: how much of it is whose, nobody said."""


@dataclass(frozen=True, slots=True)
class Order:
    """What one order in a message says, before it is a reading.

    `line`, `mentions` beside it, and `ground` are where it was said and what made it an order; two orders that want
    the same are equal.
    """

    customer: Chosen | None
    lines: Lines
    due: date | None = None
    period: str | None = None
    address: str | None = None
    note: str | None = None
    urgent: bool = False
    line: Line | None = field(default=None, compare=False)
    ground: Ground | None = field(default=None, compare=False)
    mentions: tuple[Named, ...] = field(default=(), compare=False)


class OrderReader:
    """Reads new orders."""

    def __init__(self, lexicon: Lexicon, lines: LineReader, slots: SlotReader) -> None:
        self._lexicon = lexicon
        self._lines = lines
        self._slots = slots

    def customers(self, line: Line) -> list[Chosen]:
        """The customers of a line; unknown words after the goods of a known one name nobody."""
        last = max((index for index, item in enumerate(line.items) if item.tag in "PQ"), default=-1)
        known = any(item.tag == "C" and item.named.entries for item in line.items)
        items = [
            item
            for index, item in enumerate(line.items)
            if not (known and index > last >= 0 and item.tag == "C" and not item.named.entries)
        ]
        return self._slots.named(items, "C", self._lexicon.customers.names)

    def describes(self, entry: int, fragment: Fragment) -> bool:
        """Whether a product has what a fragment says."""
        return self._lines.describes(entry, fragment)

    def among(self, said: Named, known: frozenset[int]) -> frozenset[int]:
        """The products a qualifier means beside goods that are known."""
        return self._lines.among(said, known)

    def read(self, line: Line, today: date) -> Order:
        """One order."""
        place, remark = address(line), note(line)
        left = without(line, (place, remark))
        customers = self.customers(left)
        if not customers and place and self.customers(line):
            left, place = without(line, (remark,)), None
            customers = self.customers(left)
        left, stranger = strange_customer(left, customers)
        goods = left.part([item for item in left.items if item.tag not in "CSW"])
        period = self._slots.period(left)
        days = self._slots.days(of_delivery(left))
        return Order(
            customers[0] if len(customers) == 1 else self._clash(customers) or stranger,
            self._lines.read(with_strange_goods(goods, named=bool(customers))),
            first_day(days) or (today if period else None),
            period,
            place.words if place else None,
            remark.words if remark else leftover(left),
            bool(URGENT.search(line.text.low)) and not _NOT_URGENT.search(line.text.low),
            line,
        )

    def each(self, line: Line, today: date) -> list[Order]:
        """One order, or the same for each of several customers listed side by side."""
        order = self.read(line, today)
        place = address(line)
        named = [item for item in without(line, (place, note(line))).items if item.tag == "C"]
        customers = self.customers(line.part(named))
        if len(customers) < 2 or not order.lines or not contiguous(line, named):
            return [order]
        if _IN_ALL.search(line.masked):
            return [replace(order, customer=self._clash(customers))]
        return [replace(order, customer=customer) for customer in customers]

    def _clash(self, customers: list[Chosen]) -> Chosen | None:
        if not customers:
            return None
        return Chosen(frozenset(), " ".join(one.words for one in customers))

    def goods(self, line: Line, words: str) -> Named:
        """All that is named in a line as one product."""
        return self._lines.one(line, words)

    def sketch(self, order: Order, intent: str = "order.create") -> Sketch:
        """An order as slots and questions."""
        made = Sketch(intent, order.ground, line=order.line, mentions=order.mentions)
        if order.customer:
            made.choose("customer", self._lexicon.customers, order.customer.entries, order.customer.words)
        else:
            made.missing.append("customer")
        made.lines(order.lines, self._lexicon.products)
        if not order.lines:
            made.missing.append("lines")
        made.put(
            due=order.due, period=order.period, address=order.address, note=order.note, urgent=order.urgent
        )
        return made
