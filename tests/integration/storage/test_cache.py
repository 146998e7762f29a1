"""What may be lost is shared by all processes through Redis."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from storage.redis import RedisCache
from tests.services.valkey import valkey

LONG = timedelta(minutes=1)
SHORT = timedelta(milliseconds=50)


@pytest.fixture
async def cache(redis_url: str) -> AsyncIterator[RedisCache]:
    """Closed at the end."""
    cache = RedisCache(redis_url)
    yield cache
    await cache.close()


async def test_a_value_is_kept_for_as_long_as_it_lives(cache: RedisCache):
    assert await cache.get("token:a") is None
    await cache.set("token:a", "通", LONG)
    await cache.set("token:b", "b", SHORT)
    assert (await cache.get("token:a"), await cache.get("token:b")) == ("通", "b")
    await asyncio.sleep(0.1)

    assert (await cache.get("token:a"), await cache.get("token:b")) == ("通", None)
    await cache.set("token:a", "new", LONG)
    assert await cache.get("token:a") == "new"


@pytest.mark.parametrize("lives", [timedelta(), timedelta(seconds=-1)])
async def test_a_value_whose_time_is_over_is_not_kept(cache: RedisCache, lives: timedelta):
    await cache.set("a", "1", lives)

    assert await cache.get("a") is None


async def test_one_at_a_time_holds_a_lock(cache: RedisCache):
    inside: list[str] = []

    async def work(name: str) -> None:
        async with cache.lock("token:a", LONG):
            inside.append(f"{name} in")
            await asyncio.sleep(0.02)
            inside.append(f"{name} out")

    await asyncio.gather(work("a"), work("b"))

    assert [said.split()[1] for said in inside] == ["in", "out", "in", "out"]


async def test_locks_of_other_keys_do_not_wait(cache: RedisCache):
    async with cache.lock("a", LONG), cache.lock("b", LONG):
        pass


async def test_who_holds_a_lock_too_long_is_passed_by_and_does_not_open_it_for_a_third(
    cache: RedisCache,
):
    order: list[str] = []

    async def slow() -> None:
        async with cache.lock("a", SHORT):
            await asyncio.sleep(0.15)
        order.append("slow out")

    async def passing() -> None:
        await asyncio.sleep(0.01)
        async with cache.lock("a", SHORT):
            order.append("passing in")

    await asyncio.gather(slow(), passing())
    assert order == ["passing in", "slow out"]


async def test_a_wake_up_reaches_everybody_who_listens(cache: RedisCache):
    listeners = [cache.wakings() for _ in range(2)]
    for listener in listeners:
        await anext(listener)  # listening from here on

    await cache.wake()

    for listener in listeners:
        await asyncio.wait_for(anext(listener), 5)
        await listener.aclose()


async def test_without_redis_nothing_is_found_and_nobody_waits():
    with valkey(own=True) as server:
        cache = RedisCache(server.url)
        await cache.set("a", "1", LONG)
        with server.outage():
            assert await cache.get("a") is None
            await cache.set("b", "1", LONG)
            async with cache.lock("a", LONG), cache.lock("a", LONG):
                await cache.wake()
        assert await cache.get("b") is None
        await cache.set("b", "2", LONG)
        assert await cache.get("b") == "2"
        await cache.close()
