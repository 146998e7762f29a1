"""The day, the week, the month, the board, and what is late."""

from collections.abc import Mapping
from datetime import date, timedelta

from domain.company import FINISHED
from domain.ports import Search, UnitOfWork
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading
from handlers.wording import reports as words

SHOWN = 15


async def board(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """How many orders stand in each step."""
    return words.board(await uow.orders.board(ctx.now), ctx)


async def overdue(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """What is past its time, the oldest first."""
    search = Search(due_before=ctx.now, not_steps=ctx.company.workflow.keys(*FINISHED), limit=SHOWN)
    return words.overdue(await uow.orders.search(search), await uow.orders.count(search), ctx)


async def daily(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """A day's figures; today so far where no day was said."""
    start = request.slots.from_ or ctx.today
    return await _figures("日报", start, request.slots.to or start, ctx, uow)


async def weekly(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """A week's figures."""
    start = request.slots.from_ or ctx.today - timedelta(days=ctx.today.weekday())
    return await _figures("周报", start, request.slots.to or start + timedelta(days=6), ctx, uow)


async def monthly(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """A month's figures."""
    start = request.slots.from_ or ctx.today.replace(day=1)
    last = (start.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return await _figures("月报", start, request.slots.to or last, ctx, uow)


async def _figures(title: str, start: date, end: date, ctx: Context, uow: UnitOfWork) -> Answer:
    figures = await uow.orders.figures(ctx.midnight(start), ctx.midnight(end + timedelta(days=1)))
    return words.figures(title, start, end, figures, await uow.orders.board(ctx.now), ctx)


HANDLERS: Mapping[str, Handler] = {
    "report.board": board,
    "report.overdue": overdue,
    "report.daily": daily,
    "report.weekly": weekly,
    "report.monthly": monthly,
}
