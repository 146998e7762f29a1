"""What the program does by itself: drafts run out, ladders climb, replies come late, rules change."""

import logging
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.company.load import load
from domain.ports import MessageKey
from handlers.message import Message, Reply
from scheduler.timers import LEASE, TimerWatch
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


async def test_a_timer_that_cannot_be_handled_waits_and_does_not_stop_the_others(world, caplog):
    for _ in range(2):
        await _an_order_waits_for_review(world)
    bugs = [KeyError("a bug")]

    def company():
        if bugs:
            raise bugs.pop()
        return world.program.rulebook.company()

    program = world.program
    late: list[timedelta] = []
    watch = TimerWatch(program.store.timers, program.units, company, world.clock, late.append)
    world.clock.move(timedelta(minutes=31))
    with caplog.at_level(logging.ERROR):
        first_round = await watch.turn()
    world.clock.move(LEASE)
    second_round = await watch.turn()

    assert (first_round, second_round) == (1, 1)
    assert late == [timedelta(minutes=1), timedelta(minutes=1) + LEASE]
    assert "timer failed" in caplog.text


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


async def test_what_was_delivered_long_ago_is_forgotten_and_what_is_owed_is_not(world):
    await _an_order_waits_for_review(world)
    assert world.told("group:review")

    await world.passes(days=40)
    await world.program.worker._tidy.turn()

    async with world.program.units() as uow:
        opening = await uow.open(MessageKey("console", "console", "world-1"), "lina", "")
    assert opening.reply is None
    assert (await world.program.store.audit()).broken == ()
