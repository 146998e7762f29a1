"""A long payload comes in several frames: put together within bounds. Pure; time is a parameter."""

from dataclasses import dataclass, field
from datetime import timedelta

from bot.platforms.body import LONGEST
from bot.platforms.feishu.frames import Frame

LIVES = timedelta(seconds=5)
"""So long the platform's own client waits for the rest; what is not acknowledged is sent again."""
MOST_PARTS = 256
MOST_MESSAGES = 64


@dataclass(slots=True)
class _Gathering:
    begun: float
    sum: int
    parts: dict[int, bytes] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(map(len, self.parts.values()))


class Parts:
    """The payloads of one connection that are not complete yet."""

    def __init__(self) -> None:
        self._gathered: dict[str, _Gathering] = {}

    def add(self, frame: Frame, now: float) -> bytes | None:
        """The whole payload once this frame completes it; None while parts are missing or what came makes no sense.

        `now` is in seconds and never goes back.
        """
        total, place = _whole(frame.header("sum"), 1), _whole(frame.header("seq"), 0)
        if total <= 1:
            return frame.payload if len(frame.payload) <= LONGEST else None
        name = frame.header("message_id")
        if total > MOST_PARTS or not 0 <= place < total or not name:
            return None
        self._forget(now)
        gathering = self._gathered.get(name)
        if gathering is None or gathering.sum != total:
            gathering = self._gathered[name] = _Gathering(now, total)
        gathering.parts[place] = frame.payload
        if gathering.size > LONGEST:
            del self._gathered[name]
            return None
        if len(gathering.parts) < total:
            return None
        del self._gathered[name]
        return b"".join(gathering.parts[number] for number in range(total))

    def _forget(self, now: float) -> None:
        """What is too old; and the oldest where too many are open."""
        for name in [
            name
            for name, gathering in self._gathered.items()
            if now - gathering.begun > LIVES.total_seconds()
        ]:
            del self._gathered[name]
        while len(self._gathered) >= MOST_MESSAGES:
            del self._gathered[next(iter(self._gathered))]


def _whole(said: str, otherwise: int) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else otherwise
