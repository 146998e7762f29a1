"""Requests that do something to orders."""

import re

from handlers.understanding.grammar import classify
from handlers.understanding.grammar.classify import Shape
from handlers.understanding.grammar.grounds import By, Ground
from handlers.understanding.grammar.rules import Rule
from handlers.understanding.lines.reader import LineReader, Lines
from handlers.understanding.readings.drafting import Sketch, without_quantities_asked
from handlers.understanding.readings.places import note
from handlers.understanding.readings.reasons import after, after_reference, free
from handlers.understanding.readings.references import LEADING, References, plain
from handlers.understanding.readings.slots import SlotReader, first_day
from handlers.understanding.spans.items import Item, Line
from handlers.understanding.vocabulary.lexicon import Lexicon

_DONE = re.compile(
    r"(?:配|备|拣|捡|装|打包|包|货|分拣)(?:货)?(?:都|已经|全)?(?:好|完|齐|妥|成)|完成|完了|好了|搞定|弄好|齐了"
)
_LEFT = re.compile(r"(?:都|还)?没有?[发装配]|不发|没货|缺货?")
_SENT = re.compile(r"了|已|先[发送]|单号|出库|装车|路上|途|完|齐|出发|出去|剩|其余|都发|走$")
_OF_THE_LAST = frozenset({"order.note", "order.urge", "order.hold"})
_WITH_LINES = frozenset({"order.ship", "order.sign", "order.shortage", "order.return"})
_WITH_REASON = frozenset(
    {"order.reject", "order.delay", "order.cancel", "order.hold", "order.resume", "order.return"}
)
_SHORT_REPLIES = (
    ("alert.ack", re.compile(r"收到|知道了?|好的?|明白|了解|ok|我看看?|嗯+")),
    ("order.cancel", re.compile(r"取消|不要了?|撤了?|作废|算了")),
)


