"""Orders against goods against money."""

from collections.abc import Mapping
from datetime import timedelta

from domain.errors import Invalid
from domain.gate import refusal
from domain.periods import period
from domain.permissions import may
from domain.ports import UnitOfWork
from domain.reconciling import reconcile
from handlers.context import Context
from handlers.router import Answer, Handler
from handlers.understanding.reading import Reading
from handlers.wording import accounts as words
from handlers.wording.figures import Frame

LONGEST = timedelta(days=31)
EARLIER = timedelta(days=60)
"""How long what does not fit is brought up again; who has left it so long has decided to."""


async def reconciled(request: Reading, ctx: Context, uow: UnitOfWork) -> Answer:
    """What does not fit in a day, or in some; and what did not fit before and still does not."""
    if not may(ctx.actor, request.intent, None, ctx.company):
        raise refusal("no-role", request.intent, None, ctx.act)
    days = period("daily", request.slots.from_, request.slots.to, ctx.now, ctx.company.calendar.zone)
    if days.last - days.first >= LONGEST:
        raise Invalid("report-long", days=(days.last - days.first).days + 1, limit=LONGEST.days)
    cash = [one.code for one in ctx.company.catalogue.customers.values() if not one.credit_days]
    touched = await uow.accounts.touched(days.start, days.end)
    suspects = await uow.accounts.suspects(days.start - EARLIER, days.end, cash)
    found = reconcile(
        await uow.accounts.of(touched),
        await uow.accounts.of([number for number in suspects if number not in set(touched)]),
        await uow.accounts.ordered(days.start, days.end),
        (days.start, days.end),
        ctx.company,
    )
    return words.reconciliation(found, days, Frame(ctx.company, ctx.now, ctx.sees_amounts))


HANDLERS: Mapping[str, Handler] = {"report.reconcile": reconciled}
