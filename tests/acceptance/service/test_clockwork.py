"""What the program does by itself: drafts run out, ladders climb, replies come late, rules change."""

import logging
from collections.abc import Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import literal_column, select

from bot.company.load import load
from domain.errors import Stale
from domain.facts import Change, Event
from domain.ports import MessageKey
from handlers.message import Message, Reply
from scheduler.timers import SOON, TimerWatch
from storage.prepared import Prepared
from storage.tables import outbox
from tests.world import DEMO_COMPANY, World

ORDER = "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送"


async def _an_order_waits_for_review(world: World) -> int:
    await world.says("lina", ORDER)
    number = (await world.says("lina", "确认")).order
    assert number is not None
    return number


async def test_a_draft_that_runs_out_says_so_to_its_person_once(world):
    await world.says("lina", ORDER)

    await world.passes(minutes=29)
    assert world.told("user:lina") == []
    await world.passes(minutes=2)
    await world.passes(minutes=60)

    [told] = world.told("user:lina")
    assert "没确认的已过期" in told
    assert "人民路华联" in told
    await world.says("lina", "确认")
    assert world.told("group:review") == []


async def test_a_confirmed_draft_does_not_run_out(world):
    await _an_order_waits_for_review(world)

    await world.passes(hours=1)

    assert world.told("user:lina") == []


async def test_what_stands_too_long_is_told_at_its_moment_and_only_once(world):
    number = await _an_order_waits_for_review(world)
    entered = world.now

    await world.passes(hours=2)
    await world.passes(hours=0)

    overdue = [item for item in world.pushed if "超时" in item.text]
    assert overdue
    assert overdue[0].at == entered + timedelta(minutes=30)
    texts = [(item.to, item.at) for item in overdue]
    assert len(texts) == len(set(texts))
    await world.says("heting", f"通过 {number}")
    before = len(world.pushed)
    await world.passes(hours=1)
    assert len(world.pushed) == before


async def _stands_in(world: World, number: int, step: str) -> None:
    """By hand: the order stands in a step, which the rules need not know."""
    by_hand = Event(f"order:{number}", "order:noted", world.now, "lina", "by hand", {})
    async with world.program.units() as uow:
        order = await uow.orders.get(number)
        await uow.save(Change(replace(order, step=step), (by_hand,)))
        await uow.commit()


def _watch(world: World) -> TimerWatch:
    """The program's own watch, without chance."""
    program = world.program
    return TimerWatch(
        program.store.timers,
        program.units,
        program.rulebook.company,
        world.clock,
        lambda _: None,
        program.store.todos.add,
        chance=lambda: 1.0,
    )


async def test_a_timer_that_cannot_be_handled_waits_longer_each_time_and_is_shown_once(world, caplog):
    number = await _an_order_waits_for_review(world)
    await _stands_in(world, number, "no-such-step")
    world.clock.move(timedelta(minutes=31))
    watch, timers = _watch(world), world.program.store.timers
    waits = [timedelta()]
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            world.clock.move(waits[-1])
            assert await watch.turn() == 1
            assert await watch.turn() == 0
            waits.append(await timers.next_due() - world.now)

    assert waits[3] > 1.5 * waits[2] > 2 * waits[1]
    (troubled,) = await timers.troubled()
    assert (troubled.timer.order, troubled.attempts, troubled.error) == (
        number,
        3,
        "KeyError: 'no-such-step'",
    )
    assert [listed.todo.kind for listed in await world.program.store.todos.open()] == ["timer_failed"]
    assert "超时提醒出错的单" in (await world.says("linxiaomei", "我的待办")).text
    assert "timer failed" in caplog.text
    _, parts = await world.program.health.report()
    assert parts["timers"].startswith(
        f"warning: 1 could not be handled and are tried again; the longest: order {number}"
    )
    await world.program.gauge()
    assert b"gendan_timers_troubled 1.0" in world.program.metrics.exposition()

    await _stands_in(world, number, "reviewing")
    world.clock.move(waits[-1])
    await watch.turn()
    assert await timers.troubled() == ()
    assert [event.kind for event in await world.story(number)].count("order:escalated") == 1


async def test_a_poisoned_order_holds_up_none_of_the_others(world):
    numbers = [await _an_order_waits_for_review(world) for _ in range(6)]
    poisoned = numbers[0]
    await _stands_in(world, poisoned, "no-such-step")

    await world.passes(minutes=31)

    escalated = [
        number
        for number in numbers
        if "order:escalated" in [event.kind for event in await world.story(number)]
    ]
    assert escalated == numbers[1:]
    assert [due.timer.order for due in await world.program.store.timers.troubled()] == [poisoned]
    good, parts = await world.program.health.report()
    assert good
    assert f"order {poisoned}" in parts["timers"]


