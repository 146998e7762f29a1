"""The bell and who rings it."""

import asyncio

from tests.fakes.console import ConsoleWorld


async def test_a_push_wakes_who_took_a_ticket_before():
    world = ConsoleWorld()
    ticket = world.news.ticket()

    await world.push("group:sales", "早")

    assert ticket.is_set()
    assert not world.news.ticket().is_set()


async def test_the_same_outbox_row_is_shown_once():
    world = ConsoleWorld()

    await world.push("user:lina", "通过了", key="outbox-9")
    await world.push("user:lina", "通过了", key="outbox-9")

    assert [item.text for item in await world.console.pushed(0)] == ["通过了"]


async def test_a_feed_that_gives_in_parts_is_read_to_its_end():
    world = ConsoleWorld()
    for number in range(5):
        await world.push("user:lina", f"第{number}条")

    assert [item.seq for item in await world.console.pushed(1)] == [2, 3, 4, 5]


async def test_time_that_passed_wakes_the_live_pages():
    world = ConsoleWorld()
    ticket = world.news.ticket()

    await world.console.pass_time(60)

    async with asyncio.timeout(1):
        await ticket.wait()


def test_closing_wakes_everybody_for_good():
    world = ConsoleWorld()
    ticket = world.news.ticket()

    world.console.close()

    assert world.news.closed
    assert ticket.is_set()
