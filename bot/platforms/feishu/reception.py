"""What both ways in do with an event: hear what is said to the bot, answer what is pressed.

The line of an event carries no answer, so what is said goes by the outbox, into the chat it was asked in: written in
the same breath as the message is confirmed, with the platform's limits and its key against repetition (ADR 0023).
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta

from bot.platforms.feishu import events
from bot.platforms.feishu.app import PLATFORM
from bot.platforms.feishu.events import Document, Event, Person, Pressed, Spoken
from bot.platforms.feishu.pressing import Presses
from bot.platforms.turns import Handle, Late, Turns
from domain.ports import MessageKey
from domain.sending import Misconfigured, TryLater, Undeliverable
from handlers.message import Message

log = logging.getLogger(__name__)

DEADLINE = timedelta(seconds=2.4)
"""Feishu waits for three seconds."""


class Reception:
    """One app's. `known_as` picks the id by which the company knows somebody, `place` names a group by its chat id.

    `bot` gives the bot's own open id, by which it is mentioned. Call `close` before the database goes.
    """

    def __init__(
        self,
        app_id: str,
        handle: Handle,
        late: Late,
        presses: Presses,
        *,
        known_as: Callable[[Sequence[str]], str],
        place: Callable[[str], str],
        bot: Callable[[], Awaitable[str]],
        deadline: timedelta = DEADLINE,
    ) -> None:
        self._app_id = app_id
        self._turns = Turns(handle, late, deadline)
        self._presses = presses
        self._known_as = known_as
        self._place = place
        self._bot = bot

    async def take(self, document: Document) -> Document | None:
        """The answer on the line, after commit; None when nothing is confirmed and Feishu must send again.

        Raises `Rejected` for what makes no sense, `DatabaseAway`.
        """
        said = events.event(document, self._app_id)
        if said is not None and said.kind == events.MESSAGE:
            return await self._heard(said)
        if said is not None and said.kind == events.PRESS:
            pressed = events.pressed(said)
            return await self._presses.answer(pressed, self._press(pressed), self._turns)
        log.info("event without an answer", extra={"kind": said.kind[:64] if said else "version 1"})
        return {}

    async def close(self) -> None:
        """Let what is under way end; what does not is not committed, and Feishu sends it again."""
        await self._turns.close()

    async def _heard(self, said: Event) -> Document | None:
        spoken = events.spoken(said)
        if spoken is None or (spoken.group and not spoken.mentions):
            return {}
        try:
            bot = await self._bot() if spoken.mentions else ""
        except (TryLater, Misconfigured, Undeliverable) as reason:
            log.warning("the bot does not know its own id", extra={"reason": str(reason)})
            return None
        if spoken.group and not spoken.calls(bot):
            return {}
        reply = await self._turns.take(self._message(spoken, bot), elsewhere=lambda _: True)
        return None if reply is None else {}

    def _message(self, spoken: Spoken, bot: str) -> Message:
        return Message(
            MessageKey(PLATFORM, self._app_id, spoken.id),
            self._sender(spoken.person),
            spoken.words(bot),
            spoken.at,
            place=self._place(spoken.chat) if spoken.group else "",
            kind=spoken.kind,
            # A person is answered where they asked, not at whichever door they have first.
            chat=spoken.chat if spoken.group else spoken.person.open_id,
            called=True,
            also_known=_in_small(spoken.person.ids),
        )

    def _press(self, pressed: Pressed) -> Message:
        group = not pressed.alone and bool(pressed.chat)
        return Message(
            MessageKey(PLATFORM, self._app_id, pressed.id),
            self._sender(pressed.person),
            pressed.say,
            pressed.at,
            place=self._place(pressed.chat) if group else "",
            chat=pressed.chat if group else pressed.person.open_id,
            also_known=_in_small(pressed.person.ids),
        )

    def _sender(self, person: Person) -> str:
        return self._known_as(person.ids).lower()


def _in_small(ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(one.lower() for one in ids)
