"""Notices in words, whatever kind they are, alone and together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from bot import late
from domain.company import Company
from domain.facts import Notice
from domain.notices import REPLY, REPORT
from domain.ports import Clock
from domain.sending import Rendered
from handlers.wording import merged
from handlers.wording.hiding import shown_to
from handlers.wording.notices import render

WORDED = (REPLY, REPORT)


@dataclass(frozen=True, slots=True)
class Renderer:
    """`scheduler.merging.Words` by the rules in force; a late reply and a report have their words already."""

    company: Callable[[], Company]
    clock: Clock

    def alone(self, notice: Notice) -> Rendered:
        """The notice as a message of its own."""
        if notice.kind in WORDED:
            return late.rendered(notice)
        return render(notice, self.company(), self.clock())

    def line(self, notices: Sequence[Notice]) -> str:
        """One order's notices, in the order of its story."""
        # Of the facts alone, not of the moment: sent again it must be the same message, which a platform knows by that.
        company = self.company()
        return merged.line([replace(one, facts=shown_to(one.to, one.facts, company)) for one in notices])

    def heading(self, notice: Notice, urgent: bool, count: int, goes_on: bool) -> str:
        """What so many orders have in common."""
        return merged.heading(notice, urgent, count, goes_on)

    def together(
        self, orders: int, notices: int, lines: Sequence[str], mentions: Sequence[str], urgent: bool
    ) -> Rendered:
        """The message."""
        return merged.message(orders, notices, lines, mentions, urgent)
