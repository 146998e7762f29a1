"""A notice in words, whatever kind it is."""

from collections.abc import Callable
from dataclasses import dataclass

from bot import late, reporting
from domain.company import Company
from domain.facts import Notice
from domain.ports import Clock
from domain.sending import Rendered
from handlers.wording.notices import render

WORDED = (late.KIND, reporting.KIND)


@dataclass(frozen=True, slots=True)
class Renderer:
    """Words notices by the rules in force; a late reply and a report have their words already."""

    company: Callable[[], Company]
    clock: Clock

    def __call__(self, notice: Notice) -> Rendered:
        """The words."""
        if notice.kind in WORDED:
            return late.rendered(notice)
        return render(notice, self.company(), self.clock())
