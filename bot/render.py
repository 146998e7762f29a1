"""A notice in words, whatever kind it is."""

from collections.abc import Callable
from dataclasses import dataclass

from bot import late
from domain.company import Company
from domain.facts import Notice
from domain.ports import Clock
from domain.sending import Rendered
from handlers.wording.notices import render


@dataclass(frozen=True, slots=True)
class Renderer:
    """Words notices by the rules in force; a reply that is brought late has its words already."""

    company: Callable[[], Company]
    clock: Clock

    def __call__(self, notice: Notice) -> Rendered:
        """The words."""
        if notice.kind == late.KIND:
            return late.rendered(notice)
        return render(notice, self.company(), self.clock())
