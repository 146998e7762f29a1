"""Which candidate stands first when a question must be asked, and why: earlier choices, or what the customer usually takes."""

from dataclasses import dataclass, replace

from domain.habits import Habit, habit
from domain.lessons import Lesson
from domain.ports import UnitOfWork
from handlers.asking import Lead, Open, Pending
from handlers.context import Context
from handlers.dialogue.learning import Learning
from handlers.dialogue.memory import Memory
from handlers.dialogue.slots import reopened
from handlers.understanding import Doubt
from handlers.understanding.readings.places import USUAL

ADDRESSES = 5


@dataclass(frozen=True, slots=True)
class Leading:
    """Puts questions in order; each look is one query, and only for a question that is asked anyway."""

    ctx: Context
    uow: UnitOfWork
    learning: Learning

    async def led(self, pending: Pending, item: Open, memory: Memory) -> tuple[Pending, Lead]:
        """The request with the likeliest candidate of its question first, and why it is."""
        lesson = await self.learning.about(item, pending, memory)
        lead = self._taught(lesson, item) or await self._usual(pending, item, memory) or Lead()
        if lesson is not None and not lesson.times:
            lead = replace(lead, withdrawn_by=lesson.taken_back_by)
        if not lead.code:
            return pending, lead
        candidates = item.candidates or self._units(pending, item)
        first = (lead.code, *(code for code in candidates if code != lead.code))
        ambiguous = {**pending.reading.ambiguous, item.path: first}
        return replace(pending, reading=replace(pending.reading, ambiguous=ambiguous)), lead

    async def where(self, pending: Pending) -> Pending:
        """A new order to 老地方 with the question which place that is, where the customer has had several."""
        slots = pending.reading.slots
        asks = pending.is_draft and slots.customer and not slots.address and USUAL in (slots.note or "")
        if not asks or "address" in pending.reading.doubts:
            return pending
        counts, _ = await self.uow.habits.addresses(slots.customer or "")
        own = self.ctx.company.catalogue.customers[slots.customer or ""].address
        ranked = sorted(counts, key=lambda place: -counts[place])[:ADDRESSES]
        places = tuple(dict.fromkeys(place for place in (*ranked, own) if place))
        if len(places) < 2:
            return pending
        return replace(pending, reading=reopened(pending.reading, "address", Doubt(USUAL, places)))

    def _taught(self, lesson: Lesson | None, item: Open) -> Lead | None:
        if lesson is None or lesson.learned_at is None or lesson.code not in item.candidates:
            return None
        return Lead(lesson.code, own=lesson.by == self.ctx.actor.user_id)

    async def _usual(self, pending: Pending, item: Open, memory: Memory) -> Lead | None:
        if not (item.candidates if item.kind in {"sku", "address"} else self._units(pending, item)):
            return None
        customer = await self.learning.customer(pending.reading, memory)
        found = await self._habit(pending, item, customer) if customer else None
        return Lead(found.value, found.times, found.orders) if found else None

    async def _habit(self, pending: Pending, item: Open, customer: str) -> Habit | None:
        if item.kind == "sku":
            return habit(await self.uow.habits.goods(customer, item.candidates))
        if item.kind == "address":
            return habit(await self.uow.habits.addresses(customer))
        sku = pending.reading.slots.lines[item.line or 0].sku or ""
        found = habit(await self.uow.habits.units(customer, sku))
        return found if found and found.value in self._units(pending, item) else None

    def _units(self, pending: Pending, item: Open) -> tuple[str, ...]:
        """The units of the product, where its unit is asked about."""
        if item.kind != "unit" or item.line is None:
            return ()
        product = self.ctx.company.catalogue.products.get(pending.reading.slots.lines[item.line].sku or "")
        return tuple(unit.name for unit in product.units) if product else ()
