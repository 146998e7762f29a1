"""Two at once, interleaved by hand: the database decides who was first, and the other one is told so."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from domain.errors import Stale
from domain.facts import Event, Notice, StockChange, StockMove, Timer
from domain.ports import Conversation, UnitsOfWork
from domain.queues import DueTimer
from storage.audit import verify
from storage.engine import Database
from storage.feed import Feed
from storage.numbers import Numbers
from storage.outbox import Outbox
from storage.rules import Rules
from storage.timers import Timers
from tests.integration.storage.stories import (
    NOW,
    ZERO,
    a_change,
    a_key,
    a_line,
    an_event,
    an_order,
    everything,
    goods,
    level,
    reserving,
    stocked,
    written,
)

LEASE = timedelta(minutes=1)


async def test_an_order_is_changed_by_the_first_only(units: UnitsOfWork):
    await written(units, an_order(1))
    async with units() as first, units() as second:
        mine, theirs = await first.orders.get(1), await second.orders.get(1)
        await first.save(a_change(replace(mine, step="shipped")))
        await first.commit()
        await second.save(a_change(replace(theirs, step="cancelled")))
        with pytest.raises(Stale):
            await second.commit()

    async with units() as uow:
        order = await uow.orders.get(1)
        assert (order.step, order.version) == ("shipped", 2)
        assert len(await uow.events.of_order(1)) == 2


async def test_a_number_is_written_once(units: UnitsOfWork):
    await written(units, an_order(1))

    async with units() as uow:
        await uow.save(a_change(an_order(1)))
        with pytest.raises(Stale):
            await uow.commit()


async def test_the_last_boxes_are_promised_once(units: UnitsOfWork):
    await stocked(units, level(on_hand=48))
    async with units() as first, units() as second:
        assert (await first.stock.levels(["COLA"]))["EAST", "COLA"].available == 48
        assert (await second.stock.levels(["COLA"]))["EAST", "COLA"].available == 48
        await first.save(a_change(an_order(1), moves=reserving(an_order(1))))
        await first.commit()
        await second.save(a_change(an_order(2), moves=reserving(an_order(2))))
        with pytest.raises(Stale):
            await second.commit()

    async with units() as uow:
        assert await uow.stock.levels([]) == {("EAST", "COLA"): level(on_hand=48, reserved=48)}


async def lose(units: UnitsOfWork, sku: str) -> None:
    """Promise more than there is."""
    async with units() as uow:
        order = an_order(99, a_line(1, sku, boxes="1000", reserved="24000"))
        await uow.save(a_change(order, moves=reserving(order)))
        with pytest.raises(Stale):
            await uow.commit()


async def test_stock_is_read_without_waiting_until_somebody_loses_over_it(units: UnitsOfWork):
    await stocked(units, level(on_hand=48), level("TEA"))

    async def available(*skus: str) -> Decimal:
        async with units() as uow:
            return (await uow.stock.take(skus))["EAST", "COLA"].available

    async with units() as first:
        await first.stock.take(["COLA"])
        assert await available("COLA") == 48
    await lose(units, "COLA")

    async with units() as first:
        await first.stock.take(["COLA"])
        waiting = asyncio.create_task(available("TEA", "COLA"))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await first.save(a_change(an_order(1), moves=reserving(an_order(1))))
        await first.commit()

    assert await waiting == ZERO


async def test_whoever_lost_over_the_last_boxes_gets_a_true_answer_the_second_time(units: UnitsOfWork):
    """Fifty buyers, ten boxes; each may try twice, as a message does."""
    await stocked(units, level(on_hand=240))

    async def buy(number: int) -> bool:
        for _ in range(2):
            try:
                async with units() as uow:
                    if (await uow.stock.take(["COLA"]))["EAST", "COLA"].available < 24:
                        return False
                    await asyncio.sleep(0)
                    order = an_order(number, a_line(boxes="1", reserved="24"))
                    await uow.save(a_change(order, moves=reserving(order)))
                    await uow.commit()
            except Stale:
                continue
            return True
        raise AssertionError("lost twice")

    bought = await asyncio.gather(*(buy(number) for number in range(1, 51)))

    assert sum(bought) == 10
    async with units() as uow:
        assert await uow.stock.levels([]) == {("EAST", "COLA"): level(on_hand=240, reserved=240)}


async def test_a_count_holds_only_for_the_stock_that_was_seen(units: UnitsOfWork):
    await stocked(units, level(on_hand=100))
    counted = StockMove("EAST", "COLA", "count", Decimal(-10), ZERO)
    event = Event("stock", "stock:counted", NOW, "keeper", "m", {})
    async with units() as counting:
        await counting.stock.take(["COLA"])
        await stocked(units, level(on_hand=5))
        with pytest.raises(Stale):
            await counting.save(StockChange((counted,), event))
    async with units() as counting:
        await counting.stock.take(["COLA"])
        await counting.save(StockChange((counted,), event))
        await counting.commit()

    async with units() as uow:
        assert await uow.stock.levels([]) == {("EAST", "COLA"): level(on_hand=95)}


async def test_two_that_want_the_same_products_in_another_order_both_get_them(units: UnitsOfWork):
    await stocked(units, level(), level("TEA"))
    lines = (a_line(1), a_line(2, "TEA"))
    orders = an_order(1, *lines), an_order(2, *reversed(lines))

    async def enter(order):
        async with units() as uow:
            await uow.save(a_change(order, moves=reserving(order)))
            await asyncio.sleep(0)
            await uow.commit()

    await asyncio.gather(*(enter(order) for order in orders))

    async with units() as uow:
        assert {one.reserved for one in (await uow.stock.levels([])).values()} == {Decimal(96)}


async def test_a_message_is_recorded_once_even_by_two_at_once(units: UnitsOfWork):
    async with units() as first, units() as second:
        assert (await first.open(a_key(), "lina", "")).reply is None
        assert (await second.open(a_key(), "lina", "")).reply is None
        await first.save(a_change(an_order(1)))
        await first.record(a_key(), "lina", "x", NOW, {"text": "first"})
        await first.commit()
        await second.save(a_change(an_order(2)))
        await second.record(a_key(), "lina", "x", NOW, {"text": "second"})
        with pytest.raises(Stale):
            await second.commit()

    async with units() as uow:
        assert (await uow.open(a_key(), "lina", "")).reply == {"text": "first"}
        assert await uow.events.of_order(2) == ()


@pytest.mark.parametrize("version", [0, 1])
async def test_a_conversation_is_continued_by_the_first_only(units: UnitsOfWork, version: int):
    for at in range(version):
        async with units() as uow:
            await uow.remember(Conversation("lina", "", at, {"at": at}))
            await uow.commit()
    async with units() as first, units() as second:
        conversation = (await first.open(a_key("1"), "lina", "")).conversation
        assert (await second.open(a_key("2"), "lina", "")).conversation == conversation
        await first.remember(replace(conversation, document={"said": "first"}))
        await first.commit()
        await second.remember(replace(conversation, document={"said": "second"}))
        with pytest.raises(Stale):
            await second.commit()

    async with units() as uow:
        assert (await uow.open(a_key(), "lina", "")).conversation.document == {"said": "first"}


@pytest.mark.parametrize("version", [0, 1])
async def test_a_note_gives_way_to_another_message_and_keeps_none_waiting(units: UnitsOfWork, version: int):
    for at in range(version):
        async with units() as uow:
            await uow.remember(Conversation("lina", "", at, {"at": at}))
            await uow.commit()
    async with units() as first, units() as second, units() as third:
        conversation = (await first.open(a_key("1"), "lina", "")).conversation
        await second.open(a_key("2"), "lina", "")
        await third.open(a_key("3"), "lina", "")
        await first.note(replace(conversation, document={"said": "first"}))
        await first.commit()
        if version:
            await second.remember(replace(conversation, document={"said": "second"}))
            await second.commit()
        await third.note(replace(conversation, document={"said": "third"}))
        await third.commit()

    async with units() as uow:
        kept = (await uow.open(a_key(), "lina", "")).conversation
    assert kept.document == {"said": "second" if version else "first"}
    assert kept.version == version + 1


async def test_a_timer_is_decided_once(units: UnitsOfWork):
    await stocked(units, level())
    async with units() as uow:
        await uow.save(everything(an_order(1)))
        await uow.commit()
    timer = Timer(1, 1, 0, 0, NOW)

    async def second() -> bool:
        async with units() as uow:
            return await uow.take(timer)

    async with units() as first:
        assert await first.take(timer)
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await first.commit()

    assert not await waiting
    assert not await second()


async def test_a_timer_whose_decision_failed_is_decided_by_the_next(units: UnitsOfWork):
    await stocked(units, level())
    async with units() as uow:
        await uow.save(everything(an_order(1)))
        await uow.commit()
    timer = Timer(1, 1, 0, 0, NOW)
    async with units() as uow:
        assert await uow.take(timer)

    async with units() as uow:
        assert await uow.take(timer)
        assert not await uow.take(replace(timer, rung=9))


async def test_timers_are_given_to_one_claimer_until_the_lease_ends(database: Database, units: UnitsOfWork):
    hour = timedelta(hours=1)
    due = tuple(Timer(1, 1, rung, 0, NOW + rung * hour) for rung in range(4))
    async with units() as uow:
        await uow.save(a_change(an_order(1), timers=due))
        await uow.commit()
    timers = Timers(database)

    assert await timers.claim(NOW + 2 * hour, 2, LEASE) == tuple(map(DueTimer, due[:2]))
    assert await timers.claim(NOW + 2 * hour, 2, LEASE) == (DueTimer(due[2]),)
    assert await timers.claim(NOW + 2 * hour, 2, LEASE) == ()
    assert await timers.claim(NOW + 2 * hour + LEASE, 9, LEASE) == tuple(
        DueTimer(timer, attempts=2) for timer in due[:3]
    )
    assert await timers.next_due() == NOW


async def test_an_outbox_row_is_given_to_one_of_two_claimers(database: Database, units: UnitsOfWork):
    await stocked(units, level())
    async with units() as uow:
        await uow.save(everything(an_order(1)))
        await uow.commit()
    outbox = Outbox(database)

    claims = await asyncio.gather(*(outbox.claim(NOW, 2, LEASE, f"p{n}") for n in range(4)))

    ids = [one.id for claim in claims for batch in claim for one in batch.deliveries]
    assert len(ids) == len(set(ids)) == 3


async def test_two_who_apply_rules_at_once_do_not_both_win(database: Database):
    rules = Rules(database)
    outcomes = await asyncio.gather(
        *(rules.add(NOW, "chief", f"{n}", {"company.yaml": f"{n}"}) for n in range(3)), return_exceptions=True
    )

    versions = [one.version for one in outcomes if not isinstance(one, BaseException)]
    assert len(set(versions)) == len(versions)
    assert all(isinstance(one, Stale) for one in outcomes if isinstance(one, BaseException))
    assert len(await rules.history()) == len(versions) >= 1
    assert not (await verify(database)).broken


async def test_goods_of_two_deliveries_both_count_and_chain(database: Database, units: UnitsOfWork):
    async def receive() -> None:
        while True:
            try:
                async with units() as uow:
                    await uow.save(goods(level(on_hand=10)))
                    await uow.commit()
            except Stale:
                continue
            return

    await asyncio.gather(*(receive() for _ in range(5)))

    async with units() as uow:
        assert await uow.stock.levels([]) == {("EAST", "COLA"): level(on_hand=50)}
    verdict = await verify(database)
    assert (verdict.events, verdict.broken) == (5, ())


async def test_pushes_at_once_get_numbers_that_grow(database: Database):
    from domain.sending import Rendered

    feed = Feed(database)
    await asyncio.gather(*(feed.append("user:lina", Rendered(f"{n}"), NOW, f"k{n % 6}") for n in range(9)))

    assert [item.seq for item in await feed.after(0)] == [1, 2, 3, 4, 5, 6]


def test_a_number_written_meanwhile_is_not_given_again():
    numbers = Numbers()
    first = numbers.give(7)
    numbers.written([first])
    numbers.give_back([first])

    # Read before the first was written.
    assert (first, numbers.give(7)) == (7, 8)


async def test_many_who_order_at_once_get_numbers_without_a_gap(units: UnitsOfWork):
    async def order() -> int:
        async with units() as uow:
            number = await uow.orders.next_number()
            await uow.save(a_change(an_order(number)))
            await uow.commit()
            return number

    numbers = [number for _ in range(5) for number in await asyncio.gather(*(order() for _ in range(8)))]

    assert sorted(numbers) == list(range(1, 41))


async def test_a_timer_put_off_waits_and_keeps_the_moment_it_fell_due(database: Database, units: UnitsOfWork):
    timer, hour = Timer(1, 1, 0, 0, NOW), timedelta(hours=1)
    async with units() as uow:
        await uow.save(a_change(an_order(1), timers=(timer,)))
        await uow.commit()
    timers = Timers(database)
    await timers.claim(NOW, 9, LEASE)

    await timers.put_off(timer, NOW + hour, "KeyError")
    await timers.put_off(timer, NOW + hour)

    assert await timers.next_due() == NOW + hour
    assert await timers.claim(NOW + hour - LEASE, 9, LEASE) == ()
    assert await timers.troubled() == (DueTimer(timer, 1, "KeyError"),)
    assert await timers.claim(NOW + hour, 9, LEASE) == (DueTimer(timer, 2, "KeyError"),)
    async with units() as uow:
        assert await uow.take(timer)
        await uow.commit()
    await timers.put_off(timer, NOW, "too late")
    assert await timers.claim(NOW + 9 * hour, 9, LEASE) == ()
    assert await timers.troubled() == ()


async def test_late_rungs_of_a_step_entry_are_taken_together_and_once(database: Database, units: UnitsOfWork):
    hour = timedelta(hours=1)
    late = tuple(Timer(1, 1, rung, 0, NOW + rung * hour) for rung in range(3))
    others = (Timer(1, 2, 0, 0, NOW), Timer(1, 1, 3, 0, NOW + 9 * hour))
    async with units() as uow:
        await uow.save(a_change(an_order(1), timers=late + others))
        await uow.save(a_change(an_order(2), timers=(Timer(2, 1, 0, 0, NOW),)))
        await uow.commit()
    await Timers(database).put_off(late[1], NOW + 20 * hour, "a bug")

    async def second() -> tuple[Timer, ...]:
        async with units() as uow:
            return await uow.take_late(late[2], NOW + 2 * hour)

    async with units() as first:
        assert await first.take_late(late[0], NOW + 2 * hour) == late
        waiting = asyncio.create_task(second())
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await first.commit()

    assert await waiting == ()
    async with units() as uow:
        assert not await uow.take(late[1])
        assert await uow.take(others[0])
        assert await uow.take(others[1])


async def test_not_even_a_mistake_of_ours_writes_what_a_rung_tells_twice(
    database: Database, units: UnitsOfWork
):
    rung = an_event(1, "order:escalated", source="timer:1:1:0:0")
    both = [Notice("overdue", to, 1) for to in ("group:warehouse", "user:seller")]
    async with units() as uow:
        await uow.save(a_change(an_order(1), events=(rung,), notices=tuple(both)))
        await uow.commit()

    async with units() as uow:
        order = await uow.orders.get(1)
        await uow.save(a_change(order, events=(rung,), notices=(both[1],)))
        with pytest.raises(Stale):
            await uow.commit()

    async with units() as uow:
        order = await uow.orders.get(1)
        await uow.save(a_change(order, events=(replace(rung, source="timer:1:1:0:1"),), notices=(both[1],)))
        await uow.commit()
        assert len(await uow.events.of_order(1)) == 2
    assert len(await Outbox(database).pending()) == 4
