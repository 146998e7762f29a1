"""Requests that change an order that stands, or repeat one."""

import re

from handlers.understanding.grammar import classify
from handlers.understanding.grammar.classify import Shape
from handlers.understanding.grammar.grounds import By, Ground
from handlers.understanding.lines.reader import LineReader, Lines
from handlers.understanding.readings.conversation import Conversation
from handlers.understanding.readings.creating import URGENT, Order
from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.readings.places import address, note, without
from handlers.understanding.readings.references import LEADING, References
from handlers.understanding.readings.slots import SlotReader, first_day
from handlers.understanding.spans.items import Line
from handlers.understanding.vocabulary.lexicon import Lexicon

_OPERATION = re.compile(r"改|换|调|加(?!急)|减|少|多(?!少)|去掉|不要|取消|删|再(?=[要来送补拿加给])")
_OTHERWISE = re.compile(
    r"驳回|不批|打回|延|推(?:迟|到|后)|送不了|发不了|到不了|赶不|晚|缺|退|签收|实收|^\s*[NO]\s*收(?:到)?了|[少多](?:发|送|给)?了|盘|入库|先发|挂起|暂停|(?:仓库|库里)没|先别|别发|先放|投诉|退货|要退|备注|转给|催"
)
_URGENT = re.compile(r"^(?:[NO]|C?O|\s)*(?:改成|改为|改|要|是|变)?(?:加急|特急|急单)(?:单)?(?:吧|了|的|哈)?$")
_PRICED = re.compile(r"P(?:的|\s)*M")
_ONLY_GOODS = re.compile(r"[PQN要来拿改成是就吧的个\s]+")


class Changing:
    """Reads changes."""

    def __init__(self, lexicon: Lexicon, lines: LineReader, slots: SlotReader, talk: Conversation) -> None:
        self._conversation = talk
        self._lexicon = lexicon
        self._lines = lines
        self._slots = slots
        self._references = References(lexicon, slots)

    def repeat(self, line: Line, order: Order, ground: Ground) -> Sketch:
        """The same again, perhaps with changes."""
        made = Sketch("order.repeat", ground)
        if order.customer:
            made.choose("customer", self._lexicon.customers, order.customer.entries, order.customer.words)
        else:
            made.missing.append("customer")
        goods = line.part([item for item in line.items if item.tag not in "CSWO"])
        made.lines(self._lines.read(goods, changing=True), self._lexicon.products)
        made.put(due=order.due, period=order.period)
        return made

    def change(
        self,
        line: Line,
        shape: Shape,
        about: tuple[str, ...],
        *,
        talking: bool,
        known: frozenset[int] = frozenset(),
    ) -> Sketch | None:
        """Other quantities, products, prices, day or address."""
        sized = self._sized(line, known) if talking and not about else None
        if sized:
            line, known = sized
            shape = Shape(line.masked.strip())
        given = bool(about) or self._numbered(line, shape) or (talking and "C" not in shape.masked)
        urgent = given and bool(_URGENT.match(shape.bare))
        ground = self._said(shape, given=given, urgent=urgent)
        if ground is None and talking and self._corrects(line, shape, known):
            ground = Ground(By.CORRECTS)
        if ground is None or not self._changes(line, shape, about, talking=talking):
            return None
        made = Sketch("order.change", ground)
        place = address(line)
        left = without(line, (place, note(line)))
        self._references.refer(made, left, about, talking=talking)
        self._goods(made, left, known)
        made.put(
            due=first_day(self._slots.days(left)[bool(self._references.numbered(left)) :]),
            period=self._slots.period(left),
            address=place.words if place else None,
            urgent=urgent and bool(URGENT.search(line.text.low)),
        )
        return made

    def _said(self, shape: Shape, *, given: bool, urgent: bool) -> Ground | None:
        """The words that ask for a change; `given` where it is said of which order."""
        if urgent:
            return Ground(By.CHANGES)
        priced = _PRICED.search(shape.masked) if given and "Q" not in shape.masked else None
        match = priced or classify.CHANGE.search(shape.masked)
        return Ground(By.CHANGES, match) if match else None

    def _sized(self, line: Line, known: frozenset[int]) -> tuple[Line, frozenset[int]] | None:
        """41改5双 after an order of shoes: the number is a size of what was ordered, and no order's."""
        said = [item for item in line.items if item.tag != "s"][:1]
        sizes = self._lexicon.goods.by_size
        entries = known & sizes.get(line.low(said[0]), frozenset()) if said and said[0].tag == "N" else None
        return (line.part([item for item in line.items if item is not said[0]]), entries) if entries else None

    def _goods(self, made: Sketch, line: Line, known: frozenset[int]) -> None:
        orders = self._references.places(line)
        goods = line.part(
            [item for item in line.items if item.tag not in "CSWO" and item.start not in orders]
        )
        lines = self._conversation.among(self._lines.read(goods, changing=True), known)
        if not lines and any(item.tag == "Q" for item in goods.items):
            lines = self._lines.of_each(goods, known) if "各" in line.masked else Lines()
            lines = lines or self._lines.of_one(goods, known)
            made.missing += [] if lines else ["lines"]
        made.lines(lines.priced_only() if "M" in goods.masked else lines, self._lexicon.products)

    def _numbered(self, line: Line, shape: Shape) -> bool:
        numbers = LEADING.match(shape.masked) or self._references.heading(line)
        return "O" in shape.masked or bool(numbers)

    def _corrects(self, line: Line, shape: Shape, known: frozenset[int]) -> bool:
        """After an order: another day, place or quantity alone (明天送), or a word of correction (不对 15箱)."""
        if "C" in shape.masked:
            return False
        alone = re.fullmatch(r"[DTK送到要发就前之的吧去货来\s]+", shape.masked) and shape.has("DT")
        placed = not shape.has("PQN") and address(line) is not None
        return bool(
            alone
            or placed
            or self._again(line, shape, known)
            or re.match(r"(?:不对|不是|错了|说错了|应该是|搞错了)[^CO]*[QP]", shape.masked)
        )

    def _again(self, line: Line, shape: Shape, known: frozenset[int]) -> bool:
        """Another quantity of what was ordered (雪碧要12箱, 12箱)."""
        if not _ONLY_GOODS.fullmatch(shape.masked) or shape.masked.count("Q") != 1:
            return False
        named = [item.named.entries for item in line.items if item.tag == "P"]
        return len(known) == 1 if not named else all(len(found & known) == 1 for found in named)

    def _changes(self, line: Line, shape: Shape, about: tuple[str, ...], *, talking: bool) -> bool:
        masked = shape.masked
        if classify.QUESTION.search(masked) or classify.DOUBT.search(masked) or _OTHERWISE.search(masked):
            return False
        word = _OPERATION.search(masked)
        before = masked[: word.start()] if word else masked
        listed = bool(classify.LISTED.search(before)) or (word is not None and "Q" in before)
        if about or self._numbered(line, shape) or (talking and not ("C" in masked and listed)):
            return True
        if listed or classify.STORY.search(masked) or re.search(r"P\s?[+-][QN]|Q不是Q", masked):
            return False
        return "Q" in masked
