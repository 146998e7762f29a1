"""Requests that ask or tell something about the work, stock, prices and customers."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from handlers.understanding.grammar import classify
from handlers.understanding.grammar.classify import Shape
from handlers.understanding.lines.reader import LineReader
from handlers.understanding.reading import Reading
from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.readings.reasons import words
from handlers.understanding.readings.slots import SlotReader
from handlers.understanding.spans.items import Item, Line
from handlers.understanding.values.numerals import number
from handlers.understanding.vocabulary.lexicon import Lexicon

_SUGGESTS = re.compile(
    r"^\s*(?:我)?(?:提|有)?(?:一?个|点|条)?(?:小)?(?:改进|优化|流程)?(?:建议|意见)(?:是|一下)?[\s,:：，]*|^\s*(?:能不能|可不可以|可否|能否|希望|我觉得|觉得|我希望|是不是可以)[\s,，]*"
)
_OVERDUE = re.compile(r"超时|拖期|逾期|延误|超期|没按时|过了时间|拖(?:着|了)的|晚了的|迟了的|滞后")


_DAYS_OFF = re.compile(r"(?:请|休)(?:病|事|年|个)?假?\s*(?P<n>[一两二三四五六七八九十\d]+)天(?!之?后|以后)")
"""How many days: `请3天假`, `请假三天`."""


_AWAY_UNTIL = re.compile(r"(?:假|休)\s*(?:一直)?到")
"""From now on until a day: `请假到周五`."""


class Inquiring:
    """Reads questions, counts, reports and the like."""

    def __init__(self, lexicon: Lexicon, lines: LineReader, slots: SlotReader) -> None:
        self._lexicon = lexicon
        self._lines = lines
        self._slots = slots

    def talk(self, line: Line, shape: Shape, now: datetime) -> Reading | None:
        """Requests about the work itself."""
        if _OVERDUE.search(shape.masked) and not re.search(
            r"[PQNC]|我|建议|能不能|O(?!$|有?哪些|有?几|都?有|呢)", shape.masked
        ):
            return Reading("report.overdue")
        found = classify.talk(shape)
        if found is None:
            return None
        intent = found[0].intent
        if intent == "suggest":
            return self._suggest(line)
        if intent.startswith("report"):
            return self._report(line, intent, now)
        special: dict[str, Callable[[Line, datetime], Reading | None]] = {
            "staff.leave": self._leave,
            "alert.snooze": self._snooze,
        }
        return special[intent](line, now) if intent in special else Reading(intent)

    def _suggest(self, line: Line) -> Reading:
        made = Sketch("suggest")
        match = _SUGGESTS.match(line.text.low)
        made.put(note=words(line, match.end() if match else 0, len(line.text.raw)))
        return made.reading()

    def _report(self, line: Line, intent: str, now: datetime) -> Reading | None:
        days = self._slots.days(line)
        made = Sketch(intent)
        if days:
            said = days[-1]
            length = (said.last - said.first).days
            made.put(from_=said.first, to=said.last)
            if intent == "report":
                made.intent = (
                    "report.daily" if length == 0 else "report.weekly" if length < 10 else "report.monthly"
                )
        elif intent == "report":
            return None
        del now
        return made.reading()

    def _leave(self, line: Line, now: datetime) -> Reading | None:
        if not re.search(r"我|S", line.masked) and not (
            self._slots.days(line) or _DAYS_OFF.search(line.text.low)
        ):
            return None
        made = Sketch("staff.leave")
        days = self._slots.days(line)
        first = days[0].first if days else now.date()
        last = days[-1].last if days else now.date()
        length = _DAYS_OFF.search(line.text.low)
        if length and first == last:
            last = first + timedelta(int(number(length["n"]) or 1) - 1)
        if days and _AWAY_UNTIL.search(line.text.low) and first == last > now.date():
            first = now.date()
        if days or length or self._slots.period(line):
            made.put(from_=min(first, last), to=last)
        staff = self._slots.named(line.items, "S", self._lexicon.staff.names)
        if staff:
            made.choose("staff", self._lexicon.staff, staff[-1].entries, staff[-1].words)
        else:
            made.missing.append("staff")
        return made.reading()

    def _snooze(self, line: Line, now: datetime) -> Reading | None:
        made = Sketch("alert.snooze")
        orders = self._slots.orders(line) or tuple(
            line.low(item) for item in self._slots.bare_numbers(line) if line.low(item).isdigit()
        )
        made.put(orders=orders, minutes=self._slots.minutes(line, now))
        return made.reading()

    def goods(self, line: Line, shape: Shape, now: datetime) -> Reading | None:
        """Requests about stock, prices and customers."""
        del now
        readings = (self._of_goods(line, shape, intent) for intent in classify.goods(shape))
        return next((reading for reading in readings if reading), None)

    def _of_goods(self, line: Line, shape: Shape, intent: str) -> Reading | None:
        if intent in {"stock.in", "stock.count"}:
            return self._counted(line, intent)
        return self._customer(line) if intent == "customer.show" else self._shown(line, shape, intent)

    def _counted(self, line: Line, intent: str) -> Reading | None:
        if not re.search(r"[PQW]", line.masked):
            return None
        made = Sketch(intent)
        goods = line.part([item for item in line.items if item.tag not in "CSWDT" and not _aside(line, item)])
        lines = self._lines.read(goods)
        made.lines(lines, self._lexicon.products)
        if not lines:
            made.missing.append("lines")
        warehouses = self._slots.named(line.items, "W", self._lexicon.warehouses.names)
        if warehouses:
            made.choose("warehouse", self._lexicon.warehouses, warehouses[-1].entries, warehouses[-1].words)
        elif len(self._lexicon.warehouses.codes) > 1:
            made.missing.append("warehouse")
        return made.reading()

    def _customer(self, line: Line) -> Reading | None:
        made = Sketch("customer.show")
        customers = self._slots.named(line.items, "C", self._lexicon.customers.names)
        if customers:
            made.choose("customer", self._lexicon.customers, customers[0].entries, customers[0].words)
        elif re.search(r"哪些|哪个|谁|几家|多少家", line.masked):
            return None
        else:
            made.missing.append("customer")
        return made.reading()

    def _shown(self, line: Line, shape: Shape, intent: str) -> Reading | None:
        goods = line.part([item for item in line.items if item.tag not in "CSWDTMKL"])
        lines = self._lines.read(goods)
        if not lines and "库存" not in shape.masked and "W" not in shape.masked:
            return None
        made = Sketch(intent)
        entries = frozenset(entry for asked in lines.asked for entry in asked.entries)
        in_order = dict.fromkeys(
            code for asked in lines.asked for code in self._lexicon.products.code_list(asked.entries)
        )
        del entries
        made.put(skus=tuple(in_order))
        for index, asked in enumerate(lines.asked):
            if asked.unknown:
                made.unknown["skus" if len(lines.asked) == 1 else f"skus[{index}]"] = asked.unknown
        if intent == "product.show":
            customers = self._slots.named(line.items, "C", self._lexicon.customers.names)
            if customers:
                made.choose("customer", self._lexicon.customers, customers[0].entries, customers[0].words)
        else:
            warehouses = self._slots.named(line.items, "W", self._lexicon.warehouses.names)
            if warehouses:
                made.choose("warehouse", self._lexicon.warehouses, warehouses[0].entries, warehouses[0].words)
        return made.reading()


def _aside(line: Line, item: Item) -> bool:
    """One character nobody knows, before a warehouse or a word, names no goods."""
    return (
        item.tag == "r"
        and item.end - item.start == 1
        and not line.text.low[item.end : item.end + 1].isdigit()
    )
