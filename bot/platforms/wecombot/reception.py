"""From what a bot hears to the reply: who it is, where it was said, the dispatcher's answer. For both ways in.

A message here has the sender as the platform wrote it until `reply`, so that looking up who that is belongs to the work
and not to the time in which the platform wants its answer.
"""

import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.platforms.turns import Handle, Late
from bot.platforms.wecombot.bot import PLATFORM, WAY, AiBot
from bot.platforms.wecombot.heard import Heard
from bot.platforms.wecombot.people import People
from domain.errors import DatabaseAway
from domain.intake import Chat, Chats, Intake, Kept
from domain.ports import Clock, MessageKey, Todo
from domain.sending import TryLater
from handlers.message import Message, Reply

log = logging.getLogger(__name__)
WORKING = timedelta(minutes=1)
"""So long a message kept is ours; after that its process is taken for dead."""
PATIENT = 5
"""So often an id is tried to be looked up before it is taken as it is."""
HOPELESS = 10
"""So often a message is tried that a bug keeps from being answered."""
AT_ONCE = 10
KNOWN = 10_000
ANSWERED = frozenset({"text", "image", "voice", "video", "file", "mixed", "event:enter_chat"})


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind the door. `place_of` gives the company's key of a group, or its id; `rest` lets a destination speak again from a moment on."""

    handle: Handle
    late: Late
    todo: Callable[[Todo], Awaitable[object]]
    rest: Callable[[str, str, datetime], Awaitable[object]]
    place_of: Callable[[str], str]
    clock: Clock


@dataclass(frozen=True, slots=True)
class Reception:
    """One bot's messages."""

    bot: AiBot
    people: People
    intake: Intake
    chats: Chats
    behind: Behind
    spoken: set[str] = field(default_factory=set)

    def message(self, heard: Heard) -> Message:
        """What was heard, the sender still as the platform wrote it."""
        at = heard.at or self.behind.clock()
        return Message(
            self.bot.key(heard.id),
            heard.sender,
            heard.words,
            at,
            heard.chat,
            heard.kind,
            heard.chat,
            called=True,
        )

    async def keep(self, message: Message, lives: timedelta = WORKING) -> bool:
        """Keep it until `done`, as the platform will not send it again; False where it is kept already."""
        now = self.behind.clock()
        return await self.intake.keep(message.key, _document(message), now, now + lives)

    async def done(self, message: Message) -> bool:
        """It is answered; False where somebody else has answered it."""
        return await self.intake.done(message.key)

    async def reply(self, message: Message) -> Reply:
        """The dispatcher's answer. Raises `TryLater` while nobody can be asked who it is, and `DatabaseAway`."""
        return await self.behind.handle(await self._of_ours(message, patient=True))

    async def late(self, message: Message, reply: Reply, *, to_chat: bool) -> None:
        """Owe the reply: to the chat it was asked in where the bot can speak by itself, else to the person."""
        ours = await self._of_ours(message, patient=False)
        await self.behind.late(replace(ours, chat=(ours.chat or ours.sender) if to_chat else ""), reply)

    async def recover(self, *, to_chat: bool) -> int:
        """Answer what a process that died has left; says how many."""
        now = self.behind.clock()
        left = await self.intake.claim(PLATFORM, self.bot.bot_id, now, now + WORKING, AT_ONCE)
        for kept in left:
            try:
                await self._recovered(kept, to_chat=to_chat)
            except TryLater:
                log.info("message waits", extra={"key": str(kept.key)})
            except DatabaseAway:
                raise
            except Exception:
                # One item of a loop; it must not keep the others from being answered.
                log.exception("message not taken up", extra={"key": str(kept.key)})
                await self._given_up(kept)
        return len(left)

    async def address(self, message: Message) -> str:
        """Where what the bot says to this is counted: the group, or our own id of the person."""
        return message.chat or (await self._of_ours(message, patient=False)).sender

    async def _recovered(self, kept: Kept, *, to_chat: bool) -> None:
        patient = kept.attempts < PATIENT
        message = _message(kept.key, kept.document)
        reply = await self.behind.handle(await self._of_ours(message, patient=patient))
        if reply.text:
            await self.late(message, reply, to_chat=to_chat)
        await self.intake.done(kept.key)
        log.info("message taken up again", extra={"key": str(kept.key), "attempts": kept.attempts})

    async def _given_up(self, kept: Kept) -> None:
        if kept.attempts >= HOPELESS:
            text = str(kept.document.get("text", ""))[:200]
            await self.behind.todo(Todo("failed", self.behind.clock(), text, source=str(kept.key)))
            await self.intake.done(kept.key)

    async def _of_ours(self, message: Message, *, patient: bool) -> Message:
        """With our own id of the sender and our own name of the place."""
        try:
            sender = (await self.people.resolve(message.sender)).lower()
        except TryLater:
            if patient:
                raise
            sender = message.sender.lower()
        await self._spoke(message, sender)
        place = self.behind.place_of(message.chat) if message.chat else ""
        return replace(message, sender=sender, place=place)

    async def _spoke(self, message: Message, sender: str) -> None:
        """From the first word on the bot may speak there; what waited for that need not wait any more."""
        chat = Chat(message.chat or sender, message.chat or message.sender, single=not message.chat)
        known = f"{chat.name}/{chat.peer}"
        if known in self.spoken or not message.sender:
            return
        now = self.behind.clock()
        if await self.chats.spoke(PLATFORM, self.bot.bot_id, chat, now):
            await self._first_word(message, now)
        if len(self.spoken) >= KNOWN:
            self.spoken.clear()
        self.spoken.add(known)

    async def _first_word(self, message: Message, now: datetime) -> None:
        """In a group: who looks after the process learns its id, and what waited there for it may leave."""
        if not message.chat:
            return
        await self.behind.rest(WAY, message.chat, now)
        if self.behind.place_of(message.chat) == message.chat:
            said = f"群编号 {message.chat}，写进这个群的 ways 后通知才能发到群里"
            await self.behind.todo(Todo("new_chat", now, said, source=str(message.key)))


def _document(message: Message) -> Mapping[str, object]:
    return {
        "sender": message.sender,
        "text": message.text,
        "at": message.at.isoformat(),
        "chat": message.chat,
        "kind": message.kind,
    }


def _message(key: MessageKey, document: Mapping[str, Any]) -> Message:
    at = datetime.fromisoformat(document["at"])
    chat = document["chat"]
    return Message(key, document["sender"], document["text"], at, chat, document["kind"], chat, called=True)
