"""What ladders should have rung for an order, recomputed from its story, held against what they rang."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.catchup import LATE
from domain.company import Company
from domain.facts import Event, Timer
from domain.ladder import moments, pace, pending, timers_of
from domain.order import Order
from domain.path import step_of
from domain.record import last_done
from domain.snapshot import Document, from_document, patch

Rules = Callable[[datetime], Company]
"""The rules in force at a moment."""

Key = tuple[int, int]
"""A rung and a repeat, both from 0."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A rung of a step entry that did not ring as it should have. Rungs and repeats count from 1.

    `what`: `missing`, `doubled`, `early`, or `unset` (it rang without having been due). `expected` is when it should
    have rung, for a `doubled` or `unset` one when it did.
    """

    order: int
    step: str
    entry: int
    rung: int
    repeat: int
    what: str
    expected: datetime


def inspect(story: Iterable[Event], rules: Rules, until: datetime) -> tuple[Finding, ...]:
    """Walk an order's whole story, oldest first, and on to `until`.

    A rung that was due for less than `LATE` when its step was left or silenced, or is now, may have been overtaken.
    Reminders that somebody asked for are no rungs.
    """
    replay = _Replay(rules)
    for event in story:
        replay.event(event)
    replay.stands(until)
    return tuple(replay.findings)


class _Replay:
    """The order as it stood, and the timers it had then."""

    def __init__(self, rules: Rules) -> None:
        self.findings: list[Finding] = []
        self._rules = rules
        self._state: Document = {}
        self._order: Order | None = None
        self._due: dict[Key, datetime] = {}
        self._rang: set[Key] = set()
        self._done: list[Event] = []

    def event(self, event: Event) -> None:
        """What was done, and what it means for the ladder."""
        before, order, company = self._order, self._after(event), self._rules(event.at)
        if before is None or order.entry != before.entry:
            self.stands(event.at)
            self._due = _by_key(timers_of(order, company, self._taken_back_to(event)))
            self._rang = set()
        elif event.kind == "order:escalated":
            self._ring(order, event, company)
        elif pace(order) != pace(before):
            self.stands(event.at)  # whoever silenced or hurried it should have heard this by then
            later = _by_key(pending(order, company))
            self._due = {key: later.get(key, due) for key, due in self._due.items()}
        self._order = order
        self._done.append(event)

    def stands(self, until: datetime) -> None:
        """The order has stood in its step until then: whatever was due before has rung."""
        for key, due in sorted(self._due.items()):
            if due + LATE < until and self._is_rung(key, due):
                self._found("missing", key, due)

    def _after(self, event: Event) -> Order:
        data: Document = event.data
        self._state = patch(self._state, data["before"], data["after"])
        return from_document(self._state)

    def _ring(self, order: Order, event: Event, company: Company) -> None:
        data: Document = event.data
        key = (data["rung"] - 1, data["repeat"] - 1)
        due = self._due.pop(key, None)
        if key in self._rang:
            return self._found("doubled", key, event.at)
        if due is None:
            self._found("unset", key, event.at)
        elif due > event.at:
            self._found("early", key, due)
        self._rang.add(key)
        ladder = step_of(order, company).ladder
        if key[0] < len(ladder):
            again = moments(order, key[0], ladder[key[0]], company, key[1] + 1, event.at)
            self._due.update(_by_key([*again][:1]))
        return None

    def _is_rung(self, key: Key, at: datetime) -> bool:
        """False where the rules had taken the rung away by then: it is silent."""
        order = self._order
        step = self._rules(at).workflow.steps.get(order.step) if order is not None else None
        return step is None or key[0] < len(step.ladder)

    def _taken_back_to(self, event: Event) -> datetime | None:
        """Where a step entered by an undo goes on with what it had not rung yet: when it was left."""
        if event.kind != "order:undone":
            return None
        return last_done(self._done)[0].at

    def _found(self, what: str, key: Key, expected: datetime) -> None:
        order = self._order
        if order is not None:
            rung, repeat = key[0] + 1, key[1] + 1
            self.findings.append(Finding(order.number, order.step, order.entry, rung, repeat, what, expected))


def _by_key(timers: Sequence[Timer]) -> dict[Key, datetime]:
    return {(timer.rung, timer.repeat): timer.due for timer in timers}
