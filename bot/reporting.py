"""What a report told unasked says: the same as when a manager asks for it in that group."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.act import SYSTEM
from domain.facts import Notice
from domain.notices import REPORT
from domain.people import MANAGER
from domain.ports import MessageKey, UnitOfWork
from domain.reporting import Due
from handlers.areas import accounts, reports
from handlers.context import Context, RulesInForce
from handlers.message import Reply
from handlers.understanding.reading import Reading, Slots

HANDLERS = {**reports.HANDLERS, **accounts.HANDLERS}


@dataclass(frozen=True, slots=True)
class Reporter:
    """`scheduler.calendar.Write`, by the rules in force."""

    rules: RulesInForce

    async def __call__(self, due: Due, now: datetime, uow: UnitOfWork) -> Notice:
        """The reply, as a notice that carries its words."""
        intent = f"report.{due.report.kind}"
        key = MessageKey(SYSTEM.user_id, intent, due.slot)
        # Nobody asks, so nobody is refused; whether amounts are shown is a matter of who reads them in the group.
        asker = replace(SYSTEM, roles=frozenset({MANAGER, *self.rules.latest.company.workflow.roles}))
        ctx = Context(asker, self.rules.latest, now, due.report.group, key)
        answer = await HANDLERS[intent](Reading(intent, Slots(from_=due.first, to=due.last)), ctx, uow)
        if not isinstance(answer, Reply):
            raise TypeError(f"{intent} asks back: {answer}")
        # Urgent: what waits there for the morning must not hold it back.
        return Notice(REPORT, f"group:{due.report.group}", lane="urgent", facts=answer.document())
