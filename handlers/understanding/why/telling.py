"""All the reasons of one request: what it is, what it names, what its figures mean."""

import re
from collections.abc import Iterator, Sequence

from handlers.understanding.grammar.grounds import By, Ground
from handlers.understanding.readings.creating import URGENT
from handlers.understanding.readings.drafting import Sketch
from handlers.understanding.readings.slots import METHODS, STATES
from handlers.understanding.spans.items import Line
from handlers.understanding.values.days import Days
from handlers.understanding.vocabulary.lexicon import Lexicon
from handlers.understanding.vocabulary.mentions import Named
from handlers.understanding.why.asking import questions
from handlers.understanding.why.facts import Before, Decided, Narrowed, Said
from handlers.understanding.why.figures import Assumed, Paid
from handlers.understanding.why.goods import GoodsTeller
from handlers.understanding.why.meaning import meanings
from handlers.understanding.why.naming import NameTeller
from handlers.understanding.why.reasons import Reason

_NAMED = "CSWP"
_AS_SAID = ("address", "note", "reason", "carrier", "tracking")
_RECOGNISED = {"method": METHODS, "state": STATES}
_OF_EARLIER = frozenset({By.FILLS, By.SAME})


class Teller:
    """Tells the reasons of requests."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._names = NameTeller(lexicon)
        self._goods = GoodsTeller(self._names)

    def reasons(self, made: Sketch) -> Iterator[Reason]:
        """What decided the intent, then each thing read, then what must be asked."""
        line = made.line or Line.empty()
        ground = made.ground or Ground(By.NOTHING)
        yield Decided(made.intent, ground.by, ground.words(line))
        yield from self._named(made, line)
        priced = any(asked.money for asked in made.goods.asked)
        said = meanings(line, made.slots.get("orders", ()), made.slots.get("amount"))
        yield from (one for one in said if not (priced and isinstance(one, Paid)))
        if ground.by in _OF_EARLIER:
            yield from self._goods.before(made.goods, line)
        else:
            yield from self._goods.reasons(made.goods, line, rows=ground.by == By.TABLE)
        yield from self._assumed(made, line, ground.by)
        yield from _taken_as_said(made, line)
        yield from questions(made, self._names)

    def _named(self, made: Sketch, line: Line) -> Iterator[Reason]:
        """Customers, colleagues, warehouses; products where no line tells of them. What is asked about comes later."""
        asked = tuple(made.unknown.values())
        told = (*asked, *(one.said.words for one in made.goods.asked if one.said))
        named = [item.named for item in line.items if item.tag in _NAMED]
        for one in (*named, *made.mentions):
            if not any(one.words in words for words in (told if one.kind == "product" else asked)):
                yield self._names.found(one)
        yield from self._customer(made, [one for one in named if one.kind == "customer"])

    def _customer(self, made: Sketch, said: Sequence[Named]) -> Iterator[Reason]:
        """The customer, where no mention alone says which."""
        if "customer" not in made.slots:
            return
        entry = self._names.by_code("customer", made.slots["customer"])
        codes = [{self._names.entry("customer", each).code for each in one.entries} for one in said]
        earlier = made.ground is not None and made.ground.by in _OF_EARLIER
        if earlier and not any(entry.code in found for found in codes):
            yield Before("customer", entry)
        elif codes and {entry.code} not in codes:
            yield Narrowed("before" if earlier else "together", "", entry)

    def _assumed(self, made: Sketch, line: Line, by: By) -> Iterator[Assumed]:
        """A day that is not said in the line."""
        day = made.slots.get("due") or made.slots.get("from_")
        said = [item.value for item in line.items if isinstance(item.value, Days)]
        if day is None or any(day in {one.first, one.last} for one in said):
            return
        shared = made.intent == "order.create" and not made.slots.get("period")
        yield Assumed("before" if by in _OF_EARLIER else "shared" if shared else "today", day)


def _taken_as_said(made: Sketch, line: Line) -> Iterator[Said]:
    """Words that went into a slot as they are, or that stand for a value of it."""
    yield from (Said(slot, made.slots[slot]) for slot in _AS_SAID if slot in made.slots)
    for slot, values in _RECOGNISED.items():
        shape = dict(values).get(made.slots.get(slot, ""))
        match = re.search(shape, line.text.low) if shape else None
        if match:
            yield Said(slot, line.raw(*match.span()))
    urgent = URGENT.search(line.text.low) if made.slots.get("urgent") else None
    if urgent:
        yield Said("urgent", line.raw(*urgent.span()))
