"""Joins the parts: the only module that sees storage and scheduler beside everything else."""

import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime

from bot.bell import Bell
from bot.company.load import load_files
from bot.desk import Desk
from bot.founding import found
from bot.health import Health, Probe, answering, holidays, prompt
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
from domain.ports import Clock, StockLevel, UnitsOfWork
from domain.sending import Sender
from handlers.areas import router
from handlers.dispatch import Dispatcher
from scheduler.calendar import ReportWatch
from scheduler.delivery import Deliverer
from scheduler.drafts import DraftWatch
from scheduler.housekeeping import Housekeeping
from scheduler.post import Post
from scheduler.restock import RestockWatch
from scheduler.runner import Worker
from scheduler.timers import TimerWatch
from storage import engine
from storage.audit import Verdict, verify
from storage.feed import Feed
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.redis import RedisCache
from storage.rules import Rules
from storage.seeding import seed_stock
from storage.timers import Timers
from storage.todos import Todos


@dataclass(frozen=True, slots=True)
class Store:
    """Everything that is kept, on one database."""

    database: engine.Database
    outbox: Outbox
    timers: Timers
    feed: Feed
    inbox: Inbox
    rules: Rules
    todos: Todos

    async def seed(self, levels: Sequence[StockLevel], at: datetime, by: str) -> int:
        """Count in stock that has no row yet."""
        return await seed_stock(self.database, levels, at, by)

    def units(self, reach: Reach, rulebook: Rulebook) -> UnitsOfWork:
        """Transactions that send notices along `reach`, by these rules."""
        return self.database.units(reach, rulebook.kind_of)

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

    async def next_due(self) -> datetime | None:
        """When something happens by itself next."""
        moments = (await self.store.timers.next_due(), await self.reports.next_due())
        return min((at for at in moments if at is not None), default=None)

    async def gauge(self) -> None:
        """Measure what no event counts."""
        await self.metrics.look_at(self.store.outbox, self.clock())


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
            timers=Timers(database),
            feed=Feed(database),
            inbox=Inbox(database),
            rules=Rules(aside),
            todos=Todos(database),
        )


@asynccontextmanager
async def open_program(settings: Settings, clock: Clock, *, console: bool = False) -> AsyncIterator[Program]:
    """Build everything; with `console` every notice goes to the chat page.

    Raises `NoCompany`, `BrokenRules` and `OtherCompany` where there are no rules to go by.
    """
    async with open_store(settings) as store:
        await found(store.rules, store.seed, settings.company, clock())
        rulebook, paint = await read_rules(store), Painter()
        async with (
            open_cache(settings) as cache,
            open_senders(settings, rulebook.company, clock, cache, paint) as senders,
        ):
            bell = Bell(cache)
            program = _joined(settings, clock, store, rulebook, senders, bell, paint, console)
            async with bell.hanging(program.worker.wake):
                yield program


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


def probes(store: Store, bell: Bell, company: Callable[[], Company], clock: Clock) -> dict[str, Probe]:
    """The parts that must work."""
    return {
        "database": answering(store.database.ping),
        "redis": bell.probe,
        "outbox": prompt(lambda: store.outbox.oldest_due(clock()), clock),
        "timers": prompt(store.timers.next_due, clock),
        "calendar": holidays(company, clock),
    }


def _joined(
    settings: Settings,
    clock: Clock,
    store: Store,
    rulebook: Rulebook,
    senders: Mapping[str, Sender],
    bell: Bell,
    paint: Painter,
    console: bool,
) -> Program:
    metrics, news, company = Metrics(), News(), rulebook.company
    ways = {**senders, "console": ConsoleSender(store.feed, clock, news)} if console else senders
    reach = Reach(company, frozenset(ways), only="console" if console else "")
    units = store.units(reach, rulebook)
    render = Renderer(company, clock)
    deliverer = Deliverer(store.outbox, ways, render, store.todos.add, clock, metrics.delivery)
    reports = ReportWatch(units, company, clock, store.rules.founded, Reporter(rulebook))
    worker = Worker(
        Post(store.outbox, deliverer.deliver, clock, who=f"{socket.gethostname()}:{os.getpid()}"),
        (
            rulebook,
            TimerWatch(store.timers, units, company, clock, metrics.timer),
            DraftWatch(store.timers, units, clock),
            RestockWatch(units, rulebook.company, clock),
            reports,
        ),
        Housekeeping(store.inbox.forget, store.outbox.forget, clock),
    )
    dispatcher = Dispatcher(units, rulebook, clock, router())

    def wake() -> None:
        worker.wake()
        bell.ring()

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
        health=Health(probes(store, bell, company, clock)),
        metrics=metrics,
        paint=paint,
        reports=reports,
    )
