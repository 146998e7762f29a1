"""The token rule in the process and in Redis: the same for both, by the platform's clock and by ours."""

import asyncio
import itertools
import os
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from redis.asyncio import Redis

from domain.destinations import DESTINATIONS, MINUTE, SECOND, Destination, Dialect, Limit
from domain.limiting import Grant, Limiter
from storage.limits import SWEEP, ProcessLimiter, RedisLimiter
from tests.integration.storage.stories import NOW
from tests.services.valkey import Valkey, valkey

ROBOT = DESTINATIONS["wecom-robot"]
MOMENT = timedelta(microseconds=1)
NUMBERS = itertools.count()


def alone(_: bool) -> None:
    """Nobody listens."""


@asynccontextmanager
async def through_redis(
    url: str, count: int = 1, alone: Callable[[bool], None] = alone
) -> AsyncIterator[tuple[RedisLimiter, ...]]:
    """The limiters of so many processes that know of one another, in use since long ago."""
    limiters = tuple(RedisLimiter(url, lambda: count, alone) for _ in range(count))
    try:
        for limiter in limiters:
            await limiter.begin(None, NOW)
        yield limiters
    finally:
        for limiter in limiters:
            await limiter.close()


class InTurn:
    """Limiters of several processes as one: each is asked in its turn, by a clock that is so far off."""

    def __init__(self, limiters: Sequence[Limiter], off: Sequence[timedelta]) -> None:
        self._turns = itertools.cycle(zip(limiters, off, strict=True))

    async def take(self, key: str, destination: Destination, now: datetime, wanted: int = 1) -> Grant:
        limiter, off = next(self._turns)
        return await limiter.take(key, destination, now + off, wanted)


@pytest.fixture(params=["process", "redis", "redis from two processes"])
async def limiter(request: pytest.FixtureRequest) -> AsyncIterator[Limiter]:
    """Each of the two, in use since long ago."""
    if request.param == "process":
        yield ProcessLimiter()
        return
    processes = 1 if request.param == "redis" else 2
    async with through_redis(request.getfixturevalue("redis_url"), processes) as limiters:
        yield InTurn(limiters, [timedelta()] * processes)


def a_destination(limits: Sequence[Limit], shared: Sequence[Limit] = ()) -> Destination:
    """One whose account nobody has used yet."""
    account = f"account-{next(NUMBERS)}" if shared else ""
    return Destination("test", 1000, Dialect.NEUTRAL, tuple(limits), tuple(shared), account)


