"""Whatever people do: what the reports count is what the events say, counted by hand."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from domain.figures import Count, Cycle, Period, Scope, StepTime, Tally
from domain.order import Order
from domain.ports import UnitsOfWork
from domain.snapshot import from_document
from storage.migrations.recount import recount
from tests.builders import MONDAY
from tests.integration.storage.histories import CUSTOMERS, MOVES, Done, Move, Play, done
from tests.integration.storage.stories import NOW, a_change, a_deed, an_order

TABLES = ("order_lines", "shipments", "payments", "deeds", "passages", "events", "orders")
# Without shrinking: an example is a seed, and a smaller seed is no simpler story.
SLOW = settings(
    max_examples=40,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip
SCOPES = st.one_of(
    st.just(Scope()),
    st.sets(st.sampled_from(("seller", "other", "keeper", "lead", "cashier")), min_size=1).map(
        lambda people: Scope("x", people=tuple(people))
    ),
    st.sets(st.sampled_from(CUSTOMERS), min_size=1).map(lambda codes: Scope("x", customers=tuple(codes))),
)
WRONG = "错少漏缺破损坏"


async def emptied(url: str) -> None:
    """Nothing ever happened."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        for table in TABLES:
            await connection.execute(text(f"DELETE FROM {table}"))
    await engine.dispose()


