"""On which platforms people wrote last: noted as their messages are answered, and read from the inbox for the others'.

Nothing is written for it: the inbox has every message with its person already. What this process answered it knows at
once; of what other processes answered it hears within `EVERY`.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.ports import Clock

EVERY = timedelta(seconds=5)
OVERLAP = timedelta(seconds=30)
"""A message is in the inbox so long after its moment at most: it was answered in between."""
REMEMBERED = timedelta(days=30)
"""As long as the inbox is kept."""

Wrote = Callable[[datetime], Awaitable[Sequence[tuple[str, str, datetime]]]]
"""Who wrote on which platform since then, and when there last."""


@dataclass(slots=True)
class Whereabouts:
    """Also a watch. Where people can be told at one door only (`several` is false), nobody needs to know."""

    wrote: Wrote
    several: Callable[[], bool]
    clock: Clock
    _last: dict[str, dict[str, datetime]] = field(default_factory=dict, init=False)
    _read: datetime | None = field(default=None, init=False)

    def heard(self, person: str, platform: str, at: datetime) -> None:
        """Somebody wrote there at that moment."""
        places = self._last.setdefault(person, {})
        places[platform] = max(at, places.get(platform, at))

    def lately(self, person: str) -> Sequence[str]:
        """Where they wrote, the latest first."""
        places = self._last.get(person, {})
        return sorted(places, key=lambda platform: places[platform], reverse=True)

    async def turn(self) -> int:
        """Read what the others heard, when it is time; nobody has anything to handle for that."""
        now = self.clock()
        # Also when the clock was set back.
        if not self.several() or (self._read is not None and self._read <= now < self._read + EVERY):
            return 0
        since = now - REMEMBERED if self._read is None else min(self._read, now) - OVERLAP
        for person, platform, at in await self.wrote(since):
            self.heard(person, platform, at)
        self._read = now
        return 0
