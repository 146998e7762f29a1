"""The demo company's first day, played through the whole program at any hour of any day."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.company.demo_orders import SCRIPT, play
from tests.world import World

STEPS = {
    "done": "done",
    "signed": "signed",
    "shipped": "shipped",
    "part": "picking",
    "auto": "picking",
    "picking": "picking",
    "short": "short",
    "reviewing": "reviewing",
    "two": "reviewing",
    "rejected": "draft",
    "hold": "hold",
    "cancelled": "cancelled",
}


async def test_the_first_day_leaves_orders_in_every_step(world: World) -> None:
    numbers = await play(world.program.desk.answer)

    orders = {name: await world.order(number) for name, number in numbers.items()}
    assert {name: order.step for name, order in orders.items()} == STEPS
    assert list(numbers.values()) == list(range(1, 13))


async def test_the_first_day_shows_what_orders_can_be(world: World) -> None:
    numbers = await play(world.program.desk.answer)

    orders = {name: await world.order(number) for name, number in numbers.items()}
    assert orders["done"].paid == orders["done"].amount
    assert 0 < orders["signed"].paid < orders["signed"].amount
    assert orders["part"].shipped_any
    assert not orders["part"].shipped_all
    assert len(orders["two"].approvals) == 1
    assert orders["two"].approvals_needed == 2
    assert orders["auto"].approvals_needed == 0
    assert any(line.lacking for line in orders["short"].lines)


async def test_played_again_the_first_day_changes_nothing(world: World) -> None:
    first = await play(world.program.desk.answer)
    stories = [await world.story(number) for number in first.values()]

    again = await play(world.program.desk.answer)

    assert again == first
    assert [await world.story(number) for number in first.values()] == stories


async def test_every_line_of_the_first_day_is_understood(world: World) -> None:
    await play(world.program.desk.answer)

    said = [event for number in range(1, 13) for event in await world.story(number)]

    # An order is made of two lines (what is wanted, and the yes to it); every other line does one thing.
    sources = {event.source for event in said}
    assert len(sources) == len(SCRIPT) - len(STEPS)


@pytest.mark.parametrize(
    "hour", ["2026-11-28T23:58", "2026-11-29T03:00", "2026-12-31T23:30", "2027-02-28T12:00"]
)
async def test_the_demo_works_at_any_hour(world: World, hour: str) -> None:
    then = datetime.fromisoformat(hour).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    world.clock.move(then - world.now)

    numbers = await play(world.program.desk.answer)

    assert {name: (await world.order(number)).step for name, number in numbers.items()} == STEPS
    reviewing = await world.order(numbers["reviewing"])
    assert reviewing.step_due == world.now + timedelta(minutes=30)


async def test_the_tours_order_finds_its_goods_after_the_first_day(world: World) -> None:
    await play(world.program.desk.answer)

    await world.says("lina", "人民路华联 罐装可乐20箱 雪碧10箱 明天上午送")
    reply = await world.says("lina", "确认")

    assert reply.order is not None
    order = await world.order(reply.order)
    assert order.step == "reviewing"
    assert all(check.passed for check in order.checks)
