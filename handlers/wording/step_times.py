"""Step times put together: by step, and by who had them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from domain.company import Company
from domain.figures import StepTime

AFTER = frozenset({"shipped", "signed", "done", "cancelled"})
"""Kinds of step in which the goods have left, or nothing is to be done: their time is no handling time."""


def handling(times: Iterable[StepTime], company: Company) -> tuple[StepTime, ...]:
    """Those of the steps before the goods have left."""
    steps = company.workflow.steps
    return tuple(
        one for one in times if (steps[one.step].kind if one.step in steps else one.step) not in AFTER
    )


def by_step(times: Iterable[StepTime]) -> Sequence[StepTime]:
    """One for each step, the longest first."""
    found: dict[str, StepTime] = {}
    for one in times:
        found[one.step] = one.plus(found.get(one.step, StepTime("", "")), one.step, "")
    return sorted(found.values(), key=_longest)


def by_owner(times: Iterable[StepTime], step: str) -> Sequence[StepTime]:
    """One for each who had this step, the longest first."""
    return sorted((one for one in times if one.step == step), key=_longest)


def _longest(one: StepTime) -> tuple[timedelta, str, str]:
    return -one.whole, one.step, one.owner
