"""Reads a file that waits, in one transaction for all it leads to: drafts, the answer, and that it is read."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TypeAlias

from domain.assignment import weighed_among
from domain.errors import Stale
from domain.files import ClaimedFile, ReadFile
from domain.pages import Page, Unreadable
from domain.ports import Clock, Conversation, MessageKey, Opening, Todo, UnitOfWork, UnitsOfWork
from handlers.context import Context, InForce, RulesInForce
from handlers.dialogue.keeping import kept, recalled
from handlers.dialogue.memory import Memory, Offer, code_of
from handlers.dialogue.turn import Turn
from handlers.files.answering import Answered, Answering
from handlers.files.pace import gently
from handlers.message import Reply
from handlers.owing import owed
from handlers.understanding.readings.sheets.result import SheetReading
from handlers.wording import files as words

Pages: TypeAlias = Callable[[bytes], Awaitable[tuple[Page, ...]]]
"""Reads a file's bytes, or raises `Unreadable`; it takes its time, but not without end."""

ATTEMPTS = 5
PATIENCE_S = 60.0
SAME_FOR = timedelta(hours=12)
"""So long the same table sent again is asked about."""
MOST_ORDERS = 50
MOST_LINES = 1000


@dataclass(frozen=True, slots=True)
class _Work:
    """A file as it is understood by one version of the rules."""

    claimed: ClaimedFile
    pages: Sequence[Page]
    known: InForce
    reading: SheetReading


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads files; `pages_of` opens them."""

    units: UnitsOfWork
    rules: RulesInForce
    clock: Clock
    pages_of: Pages

    async def read(self, claimed: ClaimedFile) -> None:
        """Read a file and answer it; when this returns, it is read for good, or somebody else has it."""
        upload = claimed.upload
        try:
            async with asyncio.timeout(PATIENCE_S):
                pages = await self.pages_of(upload.data)
                await self._decide(claimed, pages)
        except Unreadable as error:
            await self._told(claimed, words.unreadable(upload.name, error), "unread")
        except TimeoutError:
            await self._told(claimed, words.unreadable(upload.name, Unreadable("too-much")), "unread")

    async def give_up(self, claimed: ClaimedFile) -> None:
        """Tell its sender that it cannot be read, and the process owner that it should have been."""
        await self._told(claimed, words.failed(claimed.upload.name), "failed")

    async def _decide(self, claimed: ClaimedFile, pages: Sequence[Page]) -> None:
        """Understand it by the rules in force, and settle it; what others write meanwhile is met by settling anew."""
        work = await self._understood(claimed, pages, self.rules.latest)
        for _ in range(ATTEMPTS):
            try:
                newer = await self._settle(work)
            except Stale:
                continue
            if newer is None:
                return
            work = await self._understood(claimed, pages, await self.rules.of(*newer))
        raise Stale(claimed.upload.source)

    async def _understood(self, claimed: ClaimedFile, pages: Sequence[Page], known: InForce) -> _Work:
        upload = claimed.upload
        here = upload.at.astimezone(known.company.calendar.zone)
        reading = await gently(known.understanding.sheets(pages, upload.name, here))
        lines = sum(len(order.reading.slots.lines) for order in reading.orders)
        if lines > MOST_LINES:
            raise Unreadable("too-many-lines", lines=lines, most=MOST_LINES)
        if len(reading.orders) > MOST_ORDERS:
            raise Unreadable("too-many-orders", orders=len(reading.orders), most=MOST_ORDERS)
        return _Work(claimed, pages, known, reading)

    async def _settle(self, work: _Work) -> tuple[int, int] | None:
        """Write the drafts and the answer; or the versions of rules and register by which it must be understood first."""
        now = self.clock()
        async with self.units() as uow:
            opening = await self._open(work.claimed, work.known, now, uow)
            known = work.known.company
            if (opening.rules_version, opening.register) != (known.version, known.register):
                return opening.rules_version, opening.register
            ctx = await _context(work, opening, now, uow)
            if ctx is None:  # whoever sent it has left
                await self._end(work.claimed, now, uow)
            else:
                await self._answer(work, opening.conversation, ctx, uow)
        return None

    async def _answer(self, work: _Work, conversation: Conversation, ctx: Context, uow: UnitOfWork) -> None:
        """Drafts; or, of a table that came a short while ago, the question whether it is meant."""
        upload, digest = work.claimed.upload, _digest(work.pages)
        before = await recalled(conversation, ctx, uow)
        since = ctx.now - SAME_FOR
        earlier = None if upload.again else await uow.files.latest(upload.person, digest, since)
        if earlier:
            turn, ours = _asked(earlier, ctx, upload.name, before), await uow.files.hold(work.claimed)
        else:
            answering = Answering(ctx, uow, upload.name)
            found = await answering.answered(work.reading, work.pages, before)
            read = ReadFile(upload.name, upload.at, digest, _outcome(found))
            turn, ours = found.turn, await uow.files.done(work.claimed, read, ctx.now)
        if not ours:
            return
        reply = await kept(conversation, before, turn, ctx, uow)
        if turn.unread:
            await uow.todo(Todo("unread", ctx.now, upload.name, upload.person, upload.source))
        await _tell(uow, work.claimed, reply, ctx.now)
        await uow.commit()

    async def _end(self, claimed: ClaimedFile, now: datetime, uow: UnitOfWork) -> None:
        if await uow.files.done(claimed, ReadFile(claimed.upload.name, claimed.upload.at, ""), now):
            await uow.commit()

    async def _told(self, claimed: ClaimedFile, reply: Reply, problem: str) -> None:
        """It is read, and nothing came of it but this answer."""
        now, upload = self.clock(), claimed.upload
        async with self.units() as uow:
            if not await uow.files.done(claimed, ReadFile(upload.name, upload.at, ""), now):
                return
            await uow.todo(Todo(problem, now, upload.name, upload.person, upload.source))
            await _tell(uow, claimed, reply, now)
            await uow.commit()

    async def _open(self, claimed: ClaimedFile, known: InForce, now: datetime, uow: UnitOfWork) -> Opening:
        """The sender's conversation with the bot alone: what a file leads to is for nobody else."""
        today = now.astimezone(known.company.calendar.zone).date()
        return await uow.open(_key(claimed), claimed.upload.person, "", today)


