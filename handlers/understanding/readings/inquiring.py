"""Requests that ask or tell something about the work, stock, prices and customers."""

import re
from datetime import datetime, timedelta

from handlers.understanding.grammar import classify
from handlers.understanding.grammar.classify import Shape
from handlers.understanding.grammar.grounds import By, Ground
from handlers.understanding.lines.reader import LineReader
from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.readings.reasons import words
from handlers.understanding.readings.slots import SlotReader
from handlers.understanding.spans.items import Item, Line
from handlers.understanding.values.numerals import number
from handlers.understanding.vocabulary.lexicon import Lexicon

_SUGGESTS = re.compile(
    r"^\s*(?:我)?(?:提|有)?(?:一?个|点|条)?(?:小)?(?:改进|优化|流程)?(?:建议|意见|提议)(?:是|一下)?[\s,:：，]*|^\s*(?:能不能|可不可以|可否|能否|希望|我觉得|觉得|我希望|是不是可以)[\s,，]*"
)
_OVERDUE = re.compile(r"超时|拖期|逾期|延误|超期|没按时|过了时间|拖(?:着|了)的|晚了的|迟了的|滞后")


_DAYS_OFF = re.compile(r"(?:请|休)(?:病|事|年|个)?假?\s*(?P<n>[一两二三四五六七八九十\d]+)天(?!之?后|以后)")
"""How many days: `请3天假`, `请假三天`."""
_MOST_DAYS_OFF = 366
"""Nobody asks for more; a figure without end is a slip."""


_AWAY_UNTIL = re.compile(r"(?:假|休)\s*(?:一直)?到")
"""From now on until a day: `请假到周五`."""


class Inquiring:
    """Reads questions, counts, reports and the like."""

    def __init__(self, lexicon: Lexicon, lines: LineReader, slots: SlotReader) -> None:
        self._lexicon = lexicon
        self._lines = lines
        self._slots = slots

    def talk(self, line: Line, shape: Shape, now: datetime) -> Sketch | None:
        """Requests about the work itself."""
        overdue = _OVERDUE.search(shape.masked)
        if overdue and not re.search(r"[PQNC]|我|建议|能不能|O(?!$|有?哪些|有?几|都?有|呢)", shape.masked):
            return Sketch("report.overdue", Ground(By.RULE, overdue))
        found = classify.talk(shape)
        if found is None:
            return None
        made = Sketch(found[0].intent, Ground(By.RULE, found[1]))
        read = {"suggest": self._suggest, "staff.leave": self._leave, "alert.snooze": self._snooze}.get(
            made.intent, self._report
        )
        return made if read(made, line, now) else None

    def _suggest(self, made: Sketch, line: Line, now: datetime) -> bool:
        del now
        match = _SUGGESTS.match(line.text.low)
        made.put(note=words(line, match.end() if match else 0, len(line.text.raw)))
        return True

    def _report(self, made: Sketch, line: Line, now: datetime) -> bool:
        """Of which days; what is no report has none. A summary without days is none."""
        del now
        days = self._slots.days(line) if made.intent.startswith("report") else ()
        if days:
            said = days[-1]
            length = (said.last - said.first).days
            made.put(from_=said.first, to=said.last)
            if made.intent == "report":
                made.intent = (
                    "report.daily" if length == 0 else "report.weekly" if length < 10 else "report.monthly"
                )
        return made.intent != "report"

    def _leave(self, made: Sketch, line: Line, now: datetime) -> bool:
        if not re.search(r"我|S", line.masked) and not (
            self._slots.days(line) or _DAYS_OFF.search(line.text.low)
        ):
            return False
        days = self._slots.days(line)
        first = days[0].first if days else now.date()
        last = days[-1].last if days else now.date()
        length = _DAYS_OFF.search(line.text.low)
        count = int(number(length["n"]) or 1) if length else 1
        if count > _MOST_DAYS_OFF:
            return False
        if first == last:
            last = first + timedelta(count - 1)
        if days and _AWAY_UNTIL.search(line.text.low) and first == last > now.date():
            first = now.date()
        if days or length or self._slots.period(line):
            made.put(from_=min(first, last), to=last)
        staff = self._slots.named(line.items, "S", self._lexicon.staff.names)
        if staff:
            made.choose("staff", self._lexicon.staff, staff[-1].entries, staff[-1].words)
        else:
            made.missing.append("staff")
        return True

    def _snooze(self, made: Sketch, line: Line, now: datetime) -> bool:
        orders = self._slots.orders(line) or tuple(
            line.low(item) for item in self._slots.bare_numbers(line) if line.low(item).isdigit()
        )
        made.put(orders=orders, minutes=self._slots.minutes(line, now))
        return True

    def goods(self, line: Line, shape: Shape, now: datetime) -> Sketch | None:
        """Requests about stock, prices and customers."""
        del now
        for rule, match in classify.goods(shape):
            made = Sketch(rule.intent, Ground(By.RULE, match))
            if self._of_goods(made, line, shape):
                return made
        return None

    def _of_goods(self, made: Sketch, line: Line, shape: Shape) -> bool:
        """Whether the line says what such a request is about."""
        if made.intent in {"stock.in", "stock.count"}:
            return self._counted(made, line)
        return (
            self._customer(made, line) if made.intent == "customer.show" else self._shown(made, line, shape)
        )

    def _counted(self, made: Sketch, line: Line) -> bool:
        if not re.search(r"[PQW]", line.masked):
            return False
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
        return True

    def _customer(self, made: Sketch, line: Line) -> bool:
        customers = self._slots.named(line.items, "C", self._lexicon.customers.names)
        if customers:
            made.choose("customer", self._lexicon.customers, customers[0].entries, customers[0].words)
        elif re.search(r"哪些|哪个|谁|几家|多少家", line.masked):
            return False
        else:
            made.missing.append("customer")
        return True

    def _shown(self, made: Sketch, line: Line, shape: Shape) -> bool:
        goods = line.part([item for item in line.items if item.tag not in "CSWDTMKL"])
        lines = self._lines.read(goods)
        if not lines and "库存" not in shape.masked and "W" not in shape.masked:
            return False
        made.goods = lines
        in_order = dict.fromkeys(
            code for asked in lines.asked for code in self._lexicon.products.code_list(asked.entries)
        )
        made.put(skus=tuple(in_order))
        for index, asked in enumerate(lines.asked):
            if asked.unknown:
                made.unknown["skus" if len(lines.asked) == 1 else f"skus[{index}]"] = asked.unknown
        if made.intent == "product.show":
            customers = self._slots.named(line.items, "C", self._lexicon.customers.names)
            if customers:
                made.choose("customer", self._lexicon.customers, customers[0].entries, customers[0].words)
        else:
            warehouses = self._slots.named(line.items, "W", self._lexicon.warehouses.names)
            if warehouses:
                made.choose("warehouse", self._lexicon.warehouses, warehouses[0].entries, warehouses[0].words)
        return True


def _aside(line: Line, item: Item) -> bool:
    """What is no goods and no count: one character nobody knows, and by how much a count differs (盘亏2箱)."""
    if item.tag == "Q" and re.search(r"(?:盘?[亏盈]|[少多差]了)$", line.text.low[: item.start]):
        return True
    return (
        item.tag == "r"
        and item.end - item.start == 1
        and not line.text.low[item.end : item.end + 1].isdigit()
    )
