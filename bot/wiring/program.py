"""The whole program: built from its settings, ready to run."""

import os
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from bot import ai_bot
from bot.bell import Bell
from bot.desk import Desk
from bot.founding import found
from bot.health import Health, Probe, answering, counting, holidays, in_order, prompt
from bot.late import LateReplies
from bot.metrics import Metrics
from bot.pictures.painter import Painter
from bot.platforms.base import SharedCache
from bot.platforms.console.news import News
from bot.platforms.console.sender import ConsoleSender
from bot.platforms.http import Http, open_http
from bot.platforms.wecombot.line import Line
from bot.reach import Reach
from bot.reporting import Reporter
from bot.rulebook import Rulebook
from bot.senders import senders
from bot.settings import Settings
from bot.whereabouts import Whereabouts
from bot.wiring.inside import Inside, Outside
from bot.wiring.shared import open_cache, open_limiter
from bot.wiring.store import Store, open_store, read_rules
from bot.wiring.working import worker
from domain.company import Company
from domain.limiting import Limiter
from domain.ports import Clock, UnitsOfWork
from domain.sending import Sender
from handlers.areas import router
from handlers.dispatch import Dispatcher
from scheduler.calendar import ReportWatch
from scheduler.census import Census
from scheduler.runner import Worker


@dataclass(frozen=True, slots=True)
class Program:
    """The whole program, built and ready; nothing of it runs by itself."""

    settings: Settings
    clock: Clock
    store: Store
    rulebook: Rulebook
    units: UnitsOfWork
    desk: Desk
    late: LateReplies
    worker: Worker
    news: News
    health: Health
    metrics: Metrics
    paint: Painter
    reports: ReportWatch
    http: Http
    ways: Mapping[str, Sender]
    limiter: Limiter
    cache: SharedCache | None
    line: Line | None

    @property
    def next_due(self) -> Sequence[Callable[[], Awaitable[datetime | None]]]:
        """When the next of each kind of thing happens by itself."""
        return (*self.store.next_due, self.reports.next_due)

    async def gauge(self) -> None:
        """Measure what no event counts."""
        now = self.clock()
        await self.metrics.look_at(self.store.outbox, now)
        await self.metrics.look_at_timers(self.store.timers)
        self.metrics.working(await self.store.working(now))


@asynccontextmanager
async def open_program(settings: Settings, clock: Clock, *, console: bool = False) -> AsyncIterator[Program]:
    """Build everything; with `console` every notice goes to the chat page.

    Raises `NoCompany`, `BrokenRules` and `OtherCompany` where there are no rules to go by.
    """
    async with open_store(settings) as store:
        await found(store.rules, store.seed, settings.company, clock())
        rulebook, news = await read_rules(store), News()
        async with _outside(settings, clock, store, rulebook) as outside:
            page = {"console": ConsoleSender(store.feed, clock, news)} if console else {}
            ways = {**outside.ways, **page}
            reach, whereabouts = reaching(
                store, rulebook, clock, frozenset(ways), "console" if console else ""
            )
            inside = Inside(
                settings=settings,
                clock=clock,
                store=store,
                rulebook=rulebook,
                reach=reach,
                whereabouts=whereabouts,
                units=store.units(reach, rulebook),
                outside=replace(outside, ways=ways),
            )
            program = _joined(inside, news)
            async with outside.bell.hanging(program.worker.wake):
                yield program


@asynccontextmanager
async def _outside(
    settings: Settings, clock: Clock, store: Store, rulebook: Rulebook
) -> AsyncIterator[Outside]:
    """Opened, and closed at the end; the other processes hear that this one leaves."""
    name, metrics, paint = process_name(), Metrics(), Painter()
    census = Census(store.processes, name, clock)
    line = ai_bot.a_line(settings, store.leases, name, clock)
    async with (
        open_cache(settings) as cache,
        open_http() as http,
        open_limiter(settings, census, metrics, clock) as limiter,
    ):
        said = senders(settings, rulebook.company, clock, cache, paint, http, store.cards)
        ways = {**said, **ai_bot.ways(settings, line, store.chats)}
        try:
            yield Outside(name, http, ways, Bell(cache), limiter, metrics, paint, census, cache, line)
        finally:
            await census.leave()


def reaching(
    store: Store, rulebook: Rulebook, clock: Clock, doors: frozenset[str], only: str
) -> tuple[Reach, Whereabouts]:
    """How people are reached, and what is known of where they write; each looks at the other."""
    whereabouts = Whereabouts(store.registry.wrote, lambda: reach.several, clock)
    reach = Reach(rulebook.company, doors, only, whereabouts.lately)
    return reach, whereabouts


def process_name() -> str:
    """No two runs have the same, not even in containers that share a host's name and begin to count at 1."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def probes(store: Store, bell: Bell, company: Callable[[], Company], clock: Clock) -> dict[str, Probe]:
    """The parts that must work."""
    return {
        "database": answering(store.database.ping),
        "redis": bell.probe,
        "outbox": prompt(lambda: store.outbox.oldest_due(clock()), clock),
        "files": prompt(store.files.next_due, clock),
        "timers": in_order(prompt(store.timers.next_due, clock), store.timers.troubled),
        "processes": counting(lambda: store.working(clock())),
        "calendar": holidays(company, clock),
    }


def _joined(inside: Inside, news: News) -> Program:
    clock, store, rulebook = inside.clock, inside.store, inside.rulebook
    units, outside = inside.units, inside.outside
    reports = ReportWatch(units, inside.company, clock, store.rules.founded, Reporter(rulebook))
    working = worker(inside, reports)

    def wake() -> None:
        working.wake()
        outside.bell.ring()

    return Program(
        settings=inside.settings,
        clock=clock,
        store=store,
        rulebook=rulebook,
        units=units,
        desk=Desk(
            Dispatcher(units, rulebook, clock, router(), inside.whereabouts.heard).handle,
            wake,
            outside.metrics,
        ),
        late=LateReplies(units, rulebook, clock, wake, store.outbox),
        worker=working,
        news=news,
        health=Health(probes(store, outside.bell, inside.company, clock)),
        metrics=outside.metrics,
        paint=outside.paint,
        reports=reports,
        http=outside.http,
        ways=outside.ways,
        limiter=outside.limiter,
        cache=outside.cache,
        line=outside.line,
    )