class Ordering:
    """Reads what is to happen to orders."""

    def __init__(self, lexicon: Lexicon, lines: LineReader, slots: SlotReader) -> None:
        self._lexicon = lexicon
        self._lines = lines
        self._slots = slots
        self._references = References(lexicon, slots)

    def action(
        self, line: Line, shape: Shape, about: tuple[str, ...], *, talking: bool = False
    ) -> Sketch | None:
        """What is to happen to an order."""
        acknowledged = self._acknowledged(line, shape, about)
        if acknowledged:
            return acknowledged
        found = classify.order(shape)
        if found is None or classify.DONE_ASKED.search(shape.masked):
            return None
        rule, match = found
        if self._is_list_of_goods(shape) and rule.intent not in _WITH_LINES | {"order.complain"}:
            return None
        placing = shape.has("C") and self._is_list_of_goods(shape)
        if rule.intent == "order.ship" and placing and not self._sent(line, shape):
            return None
        spoken_of = talking and rule.intent in _OF_THE_LAST
        if rule.ref and not spoken_of and not self._references.given(line, shape, about):
            return None
        made = Sketch(rule.intent, Ground(By.RULE, match))
        orders = self._references.orders(line, paid=rule.intent == "order.pay")
        customers = self._slots.named(line.items, "C", self._lexicon.customers.names)
        if not orders and not customers:
            orders = about or (("last",) if talking else ())
        made.put(orders=orders)
        if customers and not (orders and not customers[0].entries):
            made.choose("customer", self._lexicon.customers, customers[0].entries, customers[0].words)
        if not orders and not customers:
            made.missing.append("orders")
        self._details(made, line, rule, orders)
        return made

    def _sent(self, line: Line, shape: Shape) -> bool:
        """Whether listed goods are on their way; 自提 and 明天发顺丰 say how a new order is to go."""
        return bool(_SENT.search(shape.masked)) or self._slots.carrier(line)[1] is not None

    def _is_list_of_goods(self, shape: Shape) -> bool:
        """Whether goods are listed without an order they could belong to."""
        listed = classify.LISTED.search(shape.masked) or re.search(r"P.{4}[QN]", shape.masked)
        return bool(listed) and not ("O" in shape.masked or LEADING.match(shape.masked))

    def under_quote(self, shape: Shape, about: tuple[str, ...]) -> Sketch | None:
        """A short reply to a quoted message about these orders: it was seen, or they are not wanted any more."""
        intent = next((intent for intent, words in _SHORT_REPLIES if words.fullmatch(shape.bare)), None)
        if not about or intent is None:
            return None
        made = Sketch(intent, Ground(By.UNDER_QUOTE))
        made.put(orders=about)
        return made

    def _acknowledged(self, line: Line, shape: Shape, about: tuple[str, ...]) -> Sketch | None:
        masked = shape.masked
        mine = re.search(
            r"我(?:来|去|马上|现在|这就|已经?|正?在)*(?:处理|跟进?|办|看|搞定?|负责|弄|联系|安排|催)(?:一?下|吧|的|$|\s)?|我来$|交给我",
            masked,
        )
        known = re.search(r"收到|知道了?|看到了?|明白|了解|好的", masked)
        numbered = "O" in masked or bool(self._slots.bare_numbers(line))
        if not (mine and (numbered or about or len(shape.bare) <= 8)) and not (
            known
            and (numbered or about)
            and len(re.sub(r"[^\u4e00-\u9fff]", "", masked)) <= 8
            and "货" not in masked
        ):
            return None
        if shape.has("PQC") or re.search(
            r"客户.{0,4}收到|[钱款M]|现金|微信|支付宝|转账|对公|待我|等我|需要?我", masked
        ):
            return None
        made = Sketch("alert.ack", Ground(By.RULE, mine or known))
        orders = self._slots.orders(line) or tuple(
            plain(line.low(item)) for item in self._references.trailing(line)
        )
        made.put(orders=orders or about)
        return made

    def _details(self, made: Sketch, line: Line, rule: Rule, orders: tuple[str, ...]) -> None:
        intent = rule.intent
        if intent in _WITH_LINES:
            made.lines(without_quantities_asked(self._goods(line, intent)), self._lexicon.products)
        if intent in _WITH_REASON:
            made.put(reason=free(line, rule.shape, goods=intent == "order.return"))
        if intent == "order.complain":
            told = after(line, r"投诉|抱怨|客户(?:说|反映|反馈|讲)|反映|反馈")
            made.put(reason=told or after_reference(line, line.items))
        if intent == "order.pick":
            made.put(done=bool(_DONE.search(line.text.low)))
        if intent == "order.ship":
            carrier, tracking = self._slots.carrier(line)
            made.put(carrier=carrier, tracking=tracking)
        if intent == "order.pay":
            made.put(amount=self._slots.amount(line, orders), method=self._slots.method(line))
        if intent == "order.delay":
            made.put(due=self._later(line))
        if intent == "order.assign":
            self._staff(made, line)
        if intent == "order.note":
            remark = note(line)
            made.put(note=remark.words if remark else None)

    def _later(self, line: Line) -> object:
        days = self._slots.days(line)
        if len(days) == 1:
            rest = line.text.low[days[0].end :]
            if re.match(
                r"(?:之?前|以前)?[早晚上下午中]*(?:送|发|到|赶|出|交)不(?:了|到|上|出|过)|没(?:法|办法)", rest
            ):
                return None
            if re.search(r"(?:赶|来|到|送|发)不(?:上|及|了|到|出)$", line.text.low[: days[0].start]):
                return None
        return first_day(days)

    def _goods(self, line: Line, intent: str) -> Lines:
        parts = line.items
        if intent == "order.ship":
            cut = re.search(r"剩下|其余|余下|剩的|另外|其他", line.text.low)
            parts = tuple(item for item in parts if not cut or item.end <= cut.start())
            parts = tuple(item for item in parts if not _LEFT.match(line.text.low, item.end))
        kept = [
            item
            for item in parts
            if item.tag in "PQ" or (item.tag == "N" and item.start > 0 and "P" in line.masked)
        ]
        if intent == "order.sign":
            kept = [item for item in kept if not _lacks(line, item)]
        leading = [*self._references.leading(line), *self._references.heading(line)]
        kept = [item for item in kept if item not in leading and not (self._aside(intent, line, item))]
        return self._lines.read(line.part(kept))

    def _aside(self, intent: str, line: Line, item: Item) -> bool:
        """What is still there does not lack (只有5箱了 缺5箱); what lacks was not received (实收48 差2)."""
        words = {
            "order.shortage": r"(?:只有|只剩|还有|还剩|剩|就)了?$",
            "order.sign": r"(?:差|少|缺|破|坏|碎|漏|损)了?$",
        }.get(intent)
        return item.tag == "Q" and words is not None and bool(re.search(words, line.text.low[: item.start]))

    def _staff(self, made: Sketch, line: Line) -> None:
        staff = self._slots.named(line.items, "S", self._lexicon.staff.names)
        if staff:
            made.choose("staff", self._lexicon.staff, staff[-1].entries, staff[-1].words)


def _lacks(line: Line, item: Item) -> bool:
    """Whether an item was not received (签收了 少了一箱纯生)."""
    return bool(re.search(r"(?:差|少|缺)了?(?:[^\s,;。]{0,4})$", line.text.low[: item.start]))