def _key(claimed: ClaimedFile) -> MessageKey:
    platform, app, key = claimed.upload.source.split(":", 2)
    return MessageKey(platform, app, key)


async def _context(work: _Work, opening: Opening, now: datetime, uow: UnitOfWork) -> Context | None:
    company = work.known.company
    actor = company.staff(work.claimed.upload.person)
    if actor is None or not actor.active:
        return None
    loads = await uow.orders.loads(weighed_among(company))
    return Context(actor, work.known, now, "", _key(work.claimed), duty=opening.duty, loads=loads)


def _asked(earlier: ReadFile, ctx: Context, name: str, memory: Memory) -> Turn:
    # None of its drafts may have the same: a second press must not confirm one.
    code = code_of(ctx.key, MOST_ORDERS)
    reply = words.seen_before(name, earlier, ctx.now, code)
    return Turn(reply, replace(memory, offer=Offer(code, file=str(ctx.key))))


def _outcome(found: Answered) -> dict[str, int]:
    """What is remembered of it."""
    fates = found.fates
    figures = {"taken": len(fates.taken), "asked": len(fates.asked), "refused": len(fates.wholly)}
    return {**figures, "orders": found.orders}


async def _tell(uow: UnitOfWork, claimed: ClaimedFile, reply: Reply, now: datetime) -> None:
    notice = owed(reply, claimed.upload.reply_to, claimed.upload.person)
    await uow.tell((notice,), now, claimed.upload.source)


def _digest(pages: Sequence[Page]) -> str:
    """What stands in a table, however it was saved and whatever it is called."""
    content = [[page.name, [[row.cells, sorted(row.flaws)] for row in page.rows]] for page in pages]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()
