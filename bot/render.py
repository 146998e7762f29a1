"""Notices in words, whatever kind they are, alone and together."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot import late
from domain.company import Company
from domain.facts import Notice
from domain.notices import REPLY, REPORT
from domain.ports import Clock
from domain.sending import Rendered
from handlers.wording import merged
from handlers.wording.notices import as_read, render

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
        return render(notice, self.company(), self._moment(notice))

    def line(self, notices: Sequence[Notice]) -> str:
        """One order's notices, in the order of its story."""
        return merged.line([self._read(notice) for notice in notices])

    def heading(self, notice: Notice, urgent: bool, count: int, goes_on: bool) -> str:
        """What so many orders have in common."""
        return merged.heading(self._read(notice), urgent, count, goes_on)

    def together(
        self, orders: int, notices: int, lines: Sequence[str], mentions: Sequence[str], urgent: bool
    ) -> Rendered:
        """The message."""
        return merged.message(orders, notices, lines, mentions, urgent)

    def _read(self, notice: Notice) -> Notice:
        return replace(notice, facts=as_read(notice, self.company(), self._moment(notice)))

    def _moment(self, notice: Notice) -> datetime:
        return notice.at or self.clock()
