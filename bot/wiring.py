"""Joins the parts: the only module that sees storage and scheduler beside everything else."""

import os
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from bot.company.load import load_files
from bot.desk import Desk
from bot.founding import found
from bot.health import Health, Probe, holidays, prompt
from bot.late import LateReplies
from bot.metrics import Metrics
from bot.platforms.console.news import News
from bot.platforms.console.sender import ConsoleSender
from bot.reach import Reach
from bot.render import Renderer
from bot.rulebook import Rulebook
from bot.senders import open_senders
from bot.settings import Settings
from domain.company import Company
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
from storage.feed import Feed
from storage.inbox import Inbox
from storage.outbox import Outbox
from storage.rules import Rules
from storage.seeding import seed_stock
from storage.timers import Timers
from storage.todos import Todos

SLACK = timedelta(minutes=5)
"""Something due that waits longer than this shows that nobody works it off."""
COUNTED = 1000


@dataclass(frozen=True, slots=True)
class Program:
    """The whole program, built and ready; nothing of it runs by itself."""

    settings: Settings
    clock: Clock
    rulebook: Rulebook
    units: UnitsOfWork
    desk: Desk
    late: LateReplies
    worker: Worker
    feed: Feed
    news: News
    outbox: Outbox
    timers: Timers
    health: Health
    metrics: Metrics

    async def gauge(self) -> None:
        """Measure the outbox, up to a thousand."""
        waiting, dead = await self.outbox.pending(COUNTED), await self.outbox.dead(COUNTED)
        oldest = await self.outbox.oldest_due(self.clock())
        age = self.clock() - oldest if oldest else timedelta()
        self.metrics.outbox(len(waiting), len(dead), age)


@asynccontextmanager
async def open_program(settings: Settings, clock: Clock, *, console: bool = False) -> AsyncIterator[Program]:
    """Build everything on the database of `settings`; with `console` every notice goes to the chat page."""
    if settings.embedded:
        await schema.upgrade(settings.database_url)
    async with engine.connect(settings.database_url) as database:
        rulebook = await _rulebook(database, settings, clock)
        doors = frozenset({"wecom"} if settings.wecom else ())
        reach = Reach(rulebook.company, doors, only="console" if console else "")
        units = database.units(reach, lambda step: _kind_of(rulebook.company(), step))
        async with open_senders(settings, rulebook.company, clock, None) as senders:
            yield _joined(settings, clock, database, rulebook, units, senders)


async def _rulebook(database: engine.Database, settings: Settings, clock: Clock) -> Rulebook:
    ledger = Rules(database)
    await found(ledger, partial(seed_stock, database), settings.company, clock())
    rulebook = Rulebook(ledger, lambda files, version: load_files(files, version).company)
    await rulebook.of(1)
    return rulebook


def _kind_of(company: Company, step: str) -> str:
    """The kind of a step; one that the rules no longer have is known by its key."""
    known = company.workflow.steps.get(step)
    return known.kind if known else step


def _joined(
    settings: Settings,
    clock: Clock,
    database: engine.Database,
    rulebook: Rulebook,
    units: UnitsOfWork,
    senders: Mapping[str, Sender],
) -> Program:
    metrics, news, feed = Metrics(), News(), Feed(database)
    outbox, timers = Outbox(database), Timers(database)
    deliverer = Deliverer(
        outbox,
        {**senders, "console": ConsoleSender(feed, clock, news)},
        Renderer(rulebook.company, clock),
        Todos(database).add,
        clock,
        metrics.delivery,
    )
    watches = (
        rulebook,
        TimerWatch(timers, units, rulebook.company, clock, metrics.timer),
        DraftWatch(timers, units, clock),
    )
    worker = Worker(
        Post(outbox, deliverer.deliver, clock, who=f"{socket.gethostname()}:{os.getpid()}"),
        watches,
        Housekeeping(Inbox(database).forget, outbox.forget, clock),
    )
    dispatcher = Dispatcher(units, rulebook, clock, router())
    return Program(
        settings=settings,
        clock=clock,
        rulebook=rulebook,
        units=units,
        desk=Desk(dispatcher.handle, worker.wake, metrics),
        late=LateReplies(units, rulebook, clock),
        worker=worker,
        feed=feed,
        news=news,
        outbox=outbox,
        timers=timers,
        health=Health(_probes(database, rulebook, outbox, timers, clock)),
        metrics=metrics,
    )


def _probes(
    database: engine.Database, rulebook: Rulebook, outbox: Outbox, timers: Timers, clock: Clock
) -> Mapping[str, Probe]:
    async def answers() -> str:
        await database.ping()
        return "ok"

    return {
        "database": answers,
        "outbox": prompt(lambda: outbox.oldest_due(clock()), clock, SLACK),
        "timers": prompt(timers.next_due, clock, SLACK),
        "calendar": holidays(rulebook.company, clock),
    }
