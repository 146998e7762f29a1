"""The token rule: when a destination may be told something, so that no window of the platform overflows.

It is the generic cell rate algorithm: a limit is one moment, the theoretical arrival of the next message, which each
message moves on by one interval. A destination that has rested takes a burst at once and then one message for each
interval. Of nine tenths of the platform's figure one half is the burst and the other the steady rate, so that the two
together, which any window of the limit's span may hold, are not more than that.
"""

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
    if limit.burst < processes:
        # More processes than the burst has messages: each takes its one out of the steady rate.
        steady = limit.tenths - 10 * processes
    if steady <= 0:
        # More than the limit has messages at all: it is kept on average, for a moment perhaps not.
        steady = limit.tenths
    return Pace(
        burst=max(1, limit.burst // processes),
        interval=-(limit.span // MICROSECOND * 10 * processes // -steady),
        reserve=limit.count // 10 // processes,
    )
