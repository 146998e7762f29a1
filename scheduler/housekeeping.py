"""Forgets what nobody will ask for again, so that the tables that are read often stay small."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.ports import Clock

INBOX_KEPT = timedelta(days=30)
OUTBOX_KEPT = timedelta(days=30)
PROCESSES_KEPT = timedelta(days=1)
CARDS_KEPT = timedelta(days=14)
"""No platform changes an older one."""
FILES_KEPT = timedelta(days=7)
"""What is known of files that were read, and the bytes of those that nobody wanted again."""
WORDS_KEPT = timedelta(days=180)
"""What was asked about a word, and choices that have taught nothing."""
ALIASES_KEPT = timedelta(days=90)
"""After that an id is looked up anew."""
REQUESTS_KEPT = timedelta(days=3)
"""Codes, requests and counts of tries about who is who; they count for no more than two days."""

Forget = Callable[[datetime], Awaitable[int]]
"""Deletes what is older than this moment; says how many."""


@dataclass(frozen=True, slots=True)
class Housekeeping:
    """Answered messages (no platform sends again after a day), delivered notices, dead processes, old files, questions
    and codes, cards that can no longer be changed."""

    forgets: Sequence[tuple[timedelta, Forget]]
    clock: Clock

    async def turn(self) -> int:
        """Forget what is old; says how many rows."""
        now = self.clock()
        return sum([await forget(now - kept) for kept, forget in self.forgets])
