"""One message, one transaction, one answer."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from domain.assignment import weighed_among
from domain.errors import DatabaseAway, Stale
from domain.ports import Clock, Conversation, Opening, Todo, UnitOfWork, UnitsOfWork
from handlers.context import Context, InForce, RulesInForce
from handlers.dialogue.keeping import kept, recalled
from handlers.dialogue.learning import Learning
from handlers.dialogue.talk import Talk
from handlers.files.taking import taken
from handlers.identity import sender_of
from handlers.message import Message, Reply
from handlers.reception import Reception, without_code
from handlers.router import Router
from handlers.wording import general as words

log = logging.getLogger(__name__)
Heard: TypeAlias = Callable[[str, str, datetime], None]
"""Is told who wrote on which platform when, once it is committed."""


def nobody_listens(person: str, platform: str, at: datetime) -> None:
    """Where it does not matter on which platform somebody wrote."""


ATTEMPTS = 2
"""One silent retry after somebody else wrote first, then a clear answer."""
KEPT_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Dispatcher:
    """Takes a message through duplicate check, identity, conversation and commit; words refusals."""

    units: UnitsOfWork
    rules: RulesInForce
    clock: Clock
    router: Router
    heard: Heard = nobody_listens

    async def handle(self, message: Message) -> Reply:
        """The answer to `message`, after everything it causes is committed.

        The same key again gets the recorded answer and changes nothing. Raises `DatabaseAway` so that the
        platform sends again; every other failure is kept on the process owner's list and answered.
        """
        try:
            for _ in range(ATTEMPTS):
                try:
                    return await self._attempt(message)
                except Stale:
                    continue
            return await self._answer_only(message, words.busy(), None)
        except DatabaseAway:
            raise
        except Exception:
            # The edge of one message: a bug must not lose it, nor keep the platform sending it again.
            log.exception("message failed", extra={"key": str(message.key)})
            return await self._answer_only(message, words.failed(), "failed")

    async def _attempt(self, message: Message) -> Reply:
        now = self.clock()
        async with self.units() as uow:
            opening, known, ctx = await self._open(message, now, uow)
            if opening.reply is not None:
                return Reply.from_document(opening.reply)
            if ctx is None:
                reply, person = await Reception(message, known.company, now, uow).receive()
            else:
                reply = await self._converse(message, opening.conversation, ctx, uow)
                person = ctx.actor.user_id
            await uow.record(message.key, person, _said(message), now, reply.document())
            await uow.commit()
        if person:
            self.heard(person, message.key.platform, now)
        return reply

    async def _open(
        self, message: Message, now: datetime, uow: UnitOfWork
    ) -> tuple[Opening, InForce, Context | None]:
        known = self.rules.latest
        person = _person(message, known)
        today = now.astimezone(known.company.calendar.zone).date()
        opening = await uow.open(message.key, person, message.place, today)
        if (opening.rules_version, opening.register) != (known.company.version, known.company.register):
            known = await self.rules.of(opening.rules_version, opening.register)
            if _person(message, known) != person:
                person = _person(message, known)
                opening = await uow.open(message.key, person, message.place, today)
        actor = known.company.staff(person)
        if actor is None or opening.reply is not None:
            return opening, known, None
        loads = await uow.orders.loads(weighed_among(known.company))
        ctx = Context(
            actor, known, now, message.place, message.key,
            duty=opening.duty, loads=loads, called=message.called,
        )  # fmt: skip
        return opening, known, ctx

    async def _converse(
        self, message: Message, conversation: Conversation, ctx: Context, uow: UnitOfWork
    ) -> Reply:
        if message.attachment:
            return await taken(message, message.attachment, ctx, uow)
        if message.kind != "text":
            return words.not_text(message.kind, ctx)
        before = await recalled(conversation, ctx, uow)
        turn = await Talk(ctx, uow, self.router, Learning(ctx, uow)).hear(message.text, before)
        reply = await kept(conversation, before, turn, ctx, uow)
        if turn.unread:
            await uow.todo(Todo("unread", ctx.now, _said(message), ctx.actor.user_id, str(message.key)))
        return reply

    async def _answer_only(self, message: Message, reply: Reply, problem: str | None) -> Reply:
        """Record an answer without effect; where the message was answered meanwhile, that answer holds."""
        now = self.clock()
        person = _person(message, self.rules.latest)
        async with self.units() as uow:
            opening = await uow.open(message.key, person, message.place)
            if opening.reply is not None:
                return Reply.from_document(opening.reply)
            if problem:
                await uow.todo(Todo(problem, now, _said(message), person, str(message.key)))
            await uow.record(message.key, person, _said(message), now, reply.document())
            await uow.commit()
        return reply


def _person(message: Message, known: InForce) -> str:
    person = sender_of(message, known.company)
    return person.user_id if person else ""


def _said(message: Message) -> str:
    """The words of a message as they are kept."""
    return without_code(message.words)[:KEPT_TEXT]
