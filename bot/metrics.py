"""What Prometheus may read; a registry of its own for every program that is built."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from domain.outbox import Outbox, Place
from domain.queues import Timers

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
COUNTED = 1000
LATE = (1.0, 5.0, 15.0, 60.0, 300.0, 1800.0, 7200.0)


class Metrics:
    """Counts what happens; `exposition` is the page."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        counter, gauge = partial(Counter, registry=registry), partial(Gauge, registry=registry)
        histogram = partial(Histogram, registry=registry)
        self._messages = counter("gendan_messages", "Messages answered", ["platform", "outcome"])
        self._reply = histogram(
            "gendan_reply_seconds", "From receipt to answer", ["platform"], buckets=SECONDS
        )
        self._requests = counter("gendan_http_requests", "Requests answered", ["route", "status"])
        self._deliveries = counter("gendan_deliveries", "Attempts to deliver", ["way", "outcome"])
        self._timers = histogram("gendan_timer_late_seconds", "How late a timer was handled", buckets=LATE)
        self._troubled = gauge(
            "gendan_timers_troubled", "Timers that could not be handled and are tried again"
        )
        self._unsound = gauge(
            "gendan_escalation_findings", "Rungs that the last nightly audit found missing or doubled"
        )
        self._audited = gauge(
            "gendan_escalation_audit_seconds", "When the last nightly audit of this process began"
        )
        self._alone = gauge("gendan_limits_alone", "1 while this process keeps limits without the others")
        self._depth = gauge("gendan_outbox_waiting", "Notices not delivered yet")
        self._queues = gauge("gendan_destinations_waiting", "Notices not delivered yet", ["way"])
        self._paused = gauge("gendan_destinations_paused", "Destinations that fail", ["way", "trouble"])
        self._dead = gauge("gendan_outbox_dead", "Notices given up")
        self._age = gauge("gendan_outbox_oldest_due_seconds", "Age of the oldest due notice")
        self._working = gauge("gendan_processes", "Processes seen working lately")

    def message(self, platform: str, outcome: str, took: timedelta) -> None:
        """A message was answered, after so long."""
        self._messages.labels(platform, outcome).inc()
        self._reply.labels(platform).observe(took.total_seconds())

    def request(self, route: str, status: int) -> None:
        """A request was answered so; a 4xx on a platform's address was not believed."""
        self._requests.labels(route, str(status)).inc()

    def delivery(self, way: str, outcome: str) -> None:
        """An attempt to deliver ended so."""
        self._deliveries.labels(way, outcome).inc()

    def limits_alone(self, alone: bool) -> None:
        """Redis has gone, or come back."""
        self._alone.set(alone)

    def timer(self, late: timedelta) -> None:
        """A timer was handled so long after it fell due."""
        self._timers.observe(max(0.0, late.total_seconds()))

    def working(self, processes: int) -> None:
        """So many processes have shown lately that they work."""
        self._working.set(processes)

    async def look_at(self, outbox: Outbox, now: datetime) -> None:
        """How the outbox and its destinations stand."""
        self._places(await outbox.destinations(now))
        self._dead.set(len(await outbox.dead(COUNTED)))
        oldest = await outbox.oldest_due(now)
        self._age.set((now - oldest).total_seconds() if oldest else 0)

    def _places(self, places: Sequence[Place]) -> None:
        """Those of the last look are forgotten: a way of which there is nothing to say is not there."""
        self._forget()
        self._depth.set(sum(place.waiting for place in places))
        for place in places:
            if place.waiting:
                self._queues.labels(place.way).inc(place.waiting)
            if place.condition.trouble:
                self._paused.labels(place.way, place.condition.trouble).inc()

    def _forget(self) -> None:
        self._queues.clear()
        self._paused.clear()

    def audited(self, found: int, at: datetime) -> None:
        """The ladders were audited: so much was wrong."""
        self._unsound.set(found)
        self._audited.set(at.timestamp())

    async def look_at_timers(self, timers: Timers) -> None:
        """How the timers stand, up to a thousand."""
        self._troubled.set(len(await timers.troubled(COUNTED)))

    def out_of_sight(self) -> None:
        """Nobody can say how they stand and who works: not a number, rather than the last one."""
        self._forget()
        for gauge in (self._depth, self._dead, self._age, self._troubled, self._working):
            gauge.set(float("nan"))

    def exposition(self) -> bytes:
        """The page in Prometheus' text format."""
        return generate_latest(self.registry)
