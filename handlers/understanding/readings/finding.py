"""Requests to see orders."""

import re

from handlers.understanding.grammar import classify
from handlers.understanding.grammar.classify import Shape
from handlers.understanding.grammar.grounds import By, Ground
from handlers.understanding.lines.reader import LineReader
from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.readings.slots import SlotReader
from handlers.understanding.spans.items import Line
from handlers.understanding.values.refs import Orders
from handlers.understanding.vocabulary.lexicon import Lexicon

_MINE = re.compile(r"我(?:还|今天|昨天|前天|这两天|最近|这周|这个月|本月|上周|的|手|有|名下|下|跟|负责)")
_PAST = re.compile(r"昨|前天|上周|上星期|上礼拜|上个?月|上次|上回|之前|以前|前几天")
_ABOUT = re.compile(r"单|订|欠|拿|买|下的|发的|要的|送的|到|发|签|收|配|状态|进度|O")


class Finding:
    """Reads which orders somebody wants to see."""

    def __init__(self, lexicon: Lexicon, lines: LineReader, slots: SlotReader) -> None:
        self._lexicon = lexicon
        self._lines = lines
        self._slots = slots

    def _lists(self, line: Line, shape: Shape) -> bool:
        """Whether orders are named by whose, when or in which state they are (未完成的订单)."""
        listed = re.fullmatch(
            r"(?:我|名下|手上|最近|近期|[CDTP]|下|的|发|订|要|送|到|收|所有|全部|\s)+O", shape.masked
        )
        past = _PAST.search(line.text.low) and re.fullmatch(
            r"(?:[CDT那\s]|客户)*(?:下|订|定|买|要|拿|进|报)了?的\s*P?\s*", shape.masked
        )
        return bool(listed or past) or self.by_state(line)

    def by_state(self, line: Line) -> bool:
        """Whether a state stands before 的单."""
        state = self._slots.state_at(line)
        return state is not None and any(
            isinstance(item.value, Orders) and not item.value.number and state <= item.start
            for item in line.items
        )

    def _my_state(self, line: Line) -> bool:
        """我未完成的单."""
        state = self._slots.state_at(line)
        return state is not None and line.text.low[:state].rstrip().endswith("我")

    def find(self, line: Line, shape: Shape) -> Sketch | None:
        """Requests to see orders."""
        ground = self._asks(line, shape)
        if ground is None:
            return None
        orders = self._slots.orders(line) or tuple(
            line.low(item) for item in self._slots.bare_numbers(line) if line.low(item).isdigit()
        )
        state = self._slots.state(line)
        mine = bool(_MINE.search(line.text.low)) or self._my_state(line)
        narrowed = state or mine or self._slots.days(line) or shape.has("CP")
        if not (orders or "O" in shape.masked or (_ABOUT.search(shape.masked) and narrowed)):
            return None
        made = Sketch("order.find", ground)
        made.put(orders=orders, state=state, mine=mine and not orders)
        self._which(made, line, orders)
        return made

    def _asks(self, line: Line, shape: Shape) -> Ground | None:
        """What asks for orders; listed goods are an order of their own unless they are asked about."""
        awaited = classify.AWAITED.search(shape.masked)
        listed = re.search(r"[PQ].{0,4}[QN]|QP", shape.masked)
        if listed and not (awaited or classify.QUESTION.search(shape.masked)):
            return None
        finds = awaited or classify.finds(shape) or classify.DONE_ASKED.search(shape.masked)
        if finds:
            return Ground(By.FINDS, finds)
        return Ground(By.LISTED) if self._lists(line, shape) else None

    def _which(self, made: Sketch, line: Line, orders: tuple[str, ...]) -> None:
        """Whose orders, of which days, with which goods."""
        customers = self._slots.named(line.items, "C", self._lexicon.customers.names)
        days = self._slots.days(line)
        if customers:
            made.choose("customer", self._lexicon.customers, customers[0].entries, customers[0].words)
        if days:
            made.put(from_=days[-1].first, to=days[-1].last)
        goods = self._lines.read(line.part([item for item in line.items if item.tag == "P"]))
        made.goods = goods
        if goods and not orders:
            asked = goods.asked[0]
            made.choose("sku", self._lexicon.products, asked.entries, asked.unknown)
