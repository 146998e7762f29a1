"""A file's orders become drafts in its sender's conversation, and the answer to it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.pages import Page
from domain.ports import UnitOfWork
from handlers.asking import Pending
from handlers.context import Context
from handlers.dialogue import drafting
from handlers.dialogue.learning import Learning
from handlers.dialogue.memory import Memory, code_of
from handlers.dialogue.slots import first_open
from handlers.dialogue.turn import Turn
from handlers.dialogue.waiting import Waiting
from handlers.fates import Fates, Refused
from handlers.files.judging import believed, fates_of, left_out
from handlers.message import Reply
from handlers.understanding.reading import Reading
from handlers.understanding.readings.sheets.result import SheetReading
from handlers.wording import drafts, files
from handlers.wording.rows import rows_text

SHOWN_WHOLE = 3
LINES_SHOWN = 60
"""More drafts, or lines in them, are shown in short."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What a file leads to, and what became of its rows."""

    turn: Turn
    fates: Fates
    orders: int


@dataclass(frozen=True, slots=True)
class Answering:
    """All that an answer is made from. `name` is the file's."""

    ctx: Context
    uow: UnitOfWork
    name: str

    async def answered(self, sheets: SheetReading, raw: Sequence[Page], memory: Memory) -> Answered:
        """The drafts stand before what waits already, which stays; the answer accounts for every row."""
        learning = Learning(self.ctx, self.uow)
        refused, new = left_out(sheets.pages), []
        for index, order in enumerate(sheets.orders):
            pending, fallen = await self._draft(index, order.reading, learning, memory)
            refused += fallen
            new += [(pending, order.source)] if pending.reading.slots.lines else []
        fates = fates_of([pending.reading for pending, _ in new], refused)
        told = Reply(files.answer(self.name, new, fates, sheets.pages, raw))
        if not new:
            return Answered(Turn(told, memory, unread=True), fates, 0)
        waits = (*(pending for pending, _ in new), *memory.pending)
        memory = replace(memory, pending=waits, offer=None, history=())
        turn = await self._shown(told, memory, len(new), learning)
        return Answered(turn, fates, len(new))

    async def _draft(
        self, index: int, reading: Reading, learning: Learning, memory: Memory
    ) -> tuple[Pending, list[Refused]]:
        """One order as it waits: with what earlier choices say of its words, without what no order can have."""
        key = self.ctx.key
        pending = Pending(code_of(key, index), reading, "", str(key), file=self.name)
        pending = await learning.applied(pending, memory)
        kept, fallen = believed(pending.reading, self.ctx.company)
        return replace(pending, reading=kept, said=_stands(kept)), fallen

    async def _shown(self, told: Reply, memory: Memory, count: int, learning: Learning) -> Turn:
        """Each draft, then the one question there is now."""
        waiting = Waiting(self.ctx, self.uow, learning, expected=count)
        settled = [at for at in range(count) if not first_open(memory.pending[at].reading)]
        lines = sum(len(memory.pending[at].reading.slots.lines) for at in settled)
        shown = [told]
        if len(settled) > SHOWN_WHOLE or lines > LINES_SHOWN:
            shown.append(await self._in_short(memory, settled))
        else:
            for at in settled:
                turn = await waiting.show(memory, index=at)
                shown, memory = [*shown, turn.reply], turn.memory
        later = sum(at not in settled for at in range(1, count))
        if later:
            shown.append(files.later(later))
        if 0 not in settled:
            turn = await waiting.show(memory)
            shown, memory = [*shown, turn.reply], turn.memory
        return Turn(drafts.together(shown), replace(memory, history=()))

    async def _in_short(self, memory: Memory, settled: Sequence[int]) -> Reply:
        seen = [
            (memory.pending[at], await drafting.preview(memory.pending[at].reading, self.ctx, self.uow))
            for at in settled
        ]
        return files.in_short(seen, self.ctx)


def _stands(reading: Reading) -> str:
    """Where in the file an order stands."""
    spots = [line.spot for line in reading.slots.lines if line.spot]
    return rows_text(dict.fromkeys((spot.page, spot.row) for spot in spots))
