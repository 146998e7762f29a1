"""One line of a conversation: an answer, a yes, a correction, or something new."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.errors import DomainError
from domain.ports import UnitOfWork
from handlers.areas.targets import about, ringing
from handlers.asking import Pending
from handlers.context import Context
from handlers.dialogue import drafting, misreadings, rereading, undoing
from handlers.dialogue.assuming import asked_again, into_draft
from handlers.dialogue.caution import cautious
from handlers.dialogue.explaining import explained
from handlers.dialogue.hearing import AGAIN, ALL, DECISIONS, KEEP, NONE_OF_THEM, Understood, understood
from handlers.dialogue.learning import Learning
from handlers.dialogue.memory import Memory, code_of
from handlers.dialogue.referring import ABOUT_DRAFT, about_last
from handlers.dialogue.said import Said
from handlers.dialogue.scoping import REPORTS
from handlers.dialogue.slots import first_open, without
from handlers.dialogue.standing import NAMES_DEPUTY, names_customer, of_a_colleague
from handlers.dialogue.turn import Turn
from handlers.dialogue.waiting import Waiting
from handlers.message import Reply
from handlers.router import Router
from handlers.understanding.normalise.text import LONGEST
from handlers.understanding.reading import Reading, Slots
from handlers.wording import drafts as words
from handlers.wording.refusals import refusal

SEEN = re.compile(r"(通过 \d{1,9}) @(\d{1,9})")
PRESSED = re.compile(r"(确认|放弃|看)\s+([a-z2-7]{4})")
ABOUT_ORDERS = frozenset({"order.ship", "order.sign", "order.change", "order.shortage", "order.return"})
LOOKS = REPORTS | {"order.find", "report.bottleneck"}
"""A look may be at every customer that fits."""
URGED = re.compile(r"催(?:单|一下|下)?")
AWAY = re.compile(r"我?(?:想|要)?(?:请假|休假)")
DIGIT = re.compile(r"\d")
HEARD = re.compile(
    r"(?:好的?|嗯+|ok)?[,，\s]*(?:都|全)?(?:(?:收到|知道)了?[,，!！\s]*)+(?:谢谢|马上|我?这就|正在)?(?:处理|办|看|弄|审|发)?"
)


def _elsewhere(memory: Memory) -> Memory:
    """The memory once a refused line spoke of a customer: the order before it is no longer the one talked about."""
    return memory if memory.drafts else replace(memory, last=None, history=())


@dataclass(frozen=True, slots=True)
class Talk:
    """One message's conversation, with all it needs at hand. `text` is the line; `expected` the orders it asks for."""

    ctx: Context
    uow: UnitOfWork
    router: Router
    learning: Learning
    expected: int = 1
    text: str = ""

    @property
    def waiting(self) -> Waiting:
        """What is asked about or waits for a yes."""
        return Waiting(self.ctx, self.uow, self.learning, self.expected)

    async def hear(self, text: str, memory: Memory) -> Turn:
        """Answer `text`; refusals of the domain are answers too."""
        shown = SEEN.fullmatch(text.strip())
        seen = int(shown[2]) if shown else None
        talk = replace(self, text=shown[1] if shown else text.strip(), ctx=replace(self.ctx, seen=seen))
        told = explained(talk.text, memory, talk.ctx)
        if told:
            return Turn(told, memory)
        try:
            turn = await talk.take(memory)
        except DomainError as error:
            turn = Turn(Reply(refusal(error)), replace(memory, said=Said(talk.text, talk.ctx.now)))
        if not turn.reply.text:
            # What got no answer is nothing that could be asked about.
            turn = replace(turn, memory=replace(turn.memory, said=None))
        return await misreadings.conclude(memory, turn, talk.text, self.ctx, self.uow)

    async def take(self, memory: Memory) -> Turn:
        """A button, an answer, a yes or no, or requests of its own: the first that the line can be."""
        pressed = PRESSED.fullmatch(self.text)
        # 看 is said of many things; of a draft only with the code of one.
        if pressed and (pressed[1] != "看" or self.waiting.found(pressed[2], memory)):
            return await self._pressed(pressed[1], pressed[2], memory)
        memory = replace(memory, said=Said(self.text, self.ctx.now))
        if memory.offer and KEEP.fullmatch(self.text):
            return await self._decide(memory, yes=False)
        if ALL.fullmatch(self.text):
            return await self.waiting.write_all(memory)
        if NONE_OF_THEM.fullmatch(self.text):
            return self.waiting.drop_all(memory)
        again = AGAIN.fullmatch(self.text)
        doubtful = asked_again(again[1], memory, self.ctx.company.catalogue) if again else None
        if doubtful is not None:
            return await self.waiting.show(doubtful)
        heard = understood(self.text, memory, self.ctx)
        memory = replace(memory, said=heard.said)
        try:
            return await self._follow(heard, memory)
        except DomainError as error:
            return Turn(Reply(refusal(error)), memory)

    async def _follow(self, heard: Understood, memory: Memory) -> Turn:
        """Do what the line turned out to be."""
        if heard.answer is not None:
            return await self._answered(heard.answer, memory)
        reading = heard.reading
        if reading.intent in DECISIONS:
            return await self._decide(memory, yes=reading.intent == "confirm")
        readings = (reading, *reading.also)
        orders = sum(said.intent in {"order.create", "order.repeat"} for said in readings)
        anew = not heard.said.history
        return await replace(self, expected=orders).requests(readings, memory, instead=not anew)

    async def _answered(self, after: Pending, memory: Memory) -> Turn:
        """Go on with what the answer settles or narrows; what was chosen is kept, and teaches."""
        before = memory.pending[0]
        item = first_open(before.reading)
        turn = await self._go_on(after, memory)
        asked = misreadings.answered(before, item, after, self.ctx) if item else None
        if item and asked:
            await self.uow.misread(asked)
            if asked.outcome == "chosen":
                await self.learning.chosen(before, item, asked.meant, memory)
        return replace(turn, answered=before.code)

    async def _go_on(self, pending: Pending, memory: Memory) -> Turn:
        """The first request waiting has a new reading: ask on, show the draft, or do it."""
        pending = await self.learning.applied(pending, memory)
        pending = replace(pending, reading=await self._spelled_out(pending.reading))
        memory = replace(memory, pending=(pending, *memory.pending[1:]))
        if first_open(pending.reading) or pending.is_draft:
            return await self.waiting.show(memory)
        rest = into_draft(replace(memory, pending=memory.pending[1:]), pending)
        return await self._do(pending.reading, rest)

    async def _spelled_out(self, reading: Reading) -> Reading:
        """老样子 as the order it means; a general word as the product of the order that is talked about."""
        if reading.intent == "order.repeat" and reading.settled:
            return await drafting.repeated(reading, self.ctx, self.uow)
        if (
            reading.intent == "staff.leave"
            and "staff" in reading.missing
            and not NAMES_DEPUTY.search(self.text)
        ):
            # Who names nobody is stood in for as the company does it; a name that was not understood is asked for.
            return without(reading, "staff")
        of_order = reading.intent in ABOUT_ORDERS and reading.slots.orders != ("last",)
        return await about(reading, self.ctx, self.uow) if of_order else reading

    async def requests(self, readings: Sequence[Reading], memory: Memory, *, instead: bool) -> Turn:
        """Everything one message asks for, in the order said; a refused one does not stop the others."""
        replies, unread = [], False
        if any(said.intent != "none" for said in readings):
            # A question that nobody answered gives way, but not one that this very message asks.
            memory = replace(memory, pending=memory.drafts)
        for index, said in enumerate(readings):
            sure = cautious(said, self.text, readings)
            try:
                turn = await self._request(sure, memory, index, instead=instead and len(readings) == 1)
            except DomainError as error:
                turn = Turn(Reply(refusal(error)), _elsewhere(memory) if names_customer(said) else memory)
            memory, unread = turn.memory, unread or turn.unread
            replies.append(turn.reply)
        return Turn(words.together(replies), memory, unread, said=tuple(readings))

    async def _request(self, said: Reading, memory: Memory, index: int, *, instead: bool) -> Turn:
        if said.intent == "none":
            return await self._chatter(memory)
        if said.intent == "staff.leave" and of_a_colleague(said, self.text):
            return Turn(words.only_oneself(), memory)
        reading = about_last(replace(said, also=()), memory, self.ctx.company.catalogue)
        pending = await self.learning.applied(self._pending(reading, index), memory)
        reading = await self._spelled_out(pending.reading)
        looking = reading.intent in LOOKS and not reading.unknown and "staff" not in reading.ambiguous
        if reading.intent != "order.create" and (looking or not first_open(reading)):
            return await self._do(reading, into_draft(memory, pending))
        pending = replace(pending, reading=reading)
        created = index if reading.intent == "order.create" else 0
        return await self.waiting.keep(pending, memory, instead=instead and pending.is_draft, index=created)

    def _pending(self, reading: Reading, index: int) -> Pending:
        """The message's `index`-th request, as it waits."""
        return Pending(code_of(self.ctx.key, index), reading, self.text, str(self.ctx.key))

    async def _chatter(self, memory: Memory) -> Turn:
        """Nothing to act on. In a group the bot keeps out of people's talk; alone or called it helps, and asks on."""
        if self.ctx.overheard:
            return Turn(Reply(""), memory)
        if AGAIN.fullmatch(self.text):
            return Turn(words.nothing_assumed(), memory)
        if memory.pending:
            return await self.waiting.show(memory, "unread")
        if HEARD.fullmatch(self.text.strip("。！!.~ ")):
            rung = await ringing(self.ctx, self.uow)
            if len(rung) == 1:
                return await self._do(Reading("alert.ack", Slots(orders=(str(rung[0]),))), memory)
            if rung:
                return Turn(words.which_rang(rung), memory)
        if URGED.fullmatch(self.text.strip("。！!.~ ")):
            which = self._pending(Reading("order.urge", missing=("orders",)), 0)
            return await self.waiting.keep(which, memory, instead=False)
        if AWAY.match(self.text):
            return Turn(words.which_leave(), memory)
        pasted = len(self.text) > LONGEST
        unread = pasted or bool(DIGIT.search(self.text))
        reply = words.too_long(len(self.text)) if pasted else words.not_a_request(self.ctx, unread=unread)
        return Turn(reply, memory, unread)

    async def _do(self, reading: Reading, memory: Memory) -> Turn:
        """Let the draft or the handler take a settled request; what it leaves open is asked."""
        if reading.intent in ABOUT_DRAFT and reading.slots.orders == ("last",) and memory.drafts:
            dropping = reading.intent == "order.cancel"
            return self.waiting.drop(memory) if dropping else await self.waiting.correct(reading, memory)
        if reading.intent == "undo":
            return await undoing.offered(self.ctx, self.uow, memory)
        answer = await self.router.answer(reading, self.ctx, self.uow)
        if isinstance(answer, Reading):
            return await self.waiting.keep(self._pending(answer, 9), memory, instead=False)
        return Turn(answer, replace(memory, last=answer.order if answer.order is not None else memory.last))

    async def _pressed(self, verb: str, code: str, memory: Memory) -> Turn:
        """A button of a draft or of an offer; a stale one says so and changes nothing."""
        if memory.offer and memory.offer.code == code:
            return await self._decide(memory, yes=verb == "确认")
        front = self.waiting.found(code, memory)
        if front is None:
            return Turn(words.gone(memory.last), memory)
        return (
            await self.waiting.show(front) if verb == "看" else await self._decide(front, yes=verb == "确认")
        )

    async def _decide(self, memory: Memory, *, yes: bool) -> Turn:
        """A yes or a no to what was offered last."""
        if memory.offer and memory.offer.file:
            return await rereading.decided(self.ctx, self.uow, memory, yes=yes)
        if memory.offer:
            kept = Turn(words.kept(), replace(memory, offer=None))
            return await undoing.done(self.ctx, self.uow, memory) if yes else kept
        if not memory.pending:
            return Turn(words.nothing_waits() if yes or not self.ctx.overheard else Reply(""), memory)
        return await self.waiting.write(memory) if yes else self.waiting.drop(memory)
