"""The token rule: when a destination may be told something, so that no window of the platform overflows.

It is the generic cell rate algorithm: a limit is one moment, the theoretical arrival of the next message, which each
message moves on by one interval. A destination that has rested takes a burst at once and then one message for each
interval. Of nine tenths of the platform's figure one half is the burst and the other the steady rate, so that the two
together, which any window of the limit's span may hold, are not more than that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from domain.destinations import Destination, Limit

MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Pace:
    """A limit as one process keeps to it: so many at once, then one for each interval (in microseconds).

    `reserve` is the tenth that is never planned for; it alone may be used while nobody knows what was sent before.
    """

    burst: int
    interval: int
    reserve: int


@dataclass(frozen=True, slots=True)
class Grant:
    """`tokens` of those wanted were taken; when not all, the next one is there after `wait`."""

    tokens: int
    wait: timedelta = timedelta()


class Limiter(Protocol):
    """Keeps destinations within their limits; each token is the right to send one message now."""

    async def take(self, key: str, destination: Destination, now: datetime, wanted: int = 1) -> Grant:
        """Take up to `wanted` tokens for the destination `key` (its way and address); never waits for them."""


def pace(limit: Limit, processes: int = 1) -> Pace:
    """What each of so many processes may do by itself, so that all together keep within the limit."""
    steady = limit.tenths - 10 * limit.burst
    return Pace(
        burst=max(1, limit.burst // processes),
        # A microsecond more than needed: a window that is exactly a span long must not hold its end's message too.
        interval=limit.span // MICROSECOND * 10 * processes // steady + 1,
        reserve=limit.count // 10 // processes,
    )


def books(key: str, destination: Destination) -> tuple[tuple[str, Limit], ...]:
    """What a message to `key` counts against: each limit under a name of its own."""
    own = tuple((f"{key}/{limit.span.total_seconds():.0f}", limit) for limit in destination.limits)
    return own + tuple(
        (f"{destination.account}//{limit.span.total_seconds():.0f}", limit) for limit in destination.shared
    )


@dataclass(frozen=True, slots=True)
class Taken:
    """So many tokens, the arrival each book now expects, and how long until one token more; in microseconds."""

    tokens: int
    arrivals: tuple[int, ...]
    wait: int


def take(paces: Sequence[Pace], arrivals: Sequence[int], since: int, now: int, wanted: int) -> Taken:
    """Take as many of `wanted` tokens as every book bears.

    `arrivals` is what each book expects, 0 for one that nobody has written. What was sent before `since` is unknown:
    nothing but the reserve was left at that moment. All times are microseconds on one clock.
    """
    expected = [
        _expected(pace, arrival, min(since, now), now) for pace, arrival in zip(paces, arrivals, strict=True)
    ]
    free = [
        pace.burst - -(-(arrival - now) // pace.interval)
        for pace, arrival in zip(paces, expected, strict=True)
    ]
    tokens = max(0, min(wanted, *free))
    after = tuple(arrival + tokens * pace.interval for pace, arrival in zip(paces, expected, strict=True))
    waits = (
        arrival - now - (pace.burst - 1) * pace.interval for pace, arrival in zip(paces, after, strict=True)
    )
    return Taken(tokens, after, max(0, *waits))


def _expected(pace: Pace, arrival: int, since: int, now: int) -> int:
    """The book's theoretical arrival; never later than a spent burst makes it, were it for a clock set back."""
    unknown = since + (pace.burst - pace.reserve) * pace.interval
    return min(max(arrival, unknown, now), now + pace.burst * pace.interval)