async def test_an_order_on_which_somebody_acts_at_that_moment_is_looked_at_again_soon(world):
    number = await _an_order_waits_for_review(world)
    world.clock.move(timedelta(minutes=31))
    units = world.program.units
    meddled: list[object] = []

    @asynccontextmanager
    async def somebody_else_is_first():
        async with units() as uow, units() as other:
            if not meddled:
                meddled.append(await other.orders.get(number))

            class Interrupted:
                def __getattr__(self, name):
                    return getattr(uow, name)

                async def commit(self):
                    if len(meddled) == 1:
                        meddled.append("now")
                        raise Stale("40001")
                    await uow.commit()

            yield Interrupted()

    watch = replace(_watch(world), units=somebody_else_is_first)
    assert await watch.turn() == 1
    assert await watch.turn() == 0
    world.clock.move(SOON)
    assert await watch.turn() == 1

    assert [event.kind for event in await world.story(number)].count("order:escalated") == 1
    assert await world.program.store.todos.open() == ()


async def test_after_hours_without_a_worker_each_order_speaks_once_and_says_how_late(world):
    numbers = [await _an_order_waits_for_review(world) for _ in range(3)]
    entered = (await world.order(numbers[0])).step_since
    await world.passes(minutes=31)
    before = len(world.pushed)
    # Nobody works for six hours: of each order the second and the third rung fall due, and repeats of both.
    world.clock.move(timedelta(hours=6))

    await world.passes(minutes=1)

    deliveries = await _overdue_rows(world, since=entered + timedelta(hours=6))
    assert [(row["order_number"], row["lane"]) for row in deliveries] == [(number, 2) for number in numbers]
    assert all(row["facts"]["rung"] == 3 for row in deliveries)
    assert all("late" in row["facts"] for row in deliveries)
    for number in numbers:
        rungs = [
            (event.data["rung"], bool(event.data["told"]))
            for event in await world.story(number)
            if event.kind == "order:escalated"
        ]
        assert rungs == [(1, True), (2, False), (3, True)]
    told = [item for item in world.pushed[before:] if "超时" in item.text]
    assert told
    assert "晚了 " in told[0].text

    # Then life goes on: what falls due next is told at its moment again.
    before = len(world.pushed)
    await _an_order_waits_for_review(world)
    await world.passes(minutes=31)
    later = [item for item in world.pushed[before:] if "超时" in item.text]
    assert later
    assert not any("晚了 " in item.text for item in later)


async def _overdue_rows(world: World, since: datetime) -> list[Mapping[str, Any]]:
    """What the outbox was given by ladders since then."""
    async with world.program.store.database.session() as session:
        rows = await session.rows(
            Prepared(
                select(outbox)
                .where(outbox.c.kind == literal_column("'overdue'"))
                .order_by(outbox.c.order_number)
            )
        )
    return [row for row in rows if row["created_at"] >= since]


@pytest.fixture
def say():
    """A message of lina's on WeCom."""
    return lambda world, key: Message(MessageKey("wecom", "app", key), "lina", "在吗", world.now)


async def test_a_reply_that_missed_its_line_is_brought_once(world, say):
    late, reply = world.program.late, Reply("**已建单 #17**")

    await late.bring(say(world, "m1"), reply)
    await late.bring(say(world, "m1"), reply)
    await late.bring(say(world, "m2"), Reply("第二句"))
    await world.passes(minutes=0)

    assert world.told("user:lina") == ["**已建单 #17**", "第二句"]


async def test_a_reply_that_missed_its_line_does_not_wait_for_the_next_tick(world, say):
    woken: list[str] = []
    late = replace(world.program.late, wake=lambda: woken.append("now"))

    await late.bring(say(world, "m1"), Reply("x"))
    await late.bring(say(world, "m1"), Reply("x"))

    assert woken == ["now"]


async def test_a_late_reply_to_a_stranger_goes_nowhere(world, say):
    stranger = replace(say(world, "m1"), sender="nobody")

    await world.program.late.bring(stranger, Reply("x"))
    await world.passes(minutes=0)

    assert world.pushed == []


async def test_a_change_of_rules_is_followed_by_a_process_nobody_talks_to(world):
    texts = dict(load(DEMO_COMPANY).texts)
    texts["company.yaml"] = texts["company.yaml"].replace("name: 云州饮品批发", "name: 云州新饮品")

    await world.program.store.rules.add(world.now, "linxiaomei", "a new name", texts)
    await world.passes(minutes=0)

    company = world.program.rulebook.company()
    assert (company.version, company.name) == (2, "云州新饮品")


async def test_rules_that_this_release_cannot_read_do_not_keep_ladders_from_ringing(world, caplog):
    number = await _an_order_waits_for_review(world)
    texts = {**load(DEMO_COMPANY).texts, "company.yaml": "of_a_later_release: 1\n"}
    await world.program.store.rules.add(world.now, "linxiaomei", "upgrade", texts)

    with caplog.at_level(logging.CRITICAL):
        await world.passes(minutes=31)

    assert any(
        f"超时提醒 #{number}" in text for text in world.told("group:review") + world.told("user:heting")
    )


async def test_what_was_delivered_long_ago_is_forgotten_and_what_is_owed_is_not(world):
    await _an_order_waits_for_review(world)
    assert world.told("group:review")

    await world.passes(days=40)
    await world.program.worker._tidy.turn()

    async with world.program.units() as uow:
        opening = await uow.open(MessageKey("console", "console", "world-1"), "lina", "")
    assert opening.reply is None
    assert (await world.program.store.audit()).broken == ()
