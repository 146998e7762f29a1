"""What is to be done, and with what: from items to a reading."""

import re
from dataclasses import replace
from datetime import datetime

from handlers.understanding.grammar import classify
from handlers.understanding.grammar.classify import Shape
from handlers.understanding.grammar.grounds import By, Ground
from handlers.understanding.grammar.wanting import against, refused, wanted
from handlers.understanding.lines.reader import LineReader
from handlers.understanding.readings import changing, finding, inquiring, ordering
from handlers.understanding.readings.conversation import Conversation
from handlers.understanding.readings.creating import Order, OrderReader
from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.readings.slots import SlotReader
from handlers.understanding.spans.items import Line
from handlers.understanding.vocabulary.lexicon import Lexicon

_AGREES = re.compile(r"(?:好的?|嗯+|可以|行|ok|好嘞|好滴|没问题|妥|中|成|嘞|的|吧)+")


class ActionReader:
    """Reads one request."""

    def __init__(
        self, lexicon: Lexicon, lines: LineReader, slots: SlotReader, orders: OrderReader, talk: Conversation
    ) -> None:
        self._lexicon = lexicon
        self._slots = slots
        self._orders = orders
        self._ordering = ordering.Ordering(lexicon, lines, slots)
        self._changing = changing.Changing(lexicon, lines, slots, talk)
        self._inquiring = inquiring.Inquiring(lexicon, lines, slots)
        self._finding = finding.Finding(lexicon, lines, slots)

    def read(
        self,
        line: Line,
        now: datetime,
        *,
        about: tuple[str, ...] = (),
        talking: bool = False,
        known: frozenset[int] = frozenset(),
    ) -> Sketch:
        """The reading of a line; `about` are the orders a quoted message speaks of, `talking` after an own order."""
        shape = Shape(line.masked.strip())
        made = (
            Sketch("none", Ground(By.NOTHING))
            if not shape.bare
            else self._whole(shape, about, talking=talking)
            or self._repeat(line, shape, now)
            or self._told(line, shape, about)
            or _about(self._inquiring.talk(line, shape, now), about)
            or self._inquiring.goods(line, shape, now)
            or self._changing.change(line, shape, about, talking=talking, known=known)
            or self._acts(line, shape, about, talking=talking)
            or self._finding.find(line, shape)
            or self._create(line, now)
            or self._chatter(line, shape, now)
        )
        made.line = line
        return made

    def _whole(self, shape: Shape, about: tuple[str, ...], *, talking: bool) -> Sketch | None:
        """What the line means as a whole: a short reply, a set phrase, a yes to an own order."""
        reply = self._ordering.under_quote(shape, about)
        if reply:
            return reply
        set_phrase = classify.whole(shape)
        if set_phrase:
            return Sketch(set_phrase, Ground(By.PHRASE))
        agrees = talking and _AGREES.fullmatch(shape.wordings[0])
        return Sketch("confirm", Ground(By.AGREES)) if agrees else None

    def _acts(
        self, line: Line, shape: Shape, about: tuple[str, ...], *, talking: bool = False
    ) -> Sketch | None:
        if self._finding.by_state(line):
            return None
        return self._ordering.action(line, shape, about, talking=talking)

    def _told(self, line: Line, shape: Shape, about: tuple[str, ...]) -> Sketch | None:
        """42驳回 没填单价: right behind an order the word of action decides, whatever the reason speaks of."""
        if not classify.acts_at_once(shape) or classify.QUESTION.search(shape.masked):
            return None
        return self._ordering.action(line, shape, about)

    def _repeat(self, line: Line, shape: Shape, now: datetime) -> Sketch | None:
        match = classify.REPEAT.search(shape.masked)
        if not match or re.search(r"[?]|吗$|O.{0,4}(?:取消|改)", shape.masked):
            return None
        return self._changing.repeat(line, self._orders.read(line, now.date()), Ground(By.REPEATS, match))

    def _create(self, line: Line, now: datetime) -> Sketch | None:
        order = self.order(line, now)
        return self._orders.sketch(order) if order else None

    def _chatter(self, line: Line, shape: Shape, now: datetime) -> Sketch:
        """Nothing to act on, and what kept it from being an order."""
        over = self._over(line, shape, now)
        return Sketch("none", over or against(shape) or refused(shape) or Ground(By.NOTHING))

    def _over(self, line: Line, shape: Shape, now: datetime) -> Ground | None:
        """A day that is over, where nothing is wanted on it."""
        past = any(day.last < now.date() for day in self._slots.days(line))
        return Ground(By.PAST) if past and not classify.WANTED_ON.search(shape.masked) else None

    def order(self, line: Line, now: datetime) -> Order | None:
        """The new order a line asks for, if it does."""
        found = self.orders(line, now)
        return found[0] if len(found) == 1 else None

    def orders(
        self, line: Line, now: datetime, *, talking: bool = False, known: frozenset[int] = frozenset()
    ) -> list[Order]:
        """The new orders a line asks for: one for each customer listed side by side."""
        shape = Shape(line.masked.strip())
        ground = wanted(shape)
        if (
            ground is None
            or self._over(line, shape, now)
            or self._asks_otherwise(line, shape, now, known, talking=talking)
        ):
            return []
        found = self._orders.each(line, now.date())
        if refused(shape) and not any(order.lines for order in found):
            return []
        return [replace(order, ground=ground) for order in found]

    def _asks_otherwise(
        self, line: Line, shape: Shape, now: datetime, known: frozenset[int], *, talking: bool
    ) -> bool:
        """Whether the line is some other request."""
        return bool(
            classify.whole(shape)
            or classify.REPEAT.search(shape.masked)
            or self._inquiring.talk(line, shape, now)
            or self._inquiring.goods(line, shape, now)
            or self._changing.change(line, shape, (), talking=talking, known=known)
            or self._acts(line, shape, ())
            or self._finding.find(line, shape)
        )

    def is_talk(self, line: Line) -> bool:
        """Whether a line is a set phrase or chatter that fills nothing."""
        shape = Shape(line.masked.strip())
        return bool(classify.whole(shape)) or not shape.bare

    def may_fill(self, line: Line) -> bool:
        """Whether a line may answer what was left open."""
        shape = Shape(line.masked.strip())
        masked = shape.masked
        if against(shape):
            return False
        corrects = classify.CHANGE.search(masked) and not re.fullmatch(
            r"(?:那|就|还是|换|改|成|为|要|是|吧|的|P|\s)+", masked
        )
        return not classify.order(shape) and "O" not in masked and not corrects


def _about(made: Sketch | None, orders: tuple[str, ...]) -> Sketch | None:
    """A reminder asked for under an alert is about its orders."""
    if made and made.intent == "alert.snooze" and not made.slots.get("orders"):
        made.put(orders=orders)
    return made
