"""What earlier choices say of the words of a request, and what a new choice teaches."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from domain.errors import Unknown
from domain.lessons import WIDEST, Choice, Lesson, Term, of_customer, of_person, taught
from domain.ports import UnitOfWork
from handlers.areas.targets import DIGITS
from handlers.asking import Assumed, Open, Pending
from handlers.context import Context
from handlers.dialogue.memory import Memory
from handlers.dialogue.slots import opens, settle
from handlers.understanding import Reading
from handlers.understanding.readings.teaching import term as spelled

SHOWN_FIRST = {"order.create": ("customer", "sku"), "order.repeat": ("customer",)}
"""What earlier choices may settle: only what a draft shows before anything is written.

The goods of a repeated order are those of the order before it; what is done at once is asked about.
"""
FOR_NOBODY = frozenset({"stock.in", "stock.count"})
"""Goods that are for no customer: what they are called is the speaker's own."""


class Learning:
    """What is known of words, looked up once for each message, and only where something would be asked."""

    def __init__(self, ctx: Context, uow: UnitOfWork) -> None:
        self._ctx = ctx
        self._uow = uow
        self._known: dict[Term, Lesson | None] = {}
        self._customers: dict[str, str | None] = {}

    async def applied(self, pending: Pending, memory: Memory) -> Pending:
        """The request with every word settled that earlier choices settle; `assumed` says which these are."""
        for kind in _settled_in(pending.reading, memory):
            asked = [item for item in opens(pending.reading) if item.kind == kind]
            await self._look_up([term for item in asked if (term := await self._term(item, pending, memory))])
            for item in asked:
                lesson = await self.about(item, pending, memory)
                if lesson and self._settles(lesson, item, pending.reading, memory):
                    pending = self._assuming(pending, item, lesson)
        return pending

    async def about(self, item: Open, pending: Pending, memory: Memory) -> Lesson | None:
        """What choices have said so far of the word that is asked about."""
        term = await self._term(item, pending, memory)
        if term is None:
            return None
        await self._look_up([term])
        return self._known[term]

    async def customer(self, reading: Reading, memory: Memory) -> str | None:
        """For whom the goods are: the customer named, that of the draft or of the one order talked about."""
        slots = reading.slots
        if slots.customer:
            return slots.customer
        if slots.orders == ("last",) and memory.drafts:
            return memory.drafts[0].reading.slots.customer
        if len(slots.orders) != 1 or not slots.orders[0].isdigit() or len(slots.orders[0]) > DIGITS:
            return None
        return await self._customer_of(slots.orders[0])

    async def chosen(self, before: Pending, item: Open, code: str, memory: Memory) -> None:
        """Let the answer to a question about a word teach what it means here."""
        doubt = before.reading.doubts.get(item.path)
        term = await self._term(item, before, memory)
        if doubt is None or term is None or len(doubt.candidates) > WIDEST or self._has_options(item, code):
            return
        lesson = await self.about(item, before, memory)
        if lesson is None and not await self._uow.lessons.room(term.scope):
            return
        said = " ".join(doubt.word.split())
        choice = Choice(term, said, code, frozenset(doubt.candidates), before.source)
        new = taught(lesson, choice, self._ctx.act)
        if new is not None:
            await self._uow.lessons.keep(new)
            self._known[term] = new.lesson

    async def _customer_of(self, number: str) -> str | None:
        if number not in self._customers:
            try:
                self._customers[number] = (await self._uow.orders.get(int(number))).customer
            except Unknown:
                self._customers[number] = None
        return self._customers[number]

    async def _term(self, item: Open, pending: Pending, memory: Memory) -> Term | None:
        """The word and where it means something; None where it may not be taught."""
        doubt = pending.reading.doubts.get(item.path)
        if doubt is None or item.kind not in {"customer", "sku"}:
            return None
        if not self._ctx.rules.understanding.may_mean(item.kind, doubt.word):
            return None
        scope = await self._scope(item.kind, pending.reading, memory)
        return Term(scope, item.kind, spelled(doubt.word)) if scope else None

    async def _scope(self, kind: str, reading: Reading, memory: Memory) -> str | None:
        if kind == "customer" or reading.intent in FOR_NOBODY:
            return of_person(self._ctx.actor.user_id)
        customer = await self.customer(reading, memory)
        return of_customer(customer) if customer else None

    async def _look_up(self, terms: Iterable[Term]) -> None:
        """Read what is not known yet; terms come of one kind."""
        new = [term for term in dict.fromkeys(terms) if term not in self._known]
        if not new:
            return
        found = await self._uow.lessons.known(
            new[0].kind, [term.scope for term in new], [term.word for term in new]
        )
        by_term = {lesson.term: lesson for lesson in found}
        self._known.update({term: by_term.get(term) for term in new})

    def _has_options(self, item: Open, code: str) -> bool:
        """True for goods in colours and sizes: which of them is another question each time."""
        product = self._ctx.company.catalogue.products.get(code) if item.kind == "sku" else None
        return product is not None and bool(product.options)

    def _settles(self, lesson: Lesson, item: Open, reading: Reading, memory: Memory) -> bool:
        """True where nothing has to be asked: the entry is there, and no product of a draft may be meant instead."""
        catalogue = self._ctx.company.catalogue
        entries = catalogue.customers if item.kind == "customer" else catalogue.products
        rivals = _drafted(memory) if reading.intent == "order.change" else frozenset()
        return (
            lesson.code in entries and lesson.settles(item.candidates) and rivals.isdisjoint(item.candidates)
        )

    def _assuming(self, pending: Pending, item: Open, lesson: Lesson) -> Pending:
        unit = None if item.line is None else pending.reading.slots.lines[item.line].unit
        word = pending.reading.doubts[item.path].word
        own = lesson.by == self._ctx.actor.user_id
        assumed = Assumed(item.kind, word, lesson.code, item.candidates, unit, own)
        reading = settle(pending.reading, item, lesson.code, self._ctx.company.catalogue)
        return replace(pending, reading=reading, assumed=(*pending.assumed, assumed))


def _settled_in(reading: Reading, memory: Memory) -> Sequence[str]:
    """The kinds of words that earlier choices settle in a request; the customer's before the goods'."""
    if reading.intent == "order.change" and reading.slots.orders == ("last",) and memory.drafts:
        return ("sku",)
    return SHOWN_FIRST.get(reading.intent, ())


def _drafted(memory: Memory) -> frozenset[str]:
    """The goods of the draft that is talked about."""
    lines = memory.drafts[0].reading.slots.lines if memory.drafts else ()
    return frozenset(line.sku for line in lines if line.sku)
