"""What is to be done, and with what: from items to a reading."""

import re
from datetime import datetime

from handlers.understanding import classify, inquiring, ordering
from handlers.understanding.classify import Shape
from handlers.understanding.creating import OrderReader
from handlers.understanding.items import Line
from handlers.understanding.lexicon import Lexicon
from handlers.understanding.lines import LineReader
from handlers.understanding.reading import Reading
from handlers.understanding.slots import SlotReader

NONE = Reading("none")
VAGUE = re.compile(r"(?:来|要|拿|补|进|搞|整|弄)(?:点|些)|一些|一点|若干|适量")


class ActionReader:
    """Reads one request."""

    def __init__(self, lexicon: Lexicon, lines: LineReader, slots: SlotReader, orders: OrderReader) -> None:
        self._lexicon = lexicon
        self._slots = slots
        self._orders = orders
        self._ordering = ordering.Ordering(lexicon, lines, slots)
        self._inquiring = inquiring.Inquiring(lexicon, lines, slots)

    def read(
        self, line: Line, now: datetime, *, about: tuple[str, ...] = (), talking: bool = False
    ) -> Reading:
        """The reading of a line; `about` are the orders a quoted message speaks of, `talking` after an own order."""
        shape = Shape(line.masked.strip())
        if not shape.bare:
            return NONE
        set_phrase = classify.whole(shape)
        if set_phrase:
            return Reading(set_phrase)
        if talking and re.fullmatch(r"好的?|嗯+|可以|行|ok|好嘞|好滴|没问题|妥|中|成", shape.bare):
            return Reading("confirm")
        return (
            self._repeat(line, shape, now)
            or self._inquiring.talk(line, shape, now)
            or self._inquiring.goods(line, shape, now)
            or self._ordering.change(line, shape, now, about, talking=talking)
            or self._ordering.action(line, shape, now, about)
            or self._inquiring.find(line, shape, now)
            or self._create(line, shape, now)
            or NONE
        )

    def _repeat(self, line: Line, shape: Shape, now: datetime) -> Reading | None:
        if not classify.REPEAT.search(shape.masked) or re.search(r"[?]|吗$|O.{0,4}(?:取消|改)", shape.masked):
            return None
        return self._ordering.repeat(line, self._orders.read(line, now.date()))

    def _create(self, line: Line, shape: Shape, now: datetime) -> Reading | None:
        if not self._ordered(shape):
            return None
        order = self._orders.read(line, now.date())
        if not order.lines and not order.customer and not classify.ORDERING.search(shape.masked):
            return None
        return self._orders.sketch(order).reading()

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
