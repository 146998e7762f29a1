"""Joins the parts: the only module that sees storage and scheduler beside everything else."""

import os
import socket
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.alarm import Alarm
from bot.bell import Bell
from bot.company.load import load_files
from bot.desk import Desk
from bot.detours import Detours
from bot.founding import found
from bot.health import Health, Probe, answering, counting, holidays, prompt
from bot.late import LateReplies
from bot.metrics import Metrics
from bot.pictures.painter import Painter
from bot.platforms.console.news import News
from bot.platforms.console.sender import ConsoleSender
from bot.reach import Reach
from bot.render import Renderer
from bot.reporting import Reporter
from bot.rulebook import Rulebook
from bot.senders import open_senders
from bot.settings import Settings
from domain.company import Company
from domain.destinations import DESTINATIONS
from domain.limiting import Limiter
from domain.ports import Clock, StockLevel, UnitsOfWork
from domain.sending import Sender
from handlers.areas import router
from handlers.dispatch import Dispatcher
from scheduler.calendar import ReportWatch
from scheduler.census import LATELY, Census
from scheduler.delivery import Deliverer
from scheduler.drafts import DraftWatch
from scheduler.housekeeping import Housekeeping
from scheduler.newest import Newest
from scheduler.planning import Planner
from scheduler.post import Post
from scheduler.quiet import Quiet
from scheduler.restock import RestockWatch
from scheduler.runner import Worker
from scheduler.timers import TimerWatch
from scheduler.trouble import Trouble
from storage import engine
from storage.audit import Verdict, verify
from storage.feed import Feed
from storage.inbox import Inbox
from storage.limits import ProcessLimiter, RedisLimiter
from storage.outbox import Outbox
from storage.processes import Processes
from storage.redis import RedisCache
from storage.rules import Rules
from storage.seeding import seed_stock
from storage.standings import SqlStandings
from storage.timers import Timers
from storage.todos import Todos


@dataclass(frozen=True, slots=True)
class Store:
    """Everything that is kept, on one database."""

    database: engine.Database
    outbox: Outbox
    standings: SqlStandings
    timers: Timers
    feed: Feed
    inbox: Inbox
    rules: Rules
    todos: Todos
    processes: Processes

    @property
    def next_due(self) -> Sequence[Callable[[], Awaitable[datetime | None]]]:
        """When the next of each kind of thing falls due."""
        return (self.timers.next_due, self.outbox.next_due)

    async def seed(self, levels: Sequence[StockLevel], at: datetime, by: str) -> int:
        """Count in stock that has no row yet."""
        return await seed_stock(self.database, levels, at, by)

    def units(self, reach: Reach, rulebook: Rulebook) -> UnitsOfWork:
        """Transactions that send notices along `reach`, by these rules."""
        return self.database.units(reach, rulebook.kind_of)

    async def working(self, now: datetime) -> int:
        """How many processes have shown lately that they work."""
        return await self.processes.known(now - LATELY)

    async def audit(self) -> Verdict:
        """Recompute every chain of events."""
        return await verify(self.database)


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

    @property
    def next_due(self) -> Sequence[Callable[[], Awaitable[datetime | None]]]:
        """When the next of each kind of thing happens by itself."""
        return (*self.store.next_due, self.reports.next_due)

    async def gauge(self) -> None:
        """Measure what no event counts."""
        now = self.clock()
        await self.metrics.look_at(self.store.outbox, now)
        self.metrics.working(await self.store.working(now))


@dataclass(frozen=True, slots=True)
class Outside:
    """What leads out of the program: to people, to the other processes, to whoever measures."""

    senders: Mapping[str, Sender]
    bell: Bell
    limiter: Limiter
    metrics: Metrics
    paint: Painter
    census: Census


async def migrate(settings: Settings) -> None:
    """Bring the database to this release's schema."""
    from storage import schema  # noqa: PLC0415 - brings Alembic along, which a server on PostgreSQL never needs

    await schema.upgrade(settings.database_url)


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """What is kept; a database file is brought to the newest schema without being asked."""
    if settings.embedded:
        await migrate(settings)
    async with kept(settings) as store:
        yield store


@asynccontextmanager
async def kept(settings: Settings) -> AsyncIterator[Store]:
    """What is kept, as it is found; nothing is made or brought up to date."""
    # Rules are read while messages hold their connections: from the same few it would wait for them for ever.
    url = settings.database_url
    async with engine.connect(url) as database, engine.connect(url, pool_size=1) as aside:
        yield Store(
            database=database,
            outbox=Outbox(database),
            standings=SqlStandings(database),
            timers=Timers(database),
            feed=Feed(database),
            inbox=Inbox(database),
            rules=Rules(aside),
            todos=Todos(database),
            processes=Processes(database),
        )


