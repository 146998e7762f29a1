"""What waits in a conversation: asked about, shown for a yes, corrected, written, given up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.ports import UnitOfWork
from handlers.asking import Heard, Pending
from handlers.context import Context
from handlers.dialogue import drafting, misreadings
from handlers.dialogue.amounts import BESIDES
from handlers.dialogue.hearing import read
from handlers.dialogue.leading import Leading
from handlers.dialogue.learning import Learning
from handlers.dialogue.memory import Memory
from handlers.dialogue.resaying import corrected, extended, goods_beside, reread, says_nothing
from handlers.dialogue.slots import first_open
from handlers.dialogue.turn import Turn
from handlers.message import Reply
from handlers.understanding.reading import Reading
from handlers.wording import drafts as words
from handlers.wording import questions


def _with(memory: Memory, index: int, shown: Pending) -> Memory:
    """The memory with this request in its place."""
    return replace(memory, pending=(*memory.pending[:index], shown, *memory.pending[index + 1 :]))


@dataclass(frozen=True, slots=True)
class Waiting:
    """Everything about requests that are not settled or not confirmed yet. The first one waiting is talked about.

    `expected` is how many drafts the message will leave: one that comes with others must be told from them.
    """

    ctx: Context
    uow: UnitOfWork
    learning: Learning
    expected: int = 1

    async def keep(self, pending: Pending, memory: Memory, *, instead: bool, index: int = 0) -> Turn:
        """Put a request among those waiting and show it.

        A message's first request comes first, its others after it. `instead`: it is the draft talked about, read
        anew, and takes its place. A half-said draft gives way; a complete one stays.
        """
        others = [
            item for item in memory.pending if item.is_draft and (index or not first_open(item.reading))
        ]
        if instead and memory.drafts:
            first = memory.drafts[0]
            adding = self._adds(pending)
            if adding or goods_beside(pending.reading, first.reading):
                return await self._extend(pending, memory, adding=adding)
            others = [item for item in others if item.code != first.code]
            # Its words, and the question about them, are those of the line it began with.
            before = read(memory.history[-1], memory.history[:-1], self.ctx).slots
            reading = reread(pending.reading, first.reading, before, self.ctx.company.catalogue)
            source = first.source or pending.source
            pending = replace(pending, reading=reading, source=source, asked=first.asked)
        at = min(index, len(others))  # a refused one before it left nothing that waits
        waiting = (*others[:at], pending, *others[at:])
        return await self.show(replace(memory, pending=waiting, offer=None), index=at)

    def _adds(self, pending: Pending) -> bool:
        """True where all goods of a line are its own, none an earlier one's, and are wanted besides others."""
        if pending.reading.intent != "order.create" or pending.reading.slots.customer:
            return False
        lines = pending.reading.slots.lines
        own = read(pending.said, (), self.ctx).slots.lines
        return bool(BESIDES.search(pending.said)) and 0 < len(lines) == len(own)

    async def _extend(self, more: Pending, memory: Memory, *, adding: bool) -> Turn:
        """Put further goods into the draft talked about: nothing that was said before is lost."""
        first = memory.drafts[0]
        reading = extended(first.reading, more.reading, self.ctx.company.catalogue, adding=adding)
        draft = replace(first, reading=reading, assumed=(*first.assumed, *more.assumed))
        others = tuple(item for item in memory.drafts if item.code != first.code)
        return await self.show(replace(memory, pending=(draft, *others), offer=None), "noted")

    async def show(self, memory: Memory, heard: Heard = "", *, index: int = 0) -> Turn:
        """Ask what is open, or show the draft for a yes; what is not first must wait with its question."""
        shown = memory.pending[index]
        if not first_open(shown.reading):
            shown = await self._leading.where(shown)
        item = first_open(shown.reading)
        if item is None:
            return await self._draft(replace(shown, asked=None), memory, heard, index)
        if index:
            return Turn(words.later(shown, self.ctx), _with(memory, index, shown))
        shown, lead = await self._leading.led(shown, item, memory)
        item = first_open(shown.reading) or item
        shown = replace(shown, asked=misreadings.asked(item, shown, self.ctx))
        reply = questions.question(item, shown, lead, self.ctx, heard)
        # Where something stands in a file is no line that later words could refer to.
        said: tuple[str, ...] = () if shown.file else (shown.said,)
        if not shown.is_draft and memory.drafts:
            said = memory.history  # a correction asked about is of the draft that was said before
        return Turn(reply, replace(_with(memory, index, shown), history=said))

    async def _draft(self, shown: Pending, memory: Memory, heard: Heard, index: int) -> Turn:
        """The draft for a yes."""
        seen = await drafting.preview(shown.reading, self.ctx, self.uow)
        said = (drafting.restated(shown.reading.slots, self.ctx),)
        memory = replace(_with(memory, index, shown), history=said)
        return Turn(words.draft(seen, shown, max(self.expected, len(memory.drafts)), self.ctx, heard), memory)

    @property
    def _leading(self) -> Leading:
        return Leading(self.ctx, self.uow, self.learning)

    async def correct(self, change: Reading, memory: Memory) -> Turn:
        """Apply a correction to the draft talked about and show it again."""
        target = memory.drafts[0]
        if says_nothing(change.slots):
            return await self.show(replace(memory, pending=memory.drafts), "unread")
        reading = corrected(target.reading, change.slots, self.ctx.company.catalogue)
        others = tuple(item for item in memory.drafts if item.code != target.code)
        return await self.show(replace(memory, pending=(replace(target, reading=reading), *others)), "noted")

    async def write(self, memory: Memory) -> Turn:
        """Make the first draft an order; the next one waiting is shown."""
        first = memory.pending[0]
        if first_open(first.reading):
            return await self.show(memory)
        change = await drafting.write(first.reading, self.ctx, self.uow)
        said = (drafting.restated(first.reading.slots, self.ctx),)
        memory = replace(memory, pending=memory.pending[1:], last=change.order.number, history=said)
        reply = words.written(change, self.ctx)
        if not memory.pending:
            return Turn(reply, memory)
        following = await self.show(memory)
        return Turn(words.together([reply, following.reply]), following.memory)

    async def write_all(self, memory: Memory) -> Turn:
        """Make every complete draft an order; what is still asked about stays, and is asked on."""
        complete = [item for item in memory.drafts if not first_open(item.reading)]
        replies: list[Reply] = []
        for item in complete:
            change = await drafting.write(item.reading, self.ctx, self.uow)
            rest = tuple(other for other in memory.pending if other is not item)
            memory = replace(memory, pending=rest, last=change.order.number)
            replies.append(words.written(change, self.ctx))
        if not replies:
            return Turn(words.nothing_waits(), memory)
        if not memory.pending:
            return Turn(words.together(replies), memory)
        following = await self.show(memory)
        return Turn(words.together([*replies, following.reply]), following.memory)

    def drop(self, memory: Memory) -> Turn:
        """Give up the first request; nothing was written."""
        dropped, rest = memory.pending[0], memory.pending[1:]
        return Turn(words.dropped(dropped, len(rest)), replace(memory, pending=rest, history=()))

    def drop_all(self, memory: Memory) -> Turn:
        """Give up all drafts; nothing was written."""
        rest = tuple(item for item in memory.pending if not item.is_draft)
        if not memory.drafts:
            return Turn(words.nothing_waits(), memory)
        return Turn(words.dropped_all(len(memory.drafts)), replace(memory, pending=rest, history=()))

    def found(self, code: str, memory: Memory) -> Memory | None:
        """The memory with the request of this code in front, or None when it no longer waits."""
        wanted = [item for item in memory.pending if item.code == code]
        rest: Sequence[Pending] = [item for item in memory.pending if item.code != code]
        return replace(memory, pending=(*wanted, *rest), offer=None) if wanted else None
