"""What is to be done, and with what: from items to a reading."""

import re
from datetime import datetime

from handlers.understanding.grammar import classify
from handlers.understanding.grammar.classify import Shape
from handlers.understanding.lines.reader import LineReader
from handlers.understanding.reading import Reading
from handlers.understanding.readings import changing, finding, inquiring, ordering
from handlers.understanding.readings.conversation import Conversation
from handlers.understanding.readings.creating import Order, OrderReader
from handlers.understanding.readings.slots import SlotReader
from handlers.understanding.spans.items import Line
from handlers.understanding.vocabulary.lexicon import Lexicon

NONE = Reading("none")
VAGUE = re.compile(r"(?:来|要|拿|补|进|搞|整|弄)(?:点|些)|一些|一点|若干|适量")


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
    ) -> Reading:
        """The reading of a line; `about` are the orders a quoted message speaks of, `talking` after an own order."""
        shape = Shape(line.masked.strip())
        if not shape.bare:
            return NONE
        if about and re.fullmatch(r"收到|知道了?|好的?|明白|了解|ok|我看看?|嗯+", shape.bare):
            return self._ordering.acknowledged(about)
        if about and re.fullmatch(r"取消|不要了?|撤了?|作废|算了", shape.bare):
            return self._ordering.cancelled(about)
        set_phrase = classify.whole(shape)
        if set_phrase:
            return Reading(set_phrase)
        if talking and re.fullmatch(
            r"好的?|嗯*好的?|嗯+|可以|行|ok|好嘞|好滴|没问题|妥|中|成", shape.wordings[0]
        ):
            return Reading("confirm")
        return (
            self._repeat(line, shape, now)
            or self._inquiring.talk(line, shape, now)
            or self._inquiring.goods(line, shape, now)
            or self._changing.change(line, shape, about, talking=talking, known=known)
            or self._acts(line, shape, about, talking=talking)
            or self._finding.find(line, shape)
            or self._create(line, shape, now)
            or NONE
        )

    def _acts(
        self, line: Line, shape: Shape, about: tuple[str, ...], *, talking: bool = False
    ) -> Reading | None:
        if self._finding.by_state(line):
            return None
        return self._ordering.action(line, shape, about, talking=talking)

    def _repeat(self, line: Line, shape: Shape, now: datetime) -> Reading | None:
        if not classify.REPEAT.search(shape.masked) or re.search(r"[?]|吗$|O.{0,4}(?:取消|改)", shape.masked):
            return None
        return self._changing.repeat(line, self._orders.read(line, now.date()))

    def _create(self, line: Line, shape: Shape, now: datetime) -> Reading | None:
        del shape
        order = self.order(line, now)
        return self._orders.sketch(order).reading() if order else None

    def order(self, line: Line, now: datetime) -> Order | None:
        """The new order a line asks for, if it does."""
        found = self.orders(line, now)
        return found[0] if len(found) == 1 else None

    def orders(
        self, line: Line, now: datetime, *, talking: bool = False, known: frozenset[int] = frozenset()
    ) -> list[Order]:
        """The new orders a line asks for: one for each customer listed side by side."""
        shape = Shape(line.masked.strip())
        past = any(day.last < now.date() for day in self._slots.days(line))
        past = past and not classify.WANTED_ON.search(shape.masked)
        if past or self._asks_otherwise(line, shape, now, known, talking=talking) or not self._ordered(shape):
            return []
        found = self._orders.each(line, now.date())
        refused = classify.REFUSED.search(shape.masked)
        return [] if refused and not any(order.lines for order in found) else found

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
        if classify.QUESTION.search(masked) or classify.DOUBT.search(masked) or classify.STORY.search(masked):
            return False
        corrects = classify.CHANGE.search(masked) and not re.fullmatch(
            r"(?:那|就|还是|换|改|成|为|要|是|吧|的|P|\s)+", masked
        )
        return not classify.order(shape) and "O" not in masked and not corrects

    def _ordered(self, shape: Shape) -> bool:
        """Whether this asks for goods: not a question, a perhaps or a story."""
        masked = shape.masked
        if classify.DOUBT.search(masked) or classify.STORY.search(masked) or classify.QUESTION.search(masked):
            return False
        ordering = bool(classify.ORDERING.search(masked))
        counted = (
            "Q" in masked
            or re.search(r"[Pr].{0,3}N|N.{0,2}P", masked)
            or re.search(r"[\u4e00-\u9fff]Q", masked)
        )
        if "P" in masked:
            return bool(
                counted or ordering or "C" in masked or VAGUE.search(masked) or classify.BUYS.search(masked)
            )
        return bool(
            (ordering and "C" in masked) or (ordering and len(shape.bare) < 6) or (counted and "C" in masked)
        )
