"""Whether a notice still makes sense; where its order has moved on, the newest state is told instead."""

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from domain.company import Company
from domain.facts import Notice
from domain.outbox import Delivery, Standing, Standings
from scheduler.letters import Letter

log = logging.getLogger(__name__)
TASKS = frozenset({"ready", "overdue", "urged", "lacking", "assigned"})
"""Notices that ask somebody to act in a step, besides those of entering one; all others tell a fact."""
MOVED_ON = "moved_on"


@dataclass(frozen=True, slots=True)
class Newest:
    """Looks once for all notices of a batch, right before they leave."""

    standings: Standings
    company: Callable[[], Company]

    async def letters(self, deliveries: Sequence[Delivery]) -> tuple[Letter, ...]:
        """What to say now, in the same order."""
        numbers = {one.notice.order for one in deliveries if one.notice.order is not None}
        known: Mapping[int, Standing] = await self.standings.of(sorted(numbers)) if numbers else {}
        return _collapsed([self._guarded(one, known) for one in deliveries])

    def _guarded(self, delivery: Delivery, known: Mapping[int, Standing]) -> Letter:
        try:
            return self._letter(delivery, known)
        except Exception:
            # One item of a loop: told as it was written, or put aside where it cannot be worded either.
            log.exception("notice not judged", extra={"delivery": delivery.id, "kind": delivery.notice.kind})
            return Letter(delivery.notice, (delivery,))

    def _letter(self, delivery: Delivery, known: Mapping[int, Standing]) -> Letter:
        notice = delivery.notice
        standing = known.get(notice.order) if notice.order is not None else None
        if standing is None or not is_stale(notice, standing):
            return Letter(notice, (delivery,))
        if is_task(notice.kind):
            return Letter(self._instead(notice, standing), (delivery,))
        return Letter(replace(notice, facts={**notice.facts, MOVED_ON: True}), (delivery,))

    def _instead(self, notice: Notice, standing: Standing) -> Notice:
        """Where the order stands now. Nobody is called: whoever was to act has acted, or no longer must."""
        company = self.company()
        step, owner = company.workflow.steps.get(standing.step), company.staff(standing.owner)
        facts = {
            "customer": standing.customer,
            "urgent": standing.urgent,
            "step": standing.step,
            "step_name": step.name if step else standing.step,
            "owner": owner.name if owner else standing.owner,
            "entry": standing.entry,
            "earlier": [notice.kind],
        }
        return Notice(MOVED_ON, notice.to, notice.order, (), notice.lane, facts, notice.at)


def is_task(kind: str) -> bool:
    """True when it asks somebody to act in a step that may be over."""
    return kind.startswith("entered.") or kind in TASKS


def is_stale(notice: Notice, standing: Standing) -> bool:
    """True when the order has left the step in which this was said; one of the previous release names no entry."""
    entry = notice.facts.get("entry")
    if entry is None:
        return "step" in notice.facts and notice.facts["step"] != standing.step
    return int(str(entry)) < standing.entry


def _collapsed(letters: Sequence[Letter]) -> tuple[Letter, ...]:
    """One order's outdated notices become one, in the place of the last; none where its newest step is told anyway.

    What left in one message before stays in it: it may have arrived.
    """
    places = {_about(letter): place for place, letter in enumerate(letters) if _outdated(letter)}
    places |= {_about(letter): place for place, letter in enumerate(letters) if _tells_the_step(letter)}
    kept = dict(enumerate(letters))
    for place, letter in enumerate(letters):
        target = places.get(_about(letter))
        if _outdated(letter) and target is not None and target != place:
            kept[target] = _with(kept[target], kept.pop(place))
    return tuple(kept[place] for place in sorted(kept))


def _about(letter: Letter) -> tuple[int | None, str]:
    return letter.notice.order, letter.first.parcel


def _outdated(letter: Letter) -> bool:
    return letter.notice.kind == MOVED_ON


def _tells_the_step(letter: Letter) -> bool:
    notice = letter.notice
    return notice.kind.startswith("entered.") or notice.kind == "ready"


def _with(letter: Letter, other: Letter) -> Letter:
    """The letter, also for what the other one stood for; an outdated one says what all of them were about."""
    deliveries = tuple(sorted((*letter.deliveries, *other.deliveries), key=lambda one: one.seq))
    if not _outdated(letter):
        return Letter(letter.notice, deliveries)
    earlier = list(dict.fromkeys(delivery.notice.kind for delivery in deliveries))
    return Letter(replace(letter.notice, facts={**letter.notice.facts, "earlier": earlier}), deliveries)
