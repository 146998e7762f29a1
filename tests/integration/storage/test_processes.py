"""Who works on the database: everybody counts those who have shown themselves lately."""

from datetime import timedelta

import pytest

from domain.errors import DatabaseAway
from scheduler.census import EVERY, LATELY, Census
from storage.engine import Database, connect
from storage.processes import Processes
from tests.fakes.outbox import FakeClock
from tests.integration.storage.stories import NOW

MOMENT = timedelta(microseconds=1)


async def test_who_was_seen_lately_is_known(database: Database):
    processes = Processes(database)
    assert await processes.known(NOW - LATELY) == 0
    await processes.seen("a", NOW - LATELY)
    await processes.seen("b", NOW)
    assert await processes.known(NOW - LATELY) == 1

    await processes.seen("a", NOW)
    assert await processes.known(NOW - LATELY) == 2

    await processes.leave("a")
    await processes.leave("nobody")
    assert await processes.known(NOW - LATELY) == 1


async def test_who_has_not_been_seen_for_long_is_forgotten(database: Database):
    processes = Processes(database)
    await processes.seen("old", NOW - MOMENT)
    await processes.seen("new", NOW)

    assert await processes.forget(NOW) == 1
    assert await processes.known(NOW - LATELY) == 1

    await processes.seen("old", NOW)  # it was only asleep
    assert await processes.known(NOW - LATELY) == 2


async def test_each_counts_the_others_every_few_seconds(database: Database):
    clock = FakeClock(NOW)
    first, second = (Census(Processes(database), name, clock) for name in ("first", "second"))
    assert (first.known, second.known) == (1, 1)
    for census in (first, second):
        assert await census.turn() == 0
    assert (first.known, second.known) == (1, 2)

    clock.move(EVERY - MOMENT)
    await first.turn()
    assert first.known == 1
    clock.move(MOMENT)
    await first.turn()
    assert first.known == 2

    clock.move(LATELY)  # the second was killed long ago
    await first.turn()
    assert first.known == 1


async def test_who_ends_is_not_waited_for(database: Database):
    clock = FakeClock(NOW)
    first, second, idle = (Census(Processes(database), name, clock) for name in ("first", "second", "idle"))
    for census in (first, second):
        await census.turn()

    await second.leave()
    await idle.leave()

    clock.move(EVERY)
    await first.turn()
    assert first.known == 1


async def test_a_clock_that_is_set_back_does_not_silence_anybody(database: Database):
    clock = FakeClock(NOW)
    first, second = (Census(Processes(database), name, clock) for name in ("first", "second"))
    await first.turn()
    clock.move(timedelta(days=-1))
    for census in (first, second):
        await census.turn()
    assert second.known == 2

    clock.move(LATELY)  # the first was killed meanwhile
    await second.turn()
    assert second.known == 1


async def test_while_the_database_is_away_the_last_count_holds(tmp_path):
    async with connect(f"sqlite+aiosqlite:///{tmp_path}/nothing.db") as database:
        census = Census(Processes(database), "a", FakeClock(NOW))
        census.known = 3
        with pytest.raises(DatabaseAway):
            await census.turn()
        assert census.known == 3
        await census.leave()
