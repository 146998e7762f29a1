"""Replies that cannot go back on the line they were asked on: brought by the outbox, once."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.reach import chat
from domain.facts import Notice
from domain.notices import REPLY
from domain.ports import Clock, UnitsOfWork
from domain.sending import Rendered
from handlers.context import RulesInForce
from handlers.identity import identify
from handlers.message import Message, Reply

KIND = REPLY


@dataclass(frozen=True, slots=True)
class LateReplies:
    """Puts a reply into the outbox for whoever asked; for the same message again it does nothing."""

    units: UnitsOfWork
    rules: RulesInForce
    clock: Clock
    wake: Callable[[], None]

    async def bring(self, message: Message, reply: Reply) -> None:
        """Owe the reply to the group it was asked in, else to the sender; a stranger, whom nothing reaches, goes without."""
        person = identify(self.rules.latest.company, message.key.platform, message.sender)
        if person is None:
            return
        key = replace(message.key, key=f"{message.key.key}/late")
        # Urgent: whoever asks is there, whatever the time, and whatever they do not want to hear just now.
        to = chat(message.key.platform, message.chat) if message.chat else f"user:{person.user_id}"
        notice = Notice(KIND, to, reply.order, lane="urgent", facts=reply.document())
        async with self.units() as uow:
            opening = await uow.open(key, person.user_id, message.place)
            if opening.reply is not None:
                return
            await uow.tell((notice,), self.clock(), str(message.key))
            await uow.record(key, person.user_id, "", self.clock(), reply.document())
            await uow.commit()
        self.wake()


def rendered(notice: Notice) -> Rendered:
    """The reply again, from the notice that carries it."""
    reply = Reply.from_document(notice.facts)
    buttons = tuple((button.label, button.say) for button in reply.buttons)
    return Rendered(reply.text, buttons=buttons, charts=reply.charts)
