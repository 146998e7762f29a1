"""The day, the week, the month, the board, what is late, and where it jams."""

from collections.abc import Mapping
from datetime import datetime

from domain.company import FINISHED, Company
from domain.figures import Period, Report, Scope
from domain.periods import period
from domain.ports import Search, UnitOfWork
from handlers.areas.scopes import allowed, scope_of
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading
from handlers.wording import backlog
from handlers.wording import reports as words
from handlers.wording.figures import Frame

SHOWN = 15
WORST = 5


async def report(period: Period, scope: Scope, company: Company, now: datetime, uow: UnitOfWork) -> Report:
    """Everything a report says of this period and scope; nobody needs to have asked for it."""
    current, before = await uow.figures.tallies(period, scope)
    return Report(
        period,
        scope,
        now,
        current,
        before,
        await uow.figures.backlog(now, scope),
        await uow.orders.search(_late(scope, company, now, WORST)),
        await uow.figures.slices(period, scope),
    )


def _late(scope: Scope, company: Company, now: datetime, limit: int) -> Search:
    return Search(
        customer=scope.customers,
        staff=scope.people,
        due_before=now,
        not_steps=company.workflow.keys(*FINISHED),
        by_due=True,
        limit=limit,
    )


async def board(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """How many orders stand in each step, what they are worth, and since when the oldest does."""
    scope = allowed(scope_of(request, ctx), request.intent, ctx)
    return backlog.board(await uow.figures.backlog(ctx.now, scope), scope, ctx)


async def overdue(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """What is past its time, the longest first."""
    scope = allowed(scope_of(request, ctx), request.intent, ctx)
    search = _late(scope, ctx.company, ctx.now, SHOWN)
    return backlog.overdue(await uow.orders.search(search), await uow.orders.count(search), scope, ctx)


async def figures(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """A period's figures; the current day, week or month where no day was said."""
    scope = allowed(scope_of(request, ctx), request.intent, ctx)
    found = await report(_period(request, ctx), scope, ctx.company, ctx.now, uow)
    return words.report(found, _frame(ctx))


async def bottleneck(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """Which step takes the time, waiting or working, and in whose hands."""
    scope = allowed(scope_of(request, ctx), request.intent, ctx)
    chosen = _period(request, ctx)
    now, before = await uow.figures.tallies(chosen, scope)
    return words.bottleneck(Report(chosen, scope, ctx.now, now, before), _frame(ctx))


def _period(request: Reading, ctx: Context) -> Period:
    kind = request.intent.removeprefix("report.")
    if kind == "bottleneck":
        # This week, unless days were said: then these and no others.
        kind = "daily" if request.slots.from_ else "weekly"
    return period(kind, request.slots.from_, request.slots.to, ctx.now, ctx.company.calendar.zone)


def _frame(ctx: Context) -> Frame:
    return Frame(ctx.company, ctx.now, ctx.sees_amounts)


HANDLERS: Mapping[str, Handler] = {
    "report.board": board,
    "report.overdue": overdue,
    "report.daily": figures,
    "report.weekly": figures,
    "report.monthly": figures,
    "report.bottleneck": bottleneck,
}