@dataclass
class Bucket:
    """The rule said once more, as a bucket that leaks: exact, and in other words than the code."""

    limit: Limit
    at: datetime = NOW
    level: Fraction = field(default_factory=Fraction)

    @property
    def burst(self) -> int:
        return max(1, 9 * self.limit.count // 20)

    def level_at(self, now: datetime) -> Fraction:
        """How full it is at this moment, if nothing is poured in before."""
        steady = Fraction(9 * self.limit.count, 10) - self.burst
        interval = int(self.limit.span // MOMENT / steady) + 1  # whole microseconds, more than enough
        return max(Fraction(), self.level - Fraction((now - self.at) // MOMENT, interval))

    def room(self, now: datetime) -> int:
        """How many more it holds at this moment."""
        return int(self.burst - self.level_at(now))

    def pour(self, now: datetime, tokens: int) -> None:
        """Hold so many more."""
        self.level, self.at = self.level_at(now) + tokens, now


SPANS = st.sampled_from([SECOND, 10 * SECOND, MINUTE])
LIMITS = st.lists(
    st.builds(Limit, st.integers(2, 40), SPANS), min_size=1, max_size=2, unique_by=lambda limit: limit.span
)
GAPS = st.integers(0, 3_000_000) | st.sampled_from([0, 0, 1, 999_999, 60_000_000])
ASKED = st.lists(st.tuples(GAPS, st.sampled_from("ab"), st.integers(1, 12)), max_size=40)
THOROUGH = settings(
    deadline=None,
    max_examples=150,
    # One limiter serves all examples: each has destinations of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@dataclass
class Asking:
    """A destination with two addresses, asked at moments one after the other."""

    limiter: Limiter
    destination: Destination
    now: datetime = NOW
    name: str = field(default_factory=lambda: f"test-{next(NUMBERS)}")
    sent: dict[str, list[datetime]] = field(default_factory=lambda: {"a": [], "b": []})

    async def take(self, gap: int, address: str, wanted: int) -> Grant:
        """Ask `gap` microseconds later."""
        self.now += gap * MOMENT
        grant = await self.limiter.take(f"{self.name}:{address}", self.destination, self.now, wanted)
        self.sent[address] += [self.now] * grant.tokens
        return grant

    def check(self, tenths: int = 9) -> None:
        """No window of any limit, its ends included, holds more than nine tenths of the figure."""
        everywhere = sorted(self.sent["a"] + self.sent["b"])
        for limits, all_sent in (
            (self.destination.limits, self.sent["a"]),
            (self.destination.limits, self.sent["b"]),
            (self.destination.shared, everywhere),
        ):
            for limit, first in itertools.product(limits, all_sent):
                within = sum(first <= moment <= first + limit.span for moment in all_sent)
                assert 10 * within <= tenths * limit.count


@given(LIMITS, LIMITS, ASKED)
@example([Limit(20, MINUTE)], [Limit(40, MINUTE)], [(0, "a", 12), *[(1_000_000, "a", 12)] * 39])
@THOROUGH
async def test_no_window_ever_holds_more_than_nine_tenths(limiter, limits, shared, asked):
    asking = Asking(limiter, a_destination(limits, shared))
    for gap, address, wanted in asked:
        await asking.take(gap, address, wanted)

    asking.check()


@given(LIMITS, LIMITS, ASKED)
@THOROUGH
async def test_it_grants_what_the_rule_gives_and_not_later(limiter, limits, shared, asked):
    asking = Asking(limiter, a_destination(limits, shared))
    own = {address: [Bucket(limit) for limit in limits] for address in "ab"}
    common = [Bucket(limit) for limit in shared]
    for gap, address, wanted in asked:
        buckets = [*own[address], *common]

        grant = await asking.take(gap, address, wanted)

        assert grant.tokens == min(wanted, *(bucket.room(asking.now) for bucket in buckets))
        for bucket in buckets:
            bucket.pour(asking.now, grant.tokens)
        if grant.tokens < wanted:
            there = asking.now + grant.wait
            assert min(bucket.room(there - MOMENT) for bucket in buckets) == 0
            assert min(bucket.room(there) for bucket in buckets) == 1
        else:
            assert grant.wait == timedelta()


@given(st.lists(st.floats(-5, 5), min_size=3, max_size=3), ASKED)
@example([5, -5, 0], [(0, "a", 12), *[(700_000, "a", 12)] * 39, *[(7_000_000, "a", 12)] * 20])
@THOROUGH
async def test_clocks_that_differ_by_seconds_stay_within_the_platforms_figure(redis_url, off, asked):
    async with through_redis(redis_url, 3) as limiters:
        asking = Asking(InTurn(limiters, [timedelta(seconds=seconds) for seconds in off]), ROBOT)
        for gap, address, wanted in asked:
            await asking.take(gap, address, wanted)

    asking.check(tenths=10)


@pytest.mark.parametrize("kind", [kind for kind, one in DESTINATIONS.items() if one.burst])
async def test_every_way_is_used_steadily_and_no_further(limiter: Limiter, kind: str):
    asking = Asking(limiter, DESTINATIONS[kind])
    for _ in range(60):
        grant = await asking.take(0, "a", 100)
        asking.now += grant.wait

    asking.check()
    assert len(asking.sent["a"]) >= 60


async def test_one_destination_does_not_use_up_anothers_share(limiter: Limiter):
    assert (await limiter.take("wecom-robot:a", ROBOT, NOW, 100)).tokens == 9
    assert (await limiter.take("wecom-robot:a", ROBOT, NOW)).tokens == 0
    assert (await limiter.take("wecom-robot:b", ROBOT, NOW, 100)).tokens == 9


async def test_what_takes_anything_is_not_asked_about(limiter: Limiter):
    anything = replace(DESTINATIONS["console"], limits=())

    assert await limiter.take("console:x", anything, NOW, 500) == Grant(500)


async def test_takers_at_the_same_moment_get_no_more_together(limiter: Limiter):
    grants = await asyncio.gather(*(limiter.take("wecom-robot:c", ROBOT, NOW) for _ in range(30)))

    assert sum(grant.tokens for grant in grants) == 9


async def test_the_process_forgets_whoever_has_rested_and_nobody_else(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("storage.limits.SWEEP", 20)
    limiter, undisturbed = ProcessLimiter(), ProcessLimiter()
    for number in range(1000):
        now, name = NOW + 4 * number * SECOND, f"wecom-robot:often-{number // 50}"
        await limiter.take(f"wecom-robot:{number}", ROBOT, now)
        assert await limiter.take(name, ROBOT, now) == await undisturbed.take(name, ROBOT, now)
        assert limiter.books <= 20


async def test_destinations_that_are_all_busy_are_all_remembered():
    limiter = ProcessLimiter()
    for number in range(3 * SWEEP):
        await limiter.take(f"wecom-robot:{number}", ROBOT, NOW)

    assert limiter.books == 3 * SWEEP


async def test_two_processes_share_the_limits_through_redis(redis_url: str):
    async with through_redis(redis_url, 2) as (first, second):
        got = [(await one.take("wecom-robot:a", ROBOT, NOW, 5)).tokens for one in (first, second, first)]

    assert got == [5, 4, 0]


async def test_redis_keeps_no_book_for_ever(redis_url: str):
    async with through_redis(redis_url) as (limiter,):
        await limiter.take("wecom:lina", DESTINATIONS["wecom"], NOW, 5)
        await limiter.take("feishu-chat:a", DESTINATIONS["feishu-chat"], NOW, 5)

    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        books = [key async for key in redis.scan_iter("gendan:limit:*")]
        assert len(books) == 2 + 3
        for book in books:
            assert 0 < await redis.pttl(book) <= 2 * MINUTE // timedelta(milliseconds=1)


class Told:
    """What the metric was told."""

    def __init__(self) -> None:
        self.said: list[bool] = []

    def __call__(self, is_alone: bool) -> None:
        self.said.append(is_alone)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Redis is asked at every call, also while it is away, and never waited for long."""
    monkeypatch.setattr("storage.limits.ASK_AGAIN", 0.0)
    monkeypatch.setattr("storage.limits.PATIENCE", 0.1)


@asynccontextmanager
async def hanging(server: Valkey) -> AsyncIterator[None]:
    """Be there and say nothing for as long as the block runs; nothing is forgotten."""
    async with Redis.from_url(server.url) as redis:
        pid = int((await redis.info("server"))["process_id"])
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@asynccontextmanager
async def gone(server: Valkey) -> AsyncIterator[None]:
    """Be away for as long as the block runs, and come back empty."""
    with server.outage():
        yield


@pytest.mark.usefixtures("impatient")
async def test_without_redis_each_process_keeps_to_its_share():
    told, sent = Told(), []
    with valkey(own=True) as server:
        async with through_redis(server.url, 3, told) as processes:
            assert (await processes[0].take("wecom-robot:a", ROBOT, NOW, 20)).tokens == 9
            with server.outage():
                for seconds in range(180):
                    now = NOW + timedelta(seconds=seconds)
                    for process in processes:
                        sent += [now] * (await process.take("wecom-robot:a", ROBOT, now, 20)).tokens

    assert told.said == [True] * 3
    # Nobody knew what the others had sent before, so its nine count as well.
    assert 9 + sum(one <= NOW + MINUTE for one in sent) <= 18
    assert all(sum(first <= one <= first + MINUTE for one in sent) <= 18 for first in sent)
    assert len(sent) == 3 * 8  # one each in twenty seconds


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("outage", [gone, hanging])
async def test_when_redis_is_back_the_limits_are_shared_again_from_the_reserve(
    outage: Callable[[Valkey], AbstractAsyncContextManager[None]],
):
    told, sent, back = Told(), 0, NOW + SECOND
    with valkey(own=True) as server:
        async with through_redis(server.url, 2, told) as (first, second):
            async with outage(server):
                for process in (first, second):
                    await process.take("wecom-robot:x", ROBOT, NOW - MINUTE)
                    sent += (await process.take("wecom-robot:a", ROBOT, NOW, 20)).tokens
            for process in (first, second, first, second):
                sent += (await process.take("wecom-robot:a", ROBOT, back, 20)).tokens
            later = (await first.take("wecom-robot:a", ROBOT, back + 7 * SECOND, 20)).tokens
            rested = (await second.take("wecom-robot:a", ROBOT, back + 2 * MINUTE, 20)).tokens

    assert told.said == [True, True, False, False]
    assert (sent, later, rested) == (4 + 4 + 2, 1, 9)


async def test_what_earlier_lives_sent_is_unknown_to_a_new_redis_and_known_to_one_in_use(redis_url: str):
    async with through_redis(redis_url) as (limiter,):
        await limiter.begin(NOW, NOW)  # a second process that starts beside the first
        assert (await limiter.take("wecom-robot:a", ROBOT, NOW, 20)).tokens == 9
    async with Redis.from_url(redis_url) as redis:
        await redis.flushdb()

    limiter = RedisLimiter(redis_url, lambda: 1, alone)
    await limiter.begin(NOW, NOW)
    assert (await limiter.take("wecom-robot:a", ROBOT, NOW, 20)).tokens == 2
    await limiter.close()


@pytest.mark.usefixtures("impatient")
async def test_a_redis_that_is_away_at_the_start_is_found_later():
    told = Told()
    with valkey(own=True) as server:
        limiter = RedisLimiter(server.url, lambda: 2, told)
        with server.outage():
            await limiter.begin(None, NOW)
            first = await limiter.take("wecom-robot:a", ROBOT, NOW, 20)
        second = await limiter.take("wecom-robot:a", ROBOT, NOW + 2 * MINUTE, 20)
        await limiter.close()

    assert told.said == [True, False]
    assert (first.tokens, second.tokens) == (1, 2)


async def test_a_redis_that_was_emptied_does_not_make_the_limits_new(redis_url: str, valkey_server: Valkey):
    async with through_redis(redis_url) as (limiter,):
        before = await limiter.take("wecom-robot:a", ROBOT, NOW, 20)
        valkey_server.empty()
        after = await limiter.take("wecom-robot:a", ROBOT, NOW, 20)

    assert (before.tokens, after.tokens) == (9, 2)


async def test_a_redis_that_hangs_holds_up_nobody():
    told = Told()
    with valkey(own=True) as server:
        async with through_redis(server.url, 1, told) as (limiter,), hanging(server), asyncio.timeout(20):
            # One call finds out within a second; at a second each they would take minutes.
            hung = [await limiter.take(f"wecom-robot:{number}", ROBOT, NOW) for number in range(100)]

    assert told.said == [True]
    assert hung == [Grant(1)] * 100


async def test_where_one_process_speaks_at_a_time_the_limit_is_not_divided():
    one = replace(a_destination([Limit(30, MINUTE)]), one=True)

    assert (await ProcessLimiter(lambda: 3).take("k", one, NOW, 100)).tokens == one.burst
    assert (await ProcessLimiter(lambda: 3).take("k", replace(one, one=False), NOW, 100)).tokens < (
        one.burst or 0
    )
