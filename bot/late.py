"""Replies that cannot go back on the line they were asked on: brought by the outbox, once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from domain.catalogue import Staff
from domain.errors import Stale
from domain.facts import Notice
from domain.notices import REPLY
from domain.outbox import Outbox
from domain.ports import Clock, UnitsOfWork
from domain.sending import Rendered
from handlers import owing
from handlers.context import RulesInForce
from handlers.identity import sender_of
from handlers.message import Message, Reply

KIND = REPLY
NOW = timedelta()


@dataclass(frozen=True, slots=True)
class LateReplies:
    """Puts a reply into the outbox for whoever asked; for the same message again it does nothing."""

    units: UnitsOfWork
    rules: RulesInForce
    clock: Clock
    wake: Callable[[], None]
    outbox: Outbox

    async def bring(self, message: Message, reply: Reply) -> None:
        """Owe the reply to the chat it was asked in, else to the sender; a stranger, whom nothing reaches, goes without."""
        reached = message.chat or self._asker(message) is not None
        if reached and await self.hold(message, reply, NOW) is not None:
            self.wake()

    async def hold(self, message: Message, reply: Reply, held: timedelta) -> tuple[str, ...] | None:
        """Owe the reply, but not before `held` is over: whoever asks for it says it a faster way first.

        Gives the ids of what is owed (none to a stranger alone, whom only that faster way reaches), or None where
        another copy of the message came first: its reply is on its way already.
        """
        asker = self._asker(message)
        key = replace(message.key, key=f"{message.key.key}/late")
        who, now = asker.user_id if asker else "", self.clock()
        async with self.units() as uow:
            reached = who or message.chat
            notices = (owing.owed(reply, owing.where_asked(message, who), who),) if reached else ()
            owed = await uow.tell(notices, now, str(message.key), held=held)
            await uow.record(key, who, "", now, reply.document())
            try:
                await uow.commit()
            except Stale:  # the key is recorded already
                return None
        return owed

    async def said(self, owed: Sequence[str]) -> None:
        """The faster way has brought it: the outbox need not."""
        if owed:
            await self.outbox.sent(owed, self.clock())

    async def release(self, owed: Sequence[str], reason: str) -> None:
        """The faster way did not bring it: the outbox does, now."""
        for one in owed:
            await self.outbox.put_off(one, self.clock(), reason)
        self.wake()

    def _asker(self, message: Message) -> Staff | None:
        return sender_of(message, self.rules.latest.company)


def rendered(notice: Notice) -> Rendered:
    """The reply again, from the notice that carries it."""
    reply = as_notice(Reply.from_document(notice.facts))
    return replace(reply, asker=str(notice.facts.get("asker") or ""))


def as_notice(reply: Reply) -> Rendered:
    """A reply as senders take it."""
    buttons = tuple((button.label, button.say) for button in reply.buttons)
    return Rendered(reply.text, buttons=buttons, charts=reply.charts)
