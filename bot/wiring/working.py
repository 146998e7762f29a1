"""What happens without a message, joined: delivery with its stages, and everything that is watched."""

from collections.abc import Collection, Sequence
from datetime import datetime

from bot.blockages import Blockages
from bot.detours import Detours
from bot.platforms.wecombot.bot import WAY as BOT_WAY
from bot.render import Renderer
from bot.spreadsheets.reader import read_pages
from bot.theirs import theirs
from bot.wiring.inside import Inside
from bot.wiring.store import Store
from domain.destinations import DESTINATIONS
from domain.ports import Clock
from handlers.files.reading import FileReader
from scheduler.calendar import ReportWatch
from scheduler.delivery import Deliverer
from scheduler.drafts import DraftWatch
from scheduler.files import FileWatch
from scheduler.handover import HandoverWatch
from scheduler.housekeeping import (
    ALIASES_KEPT,
    CARDS_KEPT,
    FILES_KEPT,
    INBOX_KEPT,
    OUTBOX_KEPT,
    PROCESSES_KEPT,
    REQUESTS_KEPT,
    WORDS_KEPT,
    Housekeeping,
)
from scheduler.newest import Newest
from scheduler.nightly import NightAudit
from scheduler.planning import Planner
from scheduler.post import Post
from scheduler.quiet import Quiet
from scheduler.restock import RestockWatch
from scheduler.runner import Worker
from scheduler.timers import TimerWatch
from scheduler.trouble import Trouble


def worker(inside: Inside, reports: ReportWatch) -> Worker:
    """Watches and delivers."""
    store, units, company, clock = inside.store, inside.units, inside.company, inside.clock
    metrics = inside.outside.metrics
    return Worker(
        _post(inside),
        (
            inside.outside.census,
            inside.rulebook,
            inside.whereabouts,
            TimerWatch(store.timers, units, company, clock, metrics.timer, store.todos.add),
            DraftWatch(store.timers, units, clock),
            RestockWatch(units, company, clock),
            HandoverWatch(units, company, clock),
            reports,
        ),
        _housekeeping(store, clock),
        chores=(_night_audit(inside),),
        errands=(_files(inside),),
    )


def _housekeeping(store: Store, clock: Clock) -> Housekeeping:
    return Housekeeping(
        (
            (INBOX_KEPT, store.inbox.forget),
            (OUTBOX_KEPT, store.outbox.forget),
            (PROCESSES_KEPT, store.processes.forget),
            (CARDS_KEPT, store.cards.forget),
            (FILES_KEPT, store.files.forget),
            (WORDS_KEPT, store.learning.forget_misreadings),
            (WORDS_KEPT, store.learning.forget_choices),
            (ALIASES_KEPT, store.aliases.forget),
            (REQUESTS_KEPT, store.registry.forget),
        ),
        clock,
    )


def _files(inside: Inside) -> FileWatch:
    reader = FileReader(inside.units, inside.rulebook, inside.clock, read_pages)
    return FileWatch(inside.store.files, reader.read, reader.give_up, inside.clock)


def _night_audit(inside: Inside) -> NightAudit:
    store, clock = inside.store, inside.clock

    async def audited(since: datetime) -> Sequence[str]:
        return (await store.inspector(clock).inspect(since)).lines()

    return NightAudit(
        store.runs, audited, inside.company, clock, store.todos.add, inside.outside.metrics.audited
    )


def _post(inside: Inside) -> Post:
    store, company, outside = inside.store, inside.company, inside.outside
    deliverer = Deliverer(
        store.outbox,
        theirs(outside.ways, inside.reach),
        Quiet(store.outbox, company),
        Newest(store.standings, company),
        Planner(Renderer(company, inside.clock), outside.limiter, DESTINATIONS),
        _trouble(inside),
        inside.clock,
        outside.metrics.delivery,
    )
    line = outside.line

    def elsewhere() -> Collection[str]:
        """One process has the bot's connection: what goes over it is left to that one."""
        return (BOT_WAY,) if line is not None and not line.held else ()

    return Post(store.outbox, deliverer.deliver, inside.clock, outside.name, elsewhere)


def _trouble(inside: Inside) -> Trouble:
    store, company = inside.store, inside.company
    return Trouble(
        store.outbox,
        store.standings,
        Detours(company, inside.reach),
        store.todos.add,
        Blockages(inside.units, company),
        inside.clock,
        inside.outside.metrics.delivery,
    )
