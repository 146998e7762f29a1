"""Says so to the person whose draft ran out."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace

from domain.errors import Stale
from domain.facts import Notice
from domain.misreading import lapsed
from domain.ports import Clock, Conversation, UnitsOfWork
from domain.queues import Timers

log = logging.getLogger(__name__)
BATCH = 100


@dataclass(frozen=True, slots=True)
class DraftWatch:
    """Closes conversations whose drafts ran out, each in a transaction of its own."""

    timers: Timers
    units: UnitsOfWork
    clock: Clock

    async def turn(self) -> int:
        """Close one batch; says how many were closed."""
        expired = await self.timers.expired(self.clock(), BATCH)
        return sum([await self._guarded(conversation) for conversation in expired])

    async def _guarded(self, conversation: Conversation) -> bool:
        try:
            await self._close(conversation)
        except Stale:
            # The person spoke at this very moment: the answer said it.
            return False
        except Exception:
            # One item of a loop.
            log.exception("draft not closed", extra={"person": conversation.person})
            return False
        return True

    async def _close(self, conversation: Conversation) -> None:
        now = self.clock()
        async with self.units() as uow:
            await uow.remember(replace(conversation, document=_rest(conversation.document), expires_at=None))
            if said := _said(conversation.document):
                notice = Notice("draft_expired", f"user:{conversation.person}", facts={"said": said})
                await uow.tell((notice,), now, _source(conversation))
            for asked in lapsed(conversation.document, now):
                await uow.misread(asked)
            await uow.commit()


def _rest(document: Mapping[str, object]) -> Mapping[str, object]:
    """What outlives the drafts: the order just talked about."""
    return {name: value for name, value in document.items() if name == "last"}


def _said(document: Mapping[str, object]) -> list[str]:
    """The lines that wait, as typed; an offer to take something back runs out without a word."""
    drafts = document.get("drafts")
    return [str(draft["said"]) for draft in drafts] if isinstance(drafts, list) else []


def _source(conversation: Conversation) -> str:
    return f"draft:{conversation.person}:{conversation.place}:{conversation.version}"
