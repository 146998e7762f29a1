"""Joins the parts: the only module that sees storage and scheduler beside everything else."""

import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.amending import Amending
from bot.clock import system_clock
from bot.company.load import load_files
from bot.desk import Desk
from bot.exchange import Exchange
from bot.founding import found
from bot.health import Health, answering, holidays, prompt
from bot.late import LateReplies
from bot.metrics import Metrics
from bot.platforms.console.news import News
from bot.platforms.console.sender import ConsoleSender
from bot.reach import Reach
from bot.render import Renderer
from bot.rulebook import Rulebook
from bot.senders import open_senders
from bot.settings import Settings
from domain.ports import Clock, Sender, UnitsOfWork
from handlers.areas import router
from handlers.dispatch import Dispatcher
from scheduler.delivery import Deliverer
from scheduler.drafts import DraftWatch
from scheduler.housekeeping import Housekeeping
from scheduler.post import Post
from scheduler.runner import Worker
from scheduler.timers import TimerWatch
from storage import engine, schema
from storage.audit import Verdict, verify
from storage.feed import Feed
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.rules import Rules
from storage.seeding import seed_stock
from storage.timers import Timers
from storage.todos import Todos

COUNTED = 1000


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

    async def files(self) -> Mapping[str, str]:
        """The company folder of the rules in force, text by file name; empty before there are any."""
        newest = await self.rules.newest()
        return newest.files if newest else {}

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

    async def gauge(self) -> None:
        """Measure the outbox, up to a thousand."""
        outbox = self.store.outbox
        waiting, dead = await outbox.pending(COUNTED), await outbox.dead(COUNTED)
        oldest = await outbox.oldest_due(self.clock())
        age = self.clock() - oldest if oldest else timedelta()
        self.metrics.outbox(len(waiting), len(dead), age)


async def migrate(settings: Settings) -> None:
    """Bring the database to this release's schema."""
    await schema.upgrade(settings.database_url)


@asynccontextmanager
async def open_store(settings: Settings) -> AsyncIterator[Store]:
    """What is kept; a database file is brought to the newest schema without being asked."""
    if settings.embedded:
        await migrate(settings)
    async with engine.connect(settings.database_url) as database:
        yield Store(
            database=database,
            outbox=Outbox(database),
            timers=Timers(database),
            feed=Feed(database),
            inbox=Inbox(database),
            rules=Rules(database),
            todos=Todos(database),
        )


def amending(store: Store) -> Amending:
    """What makes the next version of the rules."""
    return Amending(store.rules, partial(seed_stock, store.database), system_clock)


async def exchange(store: Store) -> Exchange:
    """What takes stock and orders in and out, by the rules in force."""
    rulebook = await _rulebook(store)
    company = rulebook.company()
    reach = Reach(rulebook.company, frozenset(company.people_ways))
    return Exchange(store.database.units(reach, rulebook.kind_of), company, system_clock)


async def _rulebook(store: Store) -> Rulebook:
    rulebook = Rulebook(store.rules, lambda files, version: load_files(files, version).company)
    await rulebook.of(1)
    return rulebook


@asynccontextmanager
async def open_program(settings: Settings, clock: Clock, *, console: bool = False) -> AsyncIterator[Program]:
    """Build everything; with `console` every notice goes to the chat page.

    Raises `NoCompany` and `BrokenRules` where there are no rules to go by.
    """
    async with open_store(settings) as store:
        await found(store.rules, partial(seed_stock, store.database), settings.company, clock())
        rulebook = await _rulebook(store)
        async with open_senders(settings, rulebook.company, clock, None) as senders:
            yield _joined(settings, clock, store, rulebook, senders, console)


def _joined(
    settings: Settings,
    clock: Clock,
    store: Store,
    rulebook: Rulebook,
    senders: Mapping[str, Sender],
    console: bool,
) -> Program:
    metrics, news, company = Metrics(), News(), rulebook.company
    ways = {**senders, "console": ConsoleSender(store.feed, clock, news)} if console else senders
    reach = Reach(company, frozenset(ways), only="console" if console else "")
    units = store.database.units(reach, rulebook.kind_of)
    render = Renderer(company, clock)
    deliverer = Deliverer(store.outbox, ways, render, store.todos.add, clock, metrics.delivery)
    worker = Worker(
        Post(store.outbox, deliverer.deliver, clock, who=f"{socket.gethostname()}:{os.getpid()}"),
        (
            rulebook,
            TimerWatch(store.timers, units, company, clock, metrics.timer),
            DraftWatch(store.timers, units, clock),
        ),
        Housekeeping(store.inbox.forget, store.outbox.forget, clock),
    )
    dispatcher = Dispatcher(units, rulebook, clock, router())
    return Program(
        settings=settings,
        clock=clock,
        store=store,
        rulebook=rulebook,
        units=units,
        desk=Desk(dispatcher.handle, worker.wake, metrics),
        late=LateReplies(units, rulebook, clock),
        worker=worker,
        news=news,
        health=Health(
            {
                "database": answering(store.database.ping),
                "outbox": prompt(lambda: store.outbox.oldest_due(clock()), clock),
                "timers": prompt(store.timers.next_due, clock),
                "calendar": holidays(company, clock),
            }
        ),
        metrics=metrics,
    )
