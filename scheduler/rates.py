"""How much a destination may be told: at most so many in so long, by the way of reaching it.

The figures are 90 % of what each platform allows, because its clock and ours differ and others may use the
same robot. They are kept in the process and may be lost: the platform then refuses, and delivery backs off.
"""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
NOW = timedelta()


@dataclass(frozen=True, slots=True)
class Rate:
    """At most `count` within any `span`."""

    count: int
    span: timedelta


# WeCom robot: 20/min; app message: 30/min and 1000/h to a member, silently dropped beyond; app chat: 200/min.
RATES: Mapping[str, tuple[Rate, ...]] = {
    "wecom-robot": (Rate(18, MINUTE),),
    "wecom": (Rate(27, MINUTE), Rate(900, HOUR)),
    "wecom-appchat": (Rate(180, MINUTE),),
}


class Windows:
    """The sliding windows of every destination; exact, so that no 60 seconds ever hold more than allowed."""

    def __init__(self, rates: Mapping[str, tuple[Rate, ...]] = RATES) -> None:
        self._rates = rates
        self._sent: dict[tuple[str, str], deque[datetime]] = {}

    def wait(self, way: str, address: str, at: datetime) -> timedelta:
        """How long this destination must rest before it may be told something; nothing: go ahead."""
        sent = self._sent.get((way, address), ())
        return max((_rest(sent, rate, at) for rate in self._rates.get(way, ())), default=NOW)

    def count(self, way: str, address: str, at: datetime) -> None:
        """It was told something at this moment."""
        if rates := self._rates.get(way):
            most = max(rate.count for rate in rates)
            self._sent.setdefault((way, address), deque(maxlen=most)).append(at)


def _rest(sent: "deque[datetime] | tuple[()]", rate: Rate, at: datetime) -> timedelta:
    if len(sent) < rate.count:
        return NOW
    return max(NOW, sent[-rate.count] + rate.span - at)
