"""One line of a conversation: an answer, a yes, a correction, or something new."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.errors import DomainError
from domain.ports import UnitOfWork
from handlers.context import Context
from handlers.dialogue import drafting, undoing
from handlers.dialogue.amounts import changed
from handlers.dialogue.answers import answered
from handlers.dialogue.house import house_word
from handlers.dialogue.memory import Memory, Pending, code_of
from handlers.dialogue.slots import first_open, settle
from handlers.dialogue.turn import Turn
from handlers.message import Reply
from handlers.router import Router
from handlers.understanding.reading import Reading
from handlers.wording import drafts as words
from handlers.wording.refusals import refusal

SEEN = re.compile(r"(.+?)\s@(\d{1,9})", re.DOTALL)
PRESSED = re.compile(r"(确认|放弃)\s+([a-z2-7]{4})")
DIGIT = re.compile(r"\d")
ALL = re.compile(r"(全部|都)确认[了吧]?|确认全部")


@dataclass(frozen=True, slots=True)
class Talk:
    """One message's conversation, with all it needs at hand."""

    ctx: Context
    uow: UnitOfWork
    router: Router

    async def hear(self, text: str, memory: Memory) -> Turn:
        """Answer `text`; refusals of the domain are answers too."""
        shown = SEEN.fullmatch(text.strip())
        talk = replace(self, ctx=replace(self.ctx, seen=int(shown[2]))) if shown else self
        try:
            return await talk._hear(shown[1] if shown else text.strip(), memory)
        except DomainError as error:
            return Turn(Reply(refusal(error, self.ctx)), memory)

    async def _hear(self, text: str, memory: Memory) -> Turn:
        pressed = PRESSED.fullmatch(text)
        if pressed:
            return await self._pressed(pressed[1], pressed[2], memory)
        if ALL.fullmatch(text):
            return await self._all(memory)
        fresh = self._read(text, ())
        if memory.pending and not _stands_alone(fresh):
            answer = self._answer(text, memory)
            if answer is not None:
                return await self._go_on(answer, memory)
        if fresh.intent == "confirm":
            return await self._yes(memory)
        if fresh.intent == "dismiss":
            return self._no(memory)
        starts_afresh = _names_customer(fresh)
        reading = fresh if starts_afresh or not memory.history else self._read(text, memory.history)
        if reading.intent in {"confirm", "dismiss"}:
            return await self._yes(memory) if reading.intent == "confirm" else self._no(memory)
        return await self._requests((reading, *reading.also), text, memory, continues=not starts_afresh)

    def _read(self, text: str, history: Sequence[str]) -> Reading:
        return house_word(text) or self.ctx.rules.understanding.read(
            text,
            sender=self.ctx.actor.user_id,
            now=self.ctx.now.astimezone(self.ctx.company.calendar.zone),
            history=history,
        )

    def _answer(self, text: str, memory: Memory) -> Pending | None:
        first = memory.pending[0]
        item = first_open(first.reading)
        reading = answered(first.reading, item, text, self.ctx) if item else None
        return replace(first, reading=reading) if reading else None

    async def _go_on(self, pending: Pending, memory: Memory) -> Turn:
        """The first request waiting has a new reading: ask on, show the draft, or do it."""
        memory = replace(memory, pending=(pending, *memory.pending[1:]))
        if first_open(pending.reading) or pending.is_draft:
            return await self._show(memory)
        return await self._do(pending.reading, replace(memory, pending=memory.pending[1:]))

    async def _requests(
        self, readings: Sequence[Reading], text: str, memory: Memory, *, continues: bool
    ) -> Turn:
        """Everything one message asks for, in the order said."""
        replies = []
        unread = False
        for index, reading in enumerate(readings):
            turn = await self._request(reading, text, memory, index, continues=continues)
            memory, unread = turn.memory, unread or turn.unread
            replies.append(turn.reply)
        return Turn(words.together(replies), memory, unread)

    async def _request(
        self, said: Reading, text: str, memory: Memory, index: int, *, continues: bool
    ) -> Turn:
        reading = self._about_last(replace(said, also=()), memory)
        code = code_of(self.ctx.key, index)
        try:
            if reading.intent == "order.repeat" and reading.settled:
                reading = await drafting.repeated(reading, self.ctx, self.uow)
            if reading.intent == "none":
                return await self._chatter(text, memory)
            looking = reading.intent == "order.find" and not reading.unknown
            if (first_open(reading) and not looking) or reading.intent == "order.create":
                return await self._keep(Pending(code, reading, text), memory, continues=continues)
            return await self._do(reading, memory)
        except DomainError as error:
            return Turn(Reply(refusal(error, self.ctx)), memory)

    async def _chatter(self, text: str, memory: Memory) -> Turn:
        """Nothing to act on. In a group the bot keeps out of people's talk; alone it helps, and asks on."""
        if self.ctx.place:
            return Turn(Reply(""), memory)
        if memory.pending:
            return await self._show(memory, again=True)
        return Turn(words.not_a_request(self.ctx), memory, unread=bool(DIGIT.search(text)))

    def _about_last(self, reading: Reading, memory: Memory) -> Reading:
        """Put the number in place of 刚才那单; an open draft is what a correction is about."""
        about_draft = reading.intent == "order.change" and memory.drafts
        if about_draft and (reading.slots.orders == ("last",) or "orders" in reading.missing):
            slots = replace(reading.slots, orders=("last",))
            return self._narrowed(
                replace(reading, slots=slots, missing=_but(reading.missing, "orders")), memory
            )
        if reading.slots.orders != ("last",):
            return reading
        if memory.last is None:
            return replace(
                reading, slots=replace(reading.slots, orders=()), missing=(*reading.missing, "orders")
            )
        return replace(reading, slots=replace(reading.slots, orders=(str(memory.last),)))

    def _narrowed(self, reading: Reading, memory: Memory) -> Reading:
        """A general word in a correction is the one product of the draft that it fits."""
        ordered = {line.sku for line in memory.drafts[0].reading.slots.lines}
        item = first_open(reading)
        while (
            item
            and item.kind == "sku"
            and len(fits := [sku for sku in item.candidates if sku in ordered]) == 1
        ):
            reading = settle(reading, item, fits[0], self.ctx.company.catalogue)
            item = first_open(reading)
        return reading

    async def _keep(self, pending: Pending, memory: Memory, *, continues: bool) -> Turn:
        """A new draft or question comes first; a draft already complete waits behind it, a half one gives way."""
        whole = tuple(item for item in memory.pending if item.is_draft and not first_open(item.reading))
        replaced = continues and pending.is_draft and memory.drafts and memory.last is None
        behind = tuple(item for item in whole if item.code != memory.drafts[0].code) if replaced else whole
        kept = replace(memory, pending=(pending, *behind), offer=None)
        return await self._show(kept)

    async def _show(self, memory: Memory, *, again: bool = False) -> Turn:
        """Ask what is open in the first thing waiting, or show the draft for a yes."""
        first = memory.pending[0]
        item = first_open(first.reading)
        if item:
            memory = replace(memory, history=(first.said,))
            return Turn(words.question(item, first, self.ctx, again=again), memory)
        shown = await drafting.preview(first.reading, self.ctx, self.uow)
        memory = replace(memory, history=(drafting.restated(first.reading.slots, self.ctx),))
        return Turn(words.draft(shown, first, len(memory.drafts), self.ctx), memory)

    async def _do(self, reading: Reading, memory: Memory) -> Turn:
        """Let the draft or the handler take a settled request; what it leaves open is asked."""
        if reading.intent == "order.change" and reading.slots.orders == ("last",) and memory.drafts:
            return await self._correct(reading, memory)
        if reading.intent == "undo":
            return await undoing.offered(self.ctx, self.uow, memory)
        answer = await self.router.answer(reading, self.ctx, self.uow)
        memory = replace(memory, pending=memory.drafts)
        if isinstance(answer, Reading):
            return await self._keep(Pending(code_of(self.ctx.key, 9), answer, ""), memory, continues=False)
        return Turn(answer, replace(memory, last=answer.order if answer.order is not None else memory.last))

    async def _correct(self, change: Reading, memory: Memory) -> Turn:
        target = memory.drafts[0]
        slots = target.reading.slots
        lines = changed(slots.lines, change.slots.lines, self.ctx.company.catalogue)
        new = replace(
            slots,
            lines=lines,
            due=change.slots.due or slots.due,
            period=change.slots.period or slots.period,
            address=change.slots.address or slots.address,
        )
        missing = () if lines else ("lines",)
        reading = replace(target.reading, slots=new, missing=missing)
        others = tuple(item for item in memory.pending if item.code != target.code)
        return await self._show(replace(memory, pending=(replace(target, reading=reading), *others)))

    async def _pressed(self, verb: str, code: str, memory: Memory) -> Turn:
        """A button of a draft or of an offer; a stale one says so and changes nothing."""
        if memory.offer and memory.offer.code == code:
            return await self._yes(memory) if verb == "确认" else self._no(memory)
        found = memory.find(code)
        if found is None:
            return Turn(words.gone(memory), memory)
        rest = tuple(item for item in memory.pending if item is not found)
        memory = replace(memory, pending=(found, *rest), offer=None)
        return await self._yes(memory) if verb == "确认" else self._no(memory)

    async def _yes(self, memory: Memory) -> Turn:
        if memory.offer:
            return await undoing.done(self.ctx, self.uow, memory)
        if not memory.pending:
            return Turn(words.nothing_waits(), memory)
        if first_open(memory.pending[0].reading):
            return await self._show(memory, again=True)
        first = memory.pending[0]
        change = await drafting.write(first.reading, self.ctx, self.uow)
        history = (drafting.restated(first.reading.slots, self.ctx),)
        memory = replace(memory, pending=memory.pending[1:], last=change.order.number, history=history)
        reply = words.written(change, self.ctx)
        if not memory.pending:
            return Turn(reply, memory)
        following = await self._show(memory)
        return Turn(words.together([reply, following.reply]), following.memory)

    async def _all(self, memory: Memory) -> Turn:
        """Write every complete draft; the rest stays."""
        replies = []
        for item in memory.drafts:
            if first_open(item.reading):
                continue
            change = await drafting.write(item.reading, self.ctx, self.uow)
            rest = tuple(other for other in memory.pending if other is not item)
            memory = replace(memory, pending=rest, last=change.order.number)
            replies.append(words.written(change, self.ctx))
        return Turn(words.together(replies) if replies else words.nothing_waits(), memory)

    def _no(self, memory: Memory) -> Turn:
        if memory.offer:
            return Turn(words.kept(), replace(memory, offer=None))
        if not memory.pending:
            return Turn(words.nothing_waits(), memory)
        dropped, rest = memory.pending[0], memory.pending[1:]
        return Turn(words.dropped(dropped, len(rest), self.ctx), replace(memory, pending=rest, history=()))


def _names_customer(reading: Reading) -> bool:
    return bool(reading.slots.customer or "customer" in reading.ambiguous or "customer" in reading.unknown)


def _stands_alone(reading: Reading) -> bool:
    """True for a line that is a whole request by itself and so no answer to the question before it."""
    if reading.intent in {"none", "confirm"}:
        return False
    if reading.intent == "order.create":
        return _names_customer(reading) and bool(reading.slots.lines)
    return reading.intent != "order.change" or bool(reading.slots.orders)


def _but(paths: tuple[str, ...], path: str) -> tuple[str, ...]:
    return tuple(other for other in paths if other != path)
