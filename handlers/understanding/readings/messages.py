"""Whole messages: quoted and earlier lines, tables, several requests at once."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.understanding.grammar.coupling import couples
from handlers.understanding.grammar.grounds import By, Ground
from handlers.understanding.grammar.splitting import split
from handlers.understanding.lines.reader import LineReader
from handlers.understanding.normalise.body import body
from handlers.understanding.normalise.envelope import Envelope
from handlers.understanding.normalise.text import LONGEST, Text, read_text
from handlers.understanding.reading import Reading
from handlers.understanding.readings.acting import ActionReader
from handlers.understanding.readings.conversation import Conversation
from handlers.understanding.readings.creating import Order, OrderReader
from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.readings.slots import SlotReader
from handlers.understanding.readings.spreadsheet import Spreadsheet
from handlers.understanding.spans.items import MOST_LINES, Line
from handlers.understanding.spans.scan import Scanner
from handlers.understanding.values.refs import Orders
from handlers.understanding.vocabulary.lexicon import Lexicon

_PASSING_ON = re.compile(
    r"帮|下(?:一下|单|了)?吧?$|下(?:一)?单|录|安排|处理|开单|照(?:这个|着)|给(?:他|她|客户)|做单|按(?:这个|此)|这个(?:单)?|订单|新单|麻烦|跟一下"
)
_NOT_PASSED_ON = re.compile(r"(?:别|不要|不用|先不)(?:再|急着)?(?:帮|下|录|安排|处理|开单|做单)")
_PLACES = re.compile(r"下(?:一|个)?单|录|开单|新单|建单|报单|订单")


@dataclass(frozen=True, slots=True)
class Context:
    """What earlier lines of the same sender left: an order, and whether there was one."""

    order: Order | None = None
    talking: bool = False


class MessageReader:
    """Reads messages."""

    def __init__(self, lexicon: Lexicon, scanner: Scanner) -> None:
        self._lexicon = lexicon
        self._scanner = scanner
        slots = SlotReader(lexicon)
        lines = LineReader(lexicon, scanner.products)
        self._orders = OrderReader(lexicon, lines, slots)
        self._conversation = Conversation(lexicon, slots, self._orders)
        self._actions = ActionReader(lexicon, lines, slots, self._orders, self._conversation)
        self.sheets = Spreadsheet(lexicon, scanner, self._orders, slots)

    def after(self, envelope: Envelope, now: datetime, context: Context) -> Context:
        """The context once this line has been said, too."""
        text = body(envelope)
        if len(text.low) > LONGEST:
            return context
        if self.sheets.sketches(text, now.date()):
            # Its rows are no words of a line: a further line is of the order, and fills nothing of the table.
            return replace(context, talking=True)
        line = self._scanner.line(text, now.date())
        order = self._next(line, now, context)
        return Context(order, True) if order else context

    def _next(self, line: Line, now: datetime, context: Context) -> Order | None:
        filled = self._filled(line, now, context)
        return filled or self._actions.order(line, now) or self._added_to(line, now, context.order)

    def _added_to(self, line: Line, now: datetime, order: Order | None) -> Order | None:
        """后天送, 备注 走后门: the order with what is said of it as a whole."""
        if order is None:
            return None
        slots = self._actions.read(line, now, talking=True, known=self._conversation.products(order)).slots
        if slots.get("orders") != ("last",) or slots.get("lines"):
            return None
        said = {name: slots[name] for name in ("due", "period", "address", "note", "urgent") if name in slots}
        return replace(order, **said) if said else None

    def read(self, envelope: Envelope, now: datetime, context: Context) -> list[Sketch]:
        """The requests of a message in the order said; one of them where nothing is asked for."""
        text = body(envelope)
        if envelope.quoted and len(text.low) <= LONGEST:
            return self._reply(text, envelope.quoted, now, context)
        return self._said(text, now, context)

    def _said(self, text: Text, now: datetime, context: Context) -> list[Sketch]:
        """A table, or a line; what is too long to be a line and has no head is neither."""
        if listed := self.sheets.sketches(text, now.date()):
            return listed
        if len(text.low) > LONGEST:
            return [Sketch("none", Ground(By.NOTHING))]
        return self._plain(text, now, context)

    def _reply(self, text: Text, quoted: Text, now: datetime, context: Context) -> list[Sketch]:
        """A reply to a quoted message: the quotation is context, the reply says what is wanted."""
        about = self._scanner.line(quoted.cut(0, LONGEST), now.date())
        numbers = tuple(
            item.value.number
            for item in about.items
            if isinstance(item.value, Orders) and item.value.number.isdigit()
        )
        line = self._scanner.line(text, now.date())
        if numbers:
            known = self._conversation.products(self._orders.read(about, now.date()))
            return [self._actions.read(line, now, about=tuple(dict.fromkeys(numbers)), known=known)]
        said = self._plain(text, now, context)
        if _NOT_PASSED_ON.search(line.masked):
            return said
        if said[0].intent in {"none", "confirm"} or (
            _PASSING_ON.search(line.masked) and not re.search("[PQ]", line.masked)
        ):
            both = read_text(f"{quoted.raw}\n{text.raw}")
            passed = both if re.search("[CDTO]", line.masked) else quoted
            placed = self._said(passed, now, Context())
            if placed[0].intent == "order.change" and _PLACES.search(line.masked):
                placed = self._placed(passed, now)
            if placed[0].intent == "order.create" and _PASSING_ON.search(line.masked):
                return placed
        return said

    def _placed(self, text: Text, now: datetime) -> list[Sketch]:
        """What would by itself change an order, where the sender says that it is a new one."""
        return self._written(self._orders.each(self._scanner.line(text, now.date()), now.date()))

    def _plain(self, text: Text, now: datetime, context: Context) -> list[Sketch]:
        found, cells = self._scanner.found(text, now.date())
        line = self._scanner.read(text, found, cells)
        stretches = split(line, self._lexicon.customers.names)
        if len(stretches) < 2:
            return self._one(line, now, context)
        room = MOST_LINES // len(stretches)
        lines = [replace(one, room=room) for one in self._scanner.parts(text, found, stretches)]
        orders = self._conversation.taken_over(lines, [self._actions.orders(one, now) for one in lines])
        if all(len(found) == 1 for found in orders):
            return self._written(self._shared([order for found in orders for order in found]))
        if context == Context():
            each = [
                self._written(found) or [self._actions.read(one, now)]
                for one, found in zip(lines, orders, strict=True)
            ]
        else:
            each = [self._one(one, now, context) for one in lines]
        return _wanted([made for requests in each for made in requests])

    def _written(self, orders: Sequence[Order]) -> list[Sketch]:
        return [self._orders.sketch(order) for order in orders]

    def _one(self, line: Line, now: datetime, context: Context) -> list[Sketch]:
        filled = self._filled(line, now, context)
        known = self._conversation.products(context.order) if context.order else frozenset()
        orders = [filled] if filled else self._actions.orders(line, now, talking=context.talking, known=known)
        if orders:
            return self._written(orders)
        return self._coupled(line, now) or [
            self._actions.read(line, now, talking=context.talking, known=known)
        ]

    def _coupled(self, line: Line, now: datetime) -> list[Sketch]:
        """Two things done to one order."""
        for couple in couples(line):
            lines = (
                self._scanner.line(read_text(words), now.date()) for words in (couple.first, couple.second)
            )
            first, second = (self._actions.read(one, now) for one in lines)
            settled = not (first.missing or second.missing)
            if settled and couple.holds(first.intent, second.intent):
                return [first, second]
        return []

    def _filled(self, line: Line, now: datetime, context: Context) -> Order | None:
        """The order of earlier lines, filled or taken over by this one."""
        if context.order is None or self._actions.is_talk(line):
            return None
        same = self._conversation.same_for(context.order, line)
        if same:
            return same
        if self._conversation.settled(context.order) or not self._actions.may_fill(line):
            return None
        said = self._orders.read(line, now.date())
        return self._conversation.filled(context.order, line, said, now.date())

    def _shared(self, orders: Sequence[Order]) -> list[Order]:
        """A day or quantity said once for several customers holds for each."""
        dated = [order for order in orders if order.due]
        if len(dated) != 1:
            return list(orders)
        return [replace(order, due=dated[0].due, period=order.period or dated[0].period) for order in orders]


def joined(requests: Sequence[Sketch]) -> Reading:
    """The first is the answer, the others follow."""
    return requests[0].reading(tuple(made.reading() for made in requests[1:]))


def _wanted(requests: list[Sketch]) -> list[Sketch]:
    """What asks for nothing is left out beside what does."""
    return [made for made in requests if made.intent != "none"] or requests[:1]
