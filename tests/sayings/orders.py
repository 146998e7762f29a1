"""Lines with their answers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any

from domain.catalogue import Product
from tests.sayings import frames
from tests.sayings.answers import Wanted, order
from tests.sayings.changes import Corrector
from tests.sayings.goods import FOREIGN, WAYS, Buyer, Said
from tests.sayings.line import Line
from tests.sayings.sheets import Typist
from tests.sayings.shelf import Shelf
from tests.sayings.slips import slip, spelled
from tests.sayings.styles import StyleBuyer, grids
from tests.sayings.talk import talk

USUAL = ("plain",) * 12 + tuple(WAYS)


@dataclass
class Writer:
    """Writes lines about one catalogue."""

    random: Random
    shelf: Shelf
    _grids: Mapping[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        self._grids = grids(self.shelf.products)

    def line(self) -> Line:
        """A line of any kind."""
        made = self.random.choices(list(KINDS.values()), [weight for _, weight in KINDS.values()])[0]
        return made[0](self)

    def goods(self, most: int, way: str = "") -> list[Said]:
        """Up to so many asks for goods, each for others."""
        said = []
        for product in self._different(self.random.randint(1, most)):
            style = next(iter(product.aliases), "")
            if style in self._grids and self.random.random() < 0.7:
                said.append(StyleBuyer(self.random).any(style, self._grids[style]))
            else:
                said.append(WAYS[way or self.random.choice(USUAL)](self.buyer, product))
        return said

    def _different(self, most: int) -> list[Product]:
        """Products of which no two are of one style."""
        picked = self.random.sample(self.shelf.products, min(len(self.shelf.products), most))
        return list({next(iter(one.aliases), one.sku): one for one in picked}.values())

    @property
    def buyer(self) -> Buyer:
        """Whoever asks."""
        return Buyer(self.random, self.shelf)

    def customer(self) -> tuple[str, str]:
        """What a customer is called, and its code."""
        one = self.random.choice(self.shelf.customers)
        return self.shelf.called(self.random, one), one.code

    def order(self) -> Line:
        """Goods of one customer."""
        name, code = self.customer()
        said = self.goods(self.random.choice([1, 1, 2, 4]))
        frame = frames.frame(self.random, name, glue=not said[0].words[0].isascii())
        body = self.random.choice(frames.BETWEEN).join(one.words for one in said)
        lines = [line for one in said for line in one.lines]
        return Line(
            frame.around(body), order("order.create", {"customer": code, **frame.slots}, lines), "order"
        )

    def reversed(self) -> Line:
        """The amounts before the goods: 20箱可乐, 5箱雪碧."""
        name, code = self.customer()
        said = [self.buyer.plain(one, reverse=True) for one in self._different(3)]
        frame = frames.frame(self.random, name)
        body = self.random.choice(["，", "\n", "、"]).join(one.words for one in said)
        lines = [line for one in said for line in one.lines]
        answer = order("order.create", {"customer": code, **frame.slots}, lines)
        return Line(frame.around(body), answer, "amount first")

    def each(self) -> Line:
        """X、Y各10箱."""
        name, code = self.customer()
        first = self.random.choice(self.shelf.products)
        alike = [one for one in self.shelf.products if one.units == first.units]
        picked = self.random.sample(alike, min(len(alike), self.random.randint(2, 3)))
        count, unit = self.random.randint(1, 60), first.default_unit
        names = [self.shelf.called(self.random, one) for one in picked]
        lines = [Wanted({"sku": one.sku, "qty": str(count), "unit": unit}) for one in picked]
        apart = ["、", " ", "，", "和"]
        if self.random.random() < 0.2:
            at, strange, apart = self.random.randint(0, len(names)), self.random.choice(FOREIGN), ["、", "和"]
            names.insert(at, strange)
            lines.insert(at, Wanted({"qty": str(count), "unit": unit}, unknown={"sku": strange}))
        body = self.random.choice(apart).join(names)
        words = f"{body}{self.random.choice(['各', ' 各', '各要'])}{count}{unit}"
        return Line(f"{name} {words}", order("order.create", {"customer": code}, lines), "each")

    def passed_on(self) -> Line:
        """A forwarded chat, a quoted message, a numbered list."""
        name, code = self.customer()
        said = self.goods(4, "plain")
        lines = [line for one in said for line in one.lines]
        words = [one.words for one in said]
        way = self.random.randrange(3 if len(words) > 1 else 2)
        text = (
            frames.forwarded(self.random, name, "\n".join(words))
            if way == 0
            else frames.quoted(self.random, name, "，".join(words))
            if way == 1
            else f"{name}\n{frames.numbered(words)}"
        )
        return Line(text, order("order.create", {"customer": code}, lines), "passed on")

    def several(self) -> Line:
        """Several customers, each with goods of their own."""
        shops = self.random.sample(
            self.shelf.customers, min(len(self.shelf.customers), self.random.randint(2, 3))
        )
        blocks, answers = [], []
        for one in shops:
            said = self.goods(2, "plain")
            blocks.append(f"{self.shelf.called(self.random, one)} {' '.join(part.words for part in said)}")
            answers.append(
                order("order.create", {"customer": one.code}, [line for part in said for line in part.lines])
            )
        text = self.random.choice(["\n", "；", "，", "\n\n"]).join(blocks)
        return Line(text, {**answers[0], "also": answers[1:]} if answers[1:] else answers[0], "several")

    def changed(self) -> Line:
        """A change, a correction, the same again, an order in two lines."""
        corrector = Corrector(self.random, self.shelf)
        ways = (corrector.numbered, corrector.corrected, corrector.repeated, corrector.filled)
        return self.random.choice(ways)()

    def table(self) -> Line:
        """A table or a matrix."""
        typist = Typist(self.random, self.shelf)
        if self._grids and self.random.random() < 0.5:
            style = self.random.choice(list(self._grids))
            return typist.matrix(style, self._grids[style])
        return self.random.choice([typist.plain, typist.plain, typist.of_customers])()

    def aside(self) -> Line:
        """What asks for nothing, and names typed wrongly."""
        return self.random.choice([talk, slip, slip, spelled])(self.random, self.shelf)


KINDS: Mapping[str, tuple[Callable[[Writer], Line], int]] = {
    "order": (Writer.order, 45),
    "amount first": (Writer.reversed, 8),
    "each": (Writer.each, 5),
    "passed on": (Writer.passed_on, 8),
    "several": (Writer.several, 8),
    "changed": (Writer.changed, 10),
    "table": (Writer.table, 8),
    "aside": (Writer.aside, 8),
}