async def rows(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """What is kept for the reports."""
    engine = create_async_engine(url)
    found = {}
    async with engine.connect() as connection:
        for table in ("deeds", "passages"):
            listed = await connection.execute(text(f"SELECT * FROM {table} ORDER BY 1, 2, 3"))
            found[table] = [tuple(row) for row in listed]
    await engine.dispose()
    return found


async def told(units: UnitsOfWork, play: Play) -> list[tuple[list[Done], Order]]:
    """What was done to each order and stands, and the order, from its events alone."""
    async with units() as uow:
        stories = [done(await uow.events.of_order(number)) for number in play.numbers]
    return [(kept, from_document(state)) for kept, state in stories]


@SLOW
@given(moves=MOVES)
async def test_what_is_written_with_events_is_what_a_recount_of_them_gives(
    database_url: str, units: UnitsOfWork, moves: Sequence[Move]
):
    await emptied(database_url)
    await Play(units).all(moves)
    written = await rows(database_url)

    engine = create_async_engine(database_url)
    async with engine.begin() as connection:
        await connection.execute(text("DELETE FROM deeds"))
        await connection.execute(text("DELETE FROM passages"))
        await connection.run_sync(recount)
    await engine.dispose()

    assert await rows(database_url) == written


@SLOW
@given(moves=MOVES, scope=SCOPES, parts=st.tuples(*[st.integers(0, 100)] * 2))
async def test_the_figures_are_those_of_a_plain_count_of_the_events(
    database_url: str, units: UnitsOfWork, moves: Sequence[Move], scope: Scope, parts: tuple[int, int]
):
    await emptied(database_url)
    play = Play(units)
    await play.all(moves)
    whole = play.now - MONDAY + timedelta(seconds=1)
    first, second = (MONDAY + whole * part / 100 for part in sorted(parts))
    day = MONDAY.date()
    asked = Period("daily", day, day, second, play.now + timedelta(seconds=1), first, second)

    async with units() as uow:
        now, before = await uow.figures.tallies(asked, scope)
        backlog = await uow.figures.backlog(play.now, scope)
        slices = await uow.figures.slices(asked, scope)
    stories = await told(units, play)

    assert plain(now) == plain(counted(stories, scope, asked.start, asked.end))
    assert plain(before) == plain(counted(stories, scope, asked.before_start, asked.before_end))
    assert {
        (one.step, one.owner): (one.orders, one.amount, one.overdue, one.oldest) for one in backlog
    } == held(stories, scope, play.now)
    assert sum(one.taken.number for one in slices) == now.taken.number
    assert all(one.start <= play.now and one.start.minute % 15 == 0 for one in slices)


async def test_nine_of_ten_is_the_least_time_that_nine_tenths_do_not_exceed(units: UnitsOfWork):
    async with units() as uow:
        for number in range(1, 11):
            out = a_deed(number, "out", at=NOW, amount=None, seconds=number * 60)
            await uow.save(a_change(an_order(number), deeds=(out,)))
        await uow.commit()
    hour = timedelta(hours=1)
    asked = Period("daily", NOW.date(), NOW.date(), NOW, NOW + hour, NOW - hour, NOW)

    async with units() as uow:
        now, before = await uow.figures.tallies(asked, Scope())

    assert now.cycle == Cycle(10, timedelta(minutes=5), timedelta(minutes=9))
    assert before.cycle == Cycle()


def plain(tally: Tally) -> dict[str, Any]:
    """To compare, whatever order the parts come in."""
    return {
        "taken": tally.taken,
        "steps": dict(tally.steps),
        "deeds": dict(tally.deeds),
        "reasons": {kind: sorted(found) for kind, found in tally.reasons.items()},
        "cycle": tally.cycle,
        "checked": (tally.checked, tally.wrong),
        "scores": (tally.scores, tally.scored),
        "times": sorted(tally.times, key=lambda one: (one.step, one.owner)),
    }


def held(
    stories: Iterable[tuple[list[Done], Order]], scope: Scope, now: datetime
) -> dict[tuple[str, str], Any]:
    """The open orders by step and owner."""
    found: dict[tuple[str, str], list[Order]] = {}
    for _, order in stories:
        if order.step not in ("done", "cancelled") and of(
            scope, order.customer, order.owner, order.salesperson
        ):
            found.setdefault((order.step, order.owner), []).append(order)
    return {
        key: (
            len(orders),
            sum((order.amount for order in orders), Decimal(0)),
            sum(order.step_due is not None and order.step_due < now for order in orders),
            min(order.step_since for order in orders),
        )
        for key, orders in found.items()
    }


def of(scope: Scope, customer: str, *people: str) -> bool:
    """Whether it is theirs."""
    if scope.customers:
        return customer in scope.customers
    return not scope.people or bool({*people} & {*scope.people})


def counted(
    stories: Sequence[tuple[list[Done], Order]], scope: Scope, start: datetime, end: datetime
) -> Tally:
    """The figures, one by one, as docs/figures.md defines them."""
    within = [(one, order) for kept, order in stories for one in kept if start <= one.event.at < end]
    taken = [
        order
        for one, order in within
        if one.event.kind == "order:entered" and of(scope, order.customer, order.salesperson)
    ]
    deeds: list[tuple[str, Done, Order]] = [
        (kind, one, order)
        for one, order in within
        for kind in kinds(one)
        if of(scope, one.after["customer"], one.event.by, one.after["salesperson"])
        and not (kind == "rated" and one is not last_rating(stories, order))
    ]
    scores = [one.event.data["score"] for kind, one, _ in deeds if kind == "rated"]
    seconds = sorted(
        int((one.event.at - order.created_at).total_seconds()) for kind, one, order in deeds if kind == "out"
    )
    wrong = {order.number for kind, one, order in deeds if is_wrong(kind, one)}
    signed = {order.number for kind, _, order in deeds if kind == "signed"}
    reasons: dict[str, Counter[str]] = {}
    for kind, one, _ in deeds:
        reason = str(one.event.data.get("reason") or "")
        if reason and kind != "rated":
            reasons.setdefault(kind, Counter())[reason] += 1
    return Tally(
        taken=Count(len(taken), sum((order.amount for order in taken), Decimal(0))),
        steps=Counter(order.step for order in taken),
        deeds={
            kind: Count(
                sum(name == kind for name, _, _ in deeds),
                sum((amount(kind, one) for name, one, _ in deeds if name == kind), Decimal(0)),
            )
            for kind in {name for name, _, _ in deeds}
        },
        reasons={kind: tuple(found.items()) for kind, found in reasons.items()},
        cycle=Cycle(len(seconds), at(seconds, 0.5), at(seconds, 0.9)) if seconds else Cycle(),
        checked=len(signed | wrong),
        wrong=len(wrong),
        scores=len(scores),
        scored=sum(map(int, map(str, scores))),
        times=tuple(times(within, scope)),
    )


def last_rating(stories: Sequence[tuple[list[Done], Order]], order: Order) -> Done | None:
    """The rating of an order that counts."""
    kept = next(kept for kept, one in stories if one is order)
    return next((one for one in reversed(kept) if one.event.kind == "order:rated"), None)


def kinds(one: Done) -> Iterable[str]:
    """What an event counts as."""
    name = one.event.kind.removeprefix("order:")
    plainly = {
        "rejected",
        "shipped",
        "signed",
        "paid",
        "refunded",
        "returned",
        "complained",
        "urged",
        "cancelled",
        "rated",
    }
    if name in plainly or (name == "approved" and one.event.by != "gendan"):
        yield name
    if not one.before:
        return
    moved = one.before["entry"] != one.after["entry"]
    if name == "lacked" or (moved and one.after["step"] == "short"):
        yield "short"
    if all_left(one.after) and not all_left(one.before):
        yield "out"


def all_left(order: Mapping[str, Any]) -> bool:
    """True when everything ordered has been shipped."""
    return from_document(order).shipped_all


def amount(kind: str, one: Done) -> Decimal:
    """The money of it."""
    if kind in ("paid", "refunded"):
        return Decimal(one.after["paid"]) - Decimal(one.before["paid"])
    if kind not in ("shipped", "returned"):
        return Decimal(0)
    was, now = (
        sum((line.worth(getattr(line, kind)) for line in from_document(state).lines), Decimal(0))
        for state in (one.before, one.after)
    )
    return now - was


def is_wrong(kind: str, one: Done) -> bool:
    """Whether it tells of a wrong delivery."""
    if kind == "signed":
        return bool(one.event.data["missed"])
    reason = str(one.event.data.get("reason") or "")
    return kind in ("returned", "complained") and any(word in reason for word in WRONG)


def at(seconds: Sequence[int], part: float) -> timedelta:
    """The least that so big a part of them does not exceed."""
    return timedelta(seconds=seconds[math.ceil(part * len(seconds) - 1e-9) - 1])


def times(within: Iterable[tuple[Done, Order]], scope: Scope) -> Iterable[StepTime]:
    """The steps that were left, by step and owner."""
    found: dict[tuple[str, str], list[tuple[timedelta, timedelta, bool]]] = {}
    for one, _ in within:
        if not one.before or one.before["entry"] == one.after["entry"]:
            continue
        entered = datetime.fromisoformat(one.before["step_since"])
        if one.event.by == "gendan" and entered == one.event.at:
            continue
        owner, due, begun = one.before["owner"], one.before["step_due"], one.before["begun_at"]
        if not of(scope, one.after["customer"], owner, one.after["salesperson"]):
            continue
        began = datetime.fromisoformat(begun) if begun else one.event.at
        late = bool(due) and one.event.at > datetime.fromisoformat(due)
        found.setdefault((one.before["step"], owner), []).append(
            (began - entered, one.event.at - began, late)
        )
    for (step, owner), passed in found.items():
        waited = sum((part[0] for part in passed), timedelta(0))
        worked = sum((part[1] for part in passed), timedelta(0))
        yield StepTime(step, owner, len(passed), waited, worked, sum(part[2] for part in passed))
