"""What is kept, on one database."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.company.load import Reader, company_of
from bot.inspecting import Inspector
from bot.reach import Reach
from bot.rulebook import Rulebook
from bot.settings import Settings
from domain.ports import Clock, StockLevel, UnitsOfWork
from scheduler.census import LATELY
from storage import engine
from storage.audit import Verdict, verify
from storage.cards import Cards
from storage.chats import SqlAliases, SqlChats
from storage.feed import Feed
from storage.inbox import Inbox
from storage.intake import SqlIntake
from storage.learning import Learning
from storage.leases import SqlLeases
from storage.outbox import Outbox
from storage.processes import Processes
from storage.registry import Registry
from storage.rules import Rules
from storage.runs import Runs
from storage.seeding import seed_stock
from storage.standings import SqlStandings
from storage.stories import stories
from storage.timers import Timers
from storage.todos import Todos
from storage.upload_queue import FileQueue


@dataclass(frozen=True, slots=True)
class Store:
    """Everything that is kept, on one database."""

    database: engine.Database
    outbox: Outbox
    standings: SqlStandings
    timers: Timers
    feed: Feed
    cards: Cards
    inbox: Inbox
    rules: Rules
    todos: Todos
    processes: Processes
    runs: Runs
    learning: Learning
    leases: SqlLeases
    intake: SqlIntake
    chats: SqlChats
    aliases: SqlAliases
    registry: Registry
    files: FileQueue

    @property
    def next_due(self) -> Sequence[Callable[[], Awaitable[datetime | None]]]:
        """When the next of each kind of thing falls due."""
        return (self.timers.next_due, self.outbox.next_due, self.files.next_due)

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

    def inspector(self, clock: Clock) -> Inspector:
        """Whoever recomputes what ladders should have rung."""
        return Inspector(partial(stories, self.database), self.rules.every, company_of, clock)


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
    async with (
        engine.connect(url) as database,
        engine.connect(url, pool_size=1) as aside,
        engine.walking(url, database) as walking,
    ):
        yield Store(
            database=database,
            outbox=Outbox(database),
            standings=SqlStandings(database),
            timers=Timers(database, walking),
            feed=Feed(database),
            cards=Cards(database),
            inbox=Inbox(database),
            rules=Rules(aside),
            todos=Todos(database),
            processes=Processes(database),
            runs=Runs(database),
            learning=Learning(database),
            leases=SqlLeases(database),
            intake=SqlIntake(database),
            chats=SqlChats(database),
            aliases=SqlAliases(database),
            registry=Registry(aside),
            files=FileQueue(database),
        )


async def read_rules(store: Store) -> Rulebook:
    """The rules in force, or raise `NoRules`."""
    rulebook = Rulebook(store.rules, store.registry, Reader().company_of)
    await rulebook.of(1, 0)
    return rulebook
