"""Is it alive, and can it do its work: `/healthz`, `/readyz`."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta

from aiohttp import web

from domain.company import Company
from domain.errors import DatabaseAway, NoSchema
from domain.ports import Clock
from domain.queues import DueTimer

Probe = Callable[[], Awaitable[str]]
PATIENCE = 2.0
SLACK = timedelta(minutes=5)
COUNTED = 1000


class Red(Exception):
    """A part cannot do its work; the message says what is wrong, without secrets."""


def answering(ping: Callable[[], Awaitable[object]]) -> Probe:
    """Red when the other side does not answer."""

    async def probe() -> str:
        await ping()
        return "ok"

    return probe


def prompt(
    waiting_since: Callable[[], Awaitable[datetime | None]], clock: Clock, most: timedelta = SLACK
) -> Probe:
    """Red when something due waits longer than `most`: nobody works it off."""

    async def probe() -> str:
        since = await waiting_since()
        age = clock() - since if since else timedelta()
        if age > most:
            raise Red(f"the oldest has been due for {age.total_seconds():.0f} s")
        return "ok"

    return probe


def in_order(working: Probe, troubled: Callable[[int], Awaitable[Sequence[DueTimer]]]) -> Probe:
    """Warns of timers that could not be handled; the others go on, so that this alone is never red."""

    async def probe() -> str:
        said = await working()
        some = await troubled(COUNTED)
        if not some:
            return said
        count = f"{len(some)}{'+' if len(some) == COUNTED else ''}"
        first = some[0]
        return (
            f"warning: {count} could not be handled and are tried again; the longest: order {first.timer.order}, "
            f"rung {first.timer.rung + 1}, tried {first.attempts} times, {first.error}"
        )

    return probe


def counting(working: Callable[[], Awaitable[int]]) -> Probe:
    """Says how many processes work; whether they are enough, the age of what is due shows."""

    async def probe() -> str:
        return f"ok, {await working()} seen working"

    return probe


def holidays(company: Callable[[], Company], clock: Clock) -> Probe:
    """Warns when the company's calendar does not know today's public holidays.

    Never red: time limits run on plain weekdays then, which is no reason to turn customers away.
    """

    async def probe() -> str:
        calendar = company().calendar
        today = clock().astimezone(calendar.zone).date()
        if calendar.known_until is not None and calendar.known_until < today:
            return f"warning: public holidays are known until {calendar.known_until} only"
        return "ok"

    return probe


class Health:
    """The parts that must work, each asked by its own probe."""

    def __init__(self, probes: Mapping[str, Probe]) -> None:
        self._probes = probes

    def watch(self, name: str, probe: Probe) -> None:
        """One part more: a door's own."""
        self._probes = {**self._probes, name: probe}

    async def report(self) -> tuple[bool, Mapping[str, str]]:
        """Whether all is well, and what each part says."""
        answers = await asyncio.gather(*(_ask(probe) for probe in self._probes.values()))
        said = {name: text for name, (_, text) in zip(self._probes, answers, strict=True)}
        return all(good for good, _ in answers), said


async def _ask(probe: Probe) -> tuple[bool, str]:
    try:
        return True, await asyncio.wait_for(probe(), PATIENCE)
    except Red as red:
        return False, f"red: {red}"
    except TimeoutError:
        return False, f"red: no answer within {PATIENCE:g} s"
    except NoSchema:
        return False, "red: no schema yet; gendan migrate makes it"
    except DatabaseAway:
        return False, "red: away"


def routes(health: Health) -> tuple[web.RouteDef, ...]:
    """`/healthz` says that the process answers, `/readyz` whether it should be sent work."""

    async def alive(request: web.Request) -> web.Response:
        return web.json_response({"alive": True})

    async def ready(request: web.Request) -> web.Response:
        good, parts = await health.report()
        return web.json_response({"ready": good, "parts": dict(parts)}, status=200 if good else 503)

    return (web.get("/healthz", alive), web.get("/readyz", ready))
