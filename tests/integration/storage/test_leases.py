"""What one process at a time does: one of many gets it, a dead one loses it, and its number only grows."""

import asyncio
from datetime import timedelta

import pytest

from storage.engine import Database
from storage.leases import SqlLeases
from tests.integration.storage.stories import NOW

LIVES = timedelta(seconds=15)
NAME = "wecom-bot:b1"


@pytest.fixture
def leases(database: Database) -> SqlLeases:
    """Nobody holds anything."""
    return SqlLeases(database)


async def test_of_many_that_ask_at_once_one_gets_it(leases: SqlLeases):
    taken = await asyncio.gather(*(leases.take(NAME, f"p{number}", NOW, LIVES) for number in range(5)))

    (lease,) = [one for one in taken if one]
    assert await leases.held(NAME, NOW) == lease
    assert (lease.fence, lease.until) == (1, NOW + LIVES)


async def test_who_holds_it_renews_it_under_the_same_number(leases: SqlLeases):
    first = await leases.take(NAME, "a", NOW, LIVES)
    again = await leases.take(NAME, "a", NOW + LIVES / 2, LIVES)

    assert first is not None
    assert again is not None
    assert again.fence == first.fence
    assert await leases.take(NAME, "b", NOW + LIVES, LIVES) is None


async def test_who_does_not_renew_loses_it_and_the_number_grows(leases: SqlLeases):
    await leases.take(NAME, "a", NOW, LIVES)

    assert await leases.take(NAME, "b", NOW + LIVES - timedelta(milliseconds=1), LIVES) is None
    second = await leases.take(NAME, "b", NOW + LIVES, LIVES)
    assert second is not None
    assert second.fence == 2
    assert await leases.take(NAME, "a", NOW + LIVES, LIVES) is None


async def test_who_lets_go_is_followed_at_once_and_the_number_grows_all_the_same(leases: SqlLeases):
    await leases.take(NAME, "a", NOW, LIVES)

    await leases.release(NAME, "b", NOW)
    assert await leases.take(NAME, "b", NOW, LIVES) is None
    await leases.release(NAME, "a", NOW)
    assert await leases.held(NAME, NOW) is None
    follower = await leases.take(NAME, "b", NOW, LIVES)

    assert follower is not None
    assert follower.fence == 2


async def test_each_name_is_held_by_itself(leases: SqlLeases):
    assert await leases.take(NAME, "a", NOW, LIVES)
    assert await leases.take("other", "b", NOW, LIVES)
