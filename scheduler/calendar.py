"""Tells the company its figures at the times it has set, once, whichever process comes first."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.company import Company
from domain.errors import DatabaseAway, Stale
from domain.facts import Notice
from domain.ports import Clock, UnitOfWork, UnitsOfWork
from domain.reporting import Due, to_tell, upcoming

log = logging.getLogger(__name__)
AGAIN = timedelta(minutes=1)

Write = Callable[[Due, datetime, UnitOfWork], Awaitable[Notice]]
"""Makes the notice: what the report says at this moment."""


@dataclass(slots=True)
class ReportWatch:
    """Whose time has come is claimed, written and put into the outbox in one transaction.

    So it is told once for ever, and after a crash by whoever comes next; what should have been told before the
    company was `founded` here never is.
    """

    units: UnitsOfWork
    company: Callable[[], Company]
    clock: Clock
    founded: Callable[[], Awaitable[datetime | None]]
    write: Write
    _rules: int = field(default=0, init=False)
    _looked: datetime | None = field(default=None, init=False)
    _next: datetime | None = field(default=None, init=False)

    async def turn(self) -> int:
        """Tell what is due; says how many were told."""
        now, company = self.clock(), self.company()
        if company.version == self._rules and not self._is_time(now):
            return 0
        since = await self.founded()
        due = [
            one
            for report in company.reports
            for one in to_tell(report, company, now)
            if since and one.at > since
        ]
        told = [await self._guarded(one, now) for one in due]
        self._rules, self._looked = company.version, now
        self._next = now + AGAIN if None in told else await self.next_due()
        return sum(map(bool, told))

    def _is_time(self, now: datetime) -> bool:
        """Also when the clock was set back: what comes next was found on another day."""
        set_back = self._looked is not None and now < self._looked
        return set_back or (self._next is not None and now >= self._next)

    async def next_due(self) -> datetime | None:
        """When the next report is told."""
        now, company = self.clock(), self.company()
        moments = (upcoming(report, company, now) for report in company.reports)
        return min((at for at in moments if at is not None), default=None)

    async def _guarded(self, due: Due, now: datetime) -> bool | None:
        """Whether we told it; None: it must be tried again."""
        try:
            return await self._tell(due, now)
        except DatabaseAway:
            raise
        except Stale:
            return None  # two at the same moment; the next look finds who was first
        except Exception:
            # One item of a loop: the other reports must not wait for it.
            log.exception("report not told", extra={"report": due.report.kind, "slot": due.slot})
            return None

    async def _tell(self, due: Due, now: datetime) -> bool:
        name = f"report.{due.report.kind}"
        async with self.units() as uow:
            if not await uow.take_run(name, due.slot, now):
                return False
            await uow.tell((await self.write(due, now, uow),), now, f"{name}:{due.slot}")
            await uow.commit()
        return True
