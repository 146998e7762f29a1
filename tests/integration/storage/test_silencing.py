"""收到 against the rung that rings at the same moment, interleaved by hand: one of the two is first, and nothing is lost.

The ladder rings (take, read, write), somebody silences it (read, move the timers, write); whoever comes second finds
out and begins anew with what the first one left.
"""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from domain.errors import Stale
from domain.facts import Timer
from domain.ports import UnitOfWork, UnitsOfWork
from storage.engine import Database
from storage.timers import Timers
from tests.integration.storage.stories import NOW, a_change, an_order

LEASE = timedelta(minutes=1)
HALF = timedelta(minutes=30)
DUE = Timer(1, 1, 1, 0, NOW)
LATER = replace(DUE, due=NOW + HALF)


@pytest.fixture
async def standing(units: UnitsOfWork) -> None:
    """An order whose first rung has rung and whose second is due now, the third in a while."""
    async with units() as uow:
        timers = (replace(DUE, rung=0), DUE, replace(DUE, rung=2, due=NOW + HALF))
        await uow.save(a_change(an_order(1), timers=timers))
        await uow.commit()
    async with units() as uow:
        assert await uow.take(replace(DUE, rung=0))
        await uow.commit()


async def acks(uow: UnitOfWork) -> None:
    """What 收到 writes: every repeat of every rung that may be set, as far behind as before."""
    order = await uow.orders.get(1)
    moved = tuple(replace(DUE, rung=rung, due=NOW + HALF * max(rung, 1)) for rung in range(3))
    await uow.save(a_change(replace(order, silent_until=NOW + HALF), moved=moved))


async def rings(uow: UnitOfWork) -> bool:
    """What a due rung writes where it is ours to decide."""
    if not await uow.take(DUE):
        return False
    order = await uow.orders.get(1)
    await uow.save(a_change(replace(order, heard=(1, 1))))
    return True


async def claimed(database: Database, at: datetime, lease: timedelta = LEASE) -> list[Timer]:
    return [due.timer for due in await Timers(database).claim(at, 9, lease)]


async def set_timers(database: Database) -> list[Timer]:
    return await claimed(database, NOW + timedelta(days=1))


@pytest.mark.usefixtures("standing")
async def test_a_silenced_rung_rings_later_and_what_has_rung_stays_so(units: UnitsOfWork, database: Database):
    async with units() as uow:
        await acks(uow)
        await uow.commit()

    async with units() as uow:
        assert not await rings(uow)  # it was claimed before
    assert await claimed(database, NOW, LEASE) == []
    assert await claimed(database, NOW + HALF, LEASE) == [LATER]
    async with units() as uow:
        assert await uow.take(LATER)
        await uow.commit()
    async with units() as uow:
        assert not await uow.take(LATER)


@pytest.mark.usefixtures("standing")
async def test_a_rung_that_somebody_was_just_given_is_his_no_longer(units: UnitsOfWork, database: Database):
    assert await claimed(database, NOW, timedelta(hours=9)) == [DUE]

    async with units() as uow:
        await acks(uow)
        await uow.commit()
    await Timers(database).put_off(DUE, NOW, "it could not be handled")

    assert await Timers(database).troubled() == ()
    assert await Timers(database).claim(NOW, 9, LEASE) == ()
    assert LATER in await set_timers(database)


@pytest.mark.usefixtures("standing")
async def test_the_word_comes_while_the_rung_is_being_decided(units: UnitsOfWork, database: Database):
    async with units() as ringing:
        assert await rings(ringing)

        async def silence() -> bool:
            async with units() as uow:
                await acks(uow)
                try:
                    await uow.commit()
                except Stale:
                    return False
                return True

        silencing = asyncio.create_task(silence())
        await asyncio.sleep(0.2)
        assert not silencing.done()
        await ringing.commit()

        assert not await silencing

    async with units() as uow:
        order = await uow.orders.get(1)
        assert (order.heard, order.silent_until, order.version) == ((1, 1), None, 2)
        assert [event.kind for event in await uow.events.of_order(1)] == ["order:entered"] * 2
    assert await set_timers(database) == [replace(DUE, rung=2, due=NOW + HALF)]
    # Said again, it silences what is left.
    async with units() as uow:
        await acks(uow)
        await uow.commit()
    async with units() as uow:
        assert (await uow.orders.get(1)).silent_until == NOW + HALF


@pytest.mark.usefixtures("standing")
async def test_the_rung_is_taken_while_the_word_is_being_written(units: UnitsOfWork, database: Database):
    async with units() as silencing:
        await acks(silencing)

        async def ring() -> bool:
            async with units() as uow:
                rang = await rings(uow)
                await uow.commit()
                return rang

        ringing = asyncio.create_task(ring())
        await asyncio.sleep(0.2)
        assert not ringing.done()
        await silencing.commit()

        assert not await ringing

    async with units() as uow:
        order = await uow.orders.get(1)
        assert (order.heard, order.silent_until, order.version) == ((), NOW + HALF, 2)
    assert await set_timers(database) == [LATER, replace(DUE, rung=2, due=NOW + 2 * HALF)]


@pytest.mark.usefixtures("standing")
async def test_a_word_that_was_not_written_moved_nothing(units: UnitsOfWork, database: Database):
    async with units() as uow:
        await acks(uow)

    assert await set_timers(database) == [DUE, replace(DUE, rung=2, due=NOW + HALF)]


@pytest.mark.usefixtures("standing")
async def test_two_who_say_so_at_once_are_first_and_second(units: UnitsOfWork):
    async with units() as uow:
        order = await uow.orders.get(1)
        async with units() as other:
            await acks(other)
            await other.commit()
        await uow.save(a_change(replace(order, silent_until=NOW + 2 * HALF), moved=(LATER,)))
        with pytest.raises(Stale):
            await uow.commit()
