"""What a ladder rang, held against what it should have rung."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from domain.act import Act
from domain.alarm import acknowledge, snooze
from domain.amend import Amendment, change, urge
from domain.catchup import LATE, caught_up
from domain.company import Company
from domain.errors import DomainError
from domain.escalation import overdue
from domain.facts import Change, Event, Timer
from domain.fulfilment import pick, run_short, ship, sign
from domain.halt import cancel, hold, resume
from domain.inspection import Finding, inspect
from domain.ladder import REMINDER
from domain.order import Order
from domain.ports import EntryFacts, StockLevel
from domain.review import approve, reject, resubmit
from domain.undo import undo
from tests.builders import (
    CHIEF,
    COMPANY,
    KEEPER,
    LEAD,
    MONDAY,
    PLENTY,
    SELLER,
    STEPS,
    a_company,
    after,
    an_act,
    boxes,
    entered,
    hours,
)

MINUTE = timedelta(minutes=1)
NOTHING_KNOWN = EntryFacts()


class Tale:
    """One order, its timers, and a program that handles them: at their moment, or late after it stood still."""

    def __init__(self, first: Change, company: Company = COMPANY) -> None:
        self.company = company
        self.at = first.events[0].at
        self.events: list[Event] = []
        self.timers: dict[tuple[int, int, int], datetime] = {}
        self.done: set[tuple[int, int, int]] = set()
        self.stock: Mapping[tuple[str, str], StockLevel] = PLENTY
        self.write(first)

    order: Order

    def write(self, change: Change) -> None:
        """As storage does: a timer is set once, one that has not rung yet may be moved."""
        self.order = replace(change.order, version=change.order.version + 1)
        self.events += change.events
        self.stock = after(self.stock, change)
        for timer in change.timers:
            self.timers.setdefault((timer.entry, timer.rung, timer.repeat), timer.due)
        for timer in change.moved:
            key = (timer.entry, timer.rung, timer.repeat)
            if key in self.timers and key not in self.done:
                self.timers[key] = timer.due

    def passes(self, time: timedelta, *, asleep: bool = False) -> None:
        """Time passes; what falls due rings at its moment, or, where the program stood still, at the end."""
        end = self.at + time
        while not asleep and (due := min(self.due(end), default=None)) is not None:
            self.at = max(self.at, due[0] + timedelta(seconds=2))
            self.ring(due[1])
        self.at = max(self.at, end)
        while due := min(self.due(self.at), default=None):
            self.ring(due[1])

    def due(self, until: datetime) -> list[tuple[datetime, tuple[int, int, int]]]:
        """What falls due by then."""
        return [(due, key) for key, due in self.timers.items() if key not in self.done and due <= until]

    def ring(self, key: tuple[int, int, int]) -> None:
        """As the clock does."""
        timer = self.timer(key)
        rung = (key,)
        if timer.due < self.at - LATE and timer.rung != REMINDER:
            together = [other for _, other in self.due(self.at - LATE) if other[0] == key[0]]
            rung = tuple(other for other in together if other[1] != REMINDER)  # type: ignore[assignment]
            rings = caught_up(self.order, [self.timer(one) for one in rung], self.at, self.company)
        else:
            rings = overdue(self.order, timer, self.at, self.company)
        self.done |= {*rung}
        if rings is not None:
            self.write(rings)

    def timer(self, key: tuple[int, int, int]) -> Timer:
        """The timer of this key."""
        return Timer(self.order.number, *key, self.timers[key])

    def does(self, what: str, act: Act) -> None:
        """Somebody does something, or is refused."""
        with suppress(DomainError):
            self.write(DEEDS[what](self, act))
        # Taking back may set what should have rung meanwhile.
        self.passes(timedelta())

    def inspected(self, events: list[Event] | None = None) -> tuple[Finding, ...]:
        """What the auditor finds."""
        return inspect(events or self.events, lambda _: self.company, self.at)


def _urgent(tale: Tale, act: Act) -> Change:
    return change(tale.order, act, Amendment(urgent=True), NOTHING_KNOWN, tale.stock)


DEEDS: Mapping[str, Any] = {
    "acknowledge": lambda tale, act: acknowledge(tale.order, act),
    "snooze": lambda tale, act: snooze(tale.order, act, hours(1)),
    "snooze long": lambda tale, act: snooze(tale.order, act, hours(9)),
    "urge": lambda tale, act: urge(tale.order, act),
    "urgent": _urgent,
    "hold": lambda tale, act: hold(tale.order, act, "等通知"),
    "resume": lambda tale, act: resume(tale.order, act, tale.stock),
    "approve": lambda tale, act: approve(tale.order, act, tale.stock),
    "reject": lambda tale, act: reject(tale.order, act, "价格"),
    "resubmit": lambda tale, act: resubmit(tale.order, act, NOTHING_KNOWN, tale.stock),
    "pick": lambda tale, act: pick(tale.order, act),
    "run short": lambda tale, act: run_short(tale.order, act, ()),
    "ship": lambda tale, act: ship(tale.order, act),
    "sign": lambda tale, act: sign(tale.order, act),
    "cancel": lambda tale, act: cancel(tale.order, act, "不要了"),
    "undo": lambda tale, act: undo(tale.order, tale.events, act, tale.stock),
}
REGRETS = "regrets "
# Calling it off ends a tale early; not too often.
TURNS = st.one_of(
    st.tuples(st.just("waits"), st.integers(1, 600)),
    st.tuples(st.just("stands still"), st.integers(1, 2000)),
    st.tuples(st.sampled_from(sorted({*DEEDS} - {"cancel"})), st.integers(0, 3)),
    st.tuples(st.sampled_from(["acknowledge", "snooze", "cancel", "approve", "urgent"]), st.integers(0, 3)),
    st.tuples(
        st.sampled_from(["ship", "approve", "hold", "acknowledge", "snooze", "urgent"]).map(REGRETS.__add__),
        st.integers(0, 3),
    ),
)
PEOPLE = (CHIEF, KEEPER, LEAD, SELLER)


def _told(turns: list[tuple[str, int]], count: int, *, urgent: bool) -> Tale:
    tale = Tale(entered(boxes(count), urgent=urgent))
    for number, (what, much) in enumerate(turns):
        if what in ("waits", "stands still"):
            tale.passes(much * MINUTE, asleep=what == "stands still")
        else:
            tale.does(what.removeprefix(REGRETS), an_act(PEOPLE[much], tale.at, source=f"message {number}"))
        if what.startswith(REGRETS):
            tale.passes(9 * MINUTE)
            tale.does("undo", an_act(PEOPLE[much], tale.at, source=f"message {number} undone"))
    return tale


TALES = st.builds(
    _told, st.lists(TURNS, min_size=1, max_size=14), st.sampled_from([2, 50]), urgent=st.booleans()
)


@settings(max_examples=300, deadline=None)
@given(TALES)
@example(_told([("urgent", 3), ("waits", 600)], 2, urgent=False))
@example(_told([("waits", 200), ("urgent", 3), ("waits", 600)], 2, urgent=False))
@example(_told([("waits", 200), ("regrets urgent", 3), ("waits", 900)], 2, urgent=False))
def test_whatever_happens_to_an_order_the_ladders_own_rings_satisfy_the_auditor(tale: Tale):
    assert tale.inspected() == ()


def _rings(tale: Tale) -> list[int]:
    return [place for place, event in enumerate(tale.events) if event.kind == "order:escalated"]


@settings(max_examples=150, deadline=None)
@given(TALES, st.data())
def test_a_ring_that_was_lost_is_missed(tale: Tale, data: st.DataObject):
    rings = _rings(tale)
    assume(rings)
    place = data.draw(st.sampled_from(rings))
    lost = tale.events[place]
    left = [*tale.events[:place], *tale.events[place + 1 :]]
    # Had it not rung for a moment only, the next deed might have overtaken it.
    tale.at += hours(200)
    assume(all(event.at - lost.at > LATE for event in left[place:]))

    found = [one for one in tale.inspected(left) if one.what == "missing"]

    data_of: Mapping[str, Any] = lost.data
    assert (data_of["rung"], data_of["repeat"]) in [(one.rung, one.repeat) for one in found]


@settings(max_examples=150, deadline=None)
@given(TALES, st.data())
def test_a_ring_that_rang_twice_is_found(tale: Tale, data: st.DataObject):
    rings = _rings(tale)
    assume(rings)
    place = data.draw(st.sampled_from(rings))
    again = tale.events[place]

    found = tale.inspected([*tale.events[: place + 1], again, *tale.events[place + 1 :]])

    assert [(one.what, one.expected) for one in found] == [("doubled", again.at)]


def _one_ring(**data: object) -> tuple[Tale, list[Event]]:
    """An order whose first rung rang; then an event that says so with other data."""
    tale = Tale(entered())
    tale.passes(hours(1.1))
    ring = tale.events[-1]
    return tale, [*tale.events[:-1], replace(ring, data={**ring.data, **data})]


def test_a_rung_that_nobody_had_set_is_found_beside_the_one_that_is_missing():
    tale, events = _one_ring(rung=4)
    tale.at += LATE

    found = [(one.what, one.rung, one.expected) for one in tale.inspected(events)]

    assert found == [("early", 4, tale.timers[2, 3, 0]), ("missing", 1, tale.timers[2, 0, 0])]


def test_a_repeat_that_was_never_due_is_found():
    tale, events = _one_ring(rung=2, repeat=3)

    assert ("unset", 2, 3) in [(one.what, one.rung, one.repeat) for one in tale.inspected(events)]


def test_a_rung_is_missed_once_it_is_later_than_it_may_be():
    tale = Tale(entered())
    first = tale.timers[2, 0, 0]

    assert inspect(tale.events, lambda _: COMPANY, first + LATE) == ()
    assert inspect(tale.events, lambda _: COMPANY, first + LATE + MINUTE) == (
        Finding(17, "picking", 2, 1, 1, "missing", first),
    )


@pytest.mark.parametrize(("ladder", "missed"), [(0, 0), (1, 1)])
def test_a_rung_that_the_rules_took_away_before_it_was_due_is_not_missed(ladder: int, missed: int):
    tale = Tale(entered())
    steps = {step.key: replace(step, ladder=step.ladder[:ladder]) for step in STEPS}
    now = a_company(steps)

    found = inspect(tale.events, lambda at: COMPANY if at == MONDAY else now, MONDAY + hours(48))

    assert len(found) == missed
