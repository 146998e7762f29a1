"""Answers to a ladder that rings: I have it, and remind me later."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.act import Act
from domain.company import Company
from domain.errors import Invalid
from domain.facts import Change, Timer
from domain.gate import guard
from domain.ladder import REMINDER, ack_for, pending, silenced
from domain.order import Order
from domain.path import step_of
from domain.people import superiors
from domain.record import Papers, followed, record
from domain.telling import name_of, once, to_group, to_person

DAYS = 2
"""Nobody puts a ladder off for longer than so many working days at once."""
OFTEN = 5
"""Nor more often than this in one step, or those above would never hear of it; they themselves may."""


def acknowledge(order: Order, act: Act) -> Change:
    """收到: the ladder of the step is silent for the rung's time, and the group knows who has it.

    Of somebody else's order, by whoever may: it is taken over. Once for each ring; the ladder climbs on all the same.
    """
    theirs = act.by.user_id != order.owner
    if theirs:
        guard("alert.ack", order, act)
    if pending(order, act.company) and not order.acked:
        if not theirs:
            return _silent(order, order.owner, act)
        taken = _taken(order, act, Papers())
        return followed(taken, _silent(taken.order, order.owner, act))
    if not theirs:
        raise _nothing_rings(order, act)
    after = _in_hand(order, act)
    was = name_of(order.owner, act.company)
    notices = once(
        to_group("assigned", after, act, step_of(order, act.company), was=was),
        to_person("assigned", after, act, order.owner, was=was),
    )
    return _taken(order, act, Papers(notices))


def _in_hand(order: Order, act: Act) -> Order:
    return replace(order, owner=act.by.user_id, chosen=(("by", "taken"),))


def _taken(order: Order, act: Act, papers: Papers) -> Change:
    return record(order, _in_hand(order, act), act, "order:taken", papers)


def _silent(order: Order, owner: str, act: Act) -> Change:
    """The order of whoever says 收到, and `owner` who had it before them."""
    company, was = act.company, name_of(owner, act.company)
    until = max(_later(order, ack_for(order, company), act), order.silent_until or act.at)
    silent = replace(_unasked(silenced(order, until, act.at, company), order), acked=True)
    notices = once(
        to_group("acked", silent, act, step_of(order, company), until=until.isoformat(), was=was),
        to_person("assigned", silent, act, owner, was=was),
    )
    said = record(order, silent, act, "order:acked", Papers(notices), until=until.isoformat())
    return replace(said, moved=pending(silent, company))


def snooze(order: Order, act: Act, wait: timedelta | None) -> Change:
    """The ladder is silent for so long; then it rings on, or whoever has it is reminded."""
    company = act.company
    guard("alert.snooze", order, act)
    if wait is None or wait <= timedelta(0):
        raise Invalid("wait-missing", number=order.number)
    if order.snoozed >= OFTEN and act.by not in superiors(order.owner, company):
        raise Invalid("wait-too-often", number=order.number, times=OFTEN)
    ladder = step_of(order, company).ladder
    if not ladder:
        raise Invalid("never-rings", number=order.number, step_name=step_of(order, company).name)
    until = act.at + wait if order.urgent else company.calendar.opens(act.at + wait)
    latest = _later(order, DAYS * company.calendar.working_day, act)
    if until > latest:
        raise Invalid("wait-too-long", number=order.number, days=DAYS, latest=_local(latest, company))
    if order.silent_until is not None and until < order.silent_until:
        raise Invalid("silent-longer", number=order.number, until=_local(order.silent_until, company))
    silent = silenced(order, until, act.at, company)
    moved = pending(silent, company)
    after = replace(silent, snoozed=order.snoozed + 1)
    # Whom the ladder calls then is somebody else: whoever put it off is not passed over.
    calls_owner = any(timer.due == until and ladder[timer.rung].whom == "owner" for timer in moved)
    reminder = Timer(order.number, order.entry, REMINDER, after.snoozed, until)
    notices = to_group("snoozed", after, act, step_of(order, company), until=until.isoformat())
    change = record(order, after, act, "order:snoozed", Papers(notices), until=until.isoformat())
    return replace(change, moved=moved, timers=() if calls_owner else (reminder,))


def _unasked(silent: Order, before: Order) -> Order:
    """A reminder asked for earlier does not break a silence that lasts longer."""
    longer = before.snoozed and silent.silent_until != before.silent_until
    return replace(silent, snoozed=before.snoozed + 1) if longer else silent


def _later(order: Order, time: timedelta, act: Act) -> datetime:
    """So much time from now: working time, or all time for an urgent order."""
    return act.at + time if order.urgent else act.company.calendar.after(act.at, time)


def _local(at: datetime, company: Company) -> datetime:
    return at.astimezone(company.calendar.zone)


def _nothing_rings(order: Order, act: Act) -> Invalid:
    if order.acked and order.silent_until is not None:
        until = _local(order.silent_until, act.company)
        return Invalid("acked-already", number=order.number, name=act.by.name, until=until)
    if any(order.heard):
        return Invalid("all-rang", number=order.number, name=act.by.name)
    return Invalid("already-theirs", number=order.number, name=act.by.name)