@asynccontextmanager
async def open_program(settings: Settings, clock: Clock, *, console: bool = False) -> AsyncIterator[Program]:
    """Build everything; with `console` every notice goes to the chat page.

    Raises `NoCompany`, `BrokenRules` and `OtherCompany` where there are no rules to go by.
    """
    async with open_store(settings) as store:
        await found(store.rules, store.seed, settings.company, clock())
        rulebook, paint = await read_rules(store), Painter()
        metrics, census = Metrics(), Census(store.processes, process_name(), clock)
        async with (
            open_cache(settings) as cache,
            open_senders(settings, rulebook.company, clock, cache, paint) as senders,
            open_limiter(settings, census, metrics, clock()) as limiter,
        ):
            bell = Bell(cache)
            outside = Outside(senders, bell, limiter, metrics, paint, census)
            program = _joined(settings, clock, store, rulebook, outside, console)
            try:
                async with bell.hanging(program.worker.wake):
                    yield program
            finally:
                await census.leave()


async def read_rules(store: Store) -> Rulebook:
    """The rules in force, or raise `NoRules`."""
    rulebook = Rulebook(store.rules, lambda files, version: load_files(files, version).company)
    await rulebook.of(1)
    return rulebook


@asynccontextmanager
async def open_cache(settings: Settings) -> AsyncIterator[RedisCache | None]:
    """What all processes share, where there is such a thing."""
    if settings.redis_url is None:
        yield None
        return
    cache = RedisCache(settings.redis_url.get_secret_value())
    try:
        yield cache
    finally:
        await cache.close()


@asynccontextmanager
async def open_limiter(
    settings: Settings, census: Census, metrics: Metrics, now: datetime
) -> AsyncIterator[Limiter]:
    """The limits of destinations, kept by all processes together where they share something, else by each its part."""

    def processes() -> int:
        return census.known

    if settings.redis_url is None:
        yield ProcessLimiter(processes, since=now)
        return
    limiter = RedisLimiter(settings.redis_url.get_secret_value(), processes, metrics.limits_alone)
    try:
        yield limiter
    finally:
        await limiter.close()


def process_name() -> str:
    """No two runs have the same, not even in containers that share a host's name and begin to count at 1."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid.uuid4().hex[:8]}"


def probes(store: Store, bell: Bell, company: Callable[[], Company], clock: Clock) -> dict[str, Probe]:
    """The parts that must work."""
    return {
        "database": answering(store.database.ping),
        "redis": bell.probe,
        "outbox": prompt(lambda: store.outbox.oldest_due(clock()), clock),
        "timers": prompt(store.timers.next_due, clock),
        "processes": counting(lambda: store.working(clock())),
        "calendar": holidays(company, clock),
    }


def _joined(
    settings: Settings,
    clock: Clock,
    store: Store,
    rulebook: Rulebook,
    outside: Outside,
    console: bool,
) -> Program:
    metrics, news, company = outside.metrics, News(), rulebook.company
    senders = outside.senders
    ways = {**senders, "console": ConsoleSender(store.feed, clock, news)} if console else senders
    reach = Reach(company, frozenset(ways), only="console" if console else "")
    units = store.units(reach, rulebook)
    reports = ReportWatch(units, company, clock, store.rules.founded, Reporter(rulebook))
    post = _post(store, ways, company, units, reach, outside, clock)
    worker = Worker(
        post,
        (
            outside.census,
            rulebook,
            TimerWatch(store.timers, units, company, clock, metrics.timer),
            DraftWatch(store.timers, units, clock),
            RestockWatch(units, rulebook.company, clock),
            reports,
        ),
        Housekeeping(store.inbox.forget, store.outbox.forget, store.processes.forget, clock),
    )
    dispatcher = Dispatcher(units, rulebook, clock, router())

    def wake() -> None:
        worker.wake()
        outside.bell.ring()

    return Program(
        settings=settings,
        clock=clock,
        store=store,
        rulebook=rulebook,
        units=units,
        desk=Desk(dispatcher.handle, wake, metrics),
        late=LateReplies(units, rulebook, clock, wake),
        worker=worker,
        news=news,
        health=Health(probes(store, outside.bell, company, clock)),
        metrics=metrics,
        paint=outside.paint,
        reports=reports,
    )


def _post(
    store: Store,
    ways: Mapping[str, Sender],
    company: Callable[[], Company],
    units: UnitsOfWork,
    reach: Reach,
    outside: Outside,
    clock: Clock,
) -> Post:
    """Delivery with its stages."""
    observe = outside.metrics.delivery
    trouble = Trouble(
        store.outbox,
        store.standings,
        Detours(company, reach),
        store.todos.add,
        Alarm(units, company),
        clock,
        observe,
    )
    deliverer = Deliverer(
        store.outbox,
        ways,
        Quiet(store.outbox, company),
        Newest(store.standings, company),
        Planner(Renderer(company, clock), outside.limiter, DESTINATIONS),
        trouble,
        clock,
        observe,
    )
    return Post(store.outbox, deliverer.deliver, clock, who=f"{socket.gethostname()}:{os.getpid()}")
