"""The access token: one fetch, however many ask; renewed early; shared where there is a place to share."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.platforms.token import AccessToken, Grant
from domain.sending import TryLater

TWO_HOURS = timedelta(hours=2)


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


class Platform:
    """Gives a new token each time it is asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.busy = False

    async def fetch(self) -> Grant:
        await asyncio.sleep(0)
        if self.busy:
            raise TryLater("busy")
        self.asked += 1
        return Grant(f"token-{self.asked}", TWO_HOURS)


class Shared:
    """What several processes see; `away` makes it behave as when its store cannot be reached."""

    def __init__(self, clock: Clock) -> None:
        self.kept: dict[str, tuple[str, datetime]] = {}
        self.away = False
        self._clock = clock
        self._alone = asyncio.Lock()

    async def get(self, key: str) -> str | None:
        value, until = self.kept.get(key, ("", self._clock()))
        return value if until > self._clock() and not self.away else None

    async def set(self, key: str, value: str, lives: timedelta) -> None:
        if not self.away:
            self.kept[key] = (value, self._clock() + lives)

    @asynccontextmanager
    async def lock(self, key: str, lives: timedelta) -> AsyncIterator[None]:
        async with self._alone:
            yield


async def test_many_who_ask_at_once_cost_one_fetch() -> None:
    platform = Platform()
    token = AccessToken("a", platform.fetch, Clock())

    assert set(await asyncio.gather(*(token.get() for _ in range(20)))) == {"token-1"}
    assert platform.asked == 1


async def test_a_token_is_renewed_before_it_ends() -> None:
    platform, clock = Platform(), Clock()
    token = AccessToken("a", platform.fetch, clock)

    await token.get()
    clock.now += TWO_HOURS * 0.8
    assert await token.get() == "token-1"
    clock.now += TWO_HOURS * 0.1
    assert await token.get() == "token-2"


async def test_many_who_were_refused_at_once_cost_one_fetch() -> None:
    platform = Platform()
    token = AccessToken("a", platform.fetch, Clock())
    refused = await token.get()

    assert set(await asyncio.gather(*(token.renew(refused) for _ in range(20)))) == {"token-2"}
    assert await token.renew(refused) == "token-2"
    assert platform.asked == 2


async def test_processes_share_a_token() -> None:
    platform, clock = Platform(), Clock()
    shared = Shared(clock)
    here, there = (AccessToken("a", platform.fetch, clock, shared) for _ in range(2))

    assert list(await asyncio.gather(here.get(), there.get())) == ["token-1"] * 2
    assert list(await asyncio.gather(here.renew("token-1"), there.renew("token-1"))) == ["token-2"] * 2
    assert platform.asked == 2


async def test_a_process_that_starts_takes_the_token_in_force() -> None:
    platform, clock = Platform(), Clock()
    shared = Shared(clock)
    await AccessToken("a", platform.fetch, clock, shared).get()

    late = AccessToken("a", platform.fetch, clock, shared)

    assert await late.get() == "token-1"
    clock.now += TWO_HOURS
    assert await late.get() == "token-2"


async def test_two_apps_do_not_share_one() -> None:
    platform, clock = Platform(), Clock()
    shared = Shared(clock)

    one = await AccessToken("a", platform.fetch, clock, shared).get()
    other = await AccessToken("b", platform.fetch, clock, shared).get()

    assert one != other


async def test_without_the_shared_place_each_process_keeps_its_own() -> None:
    platform, clock = Platform(), Clock()
    shared = Shared(clock)
    shared.away = True
    token = AccessToken("a", platform.fetch, clock, shared)

    assert [await token.get() for _ in range(3)] == ["token-1"] * 3
    assert platform.asked == 1


@pytest.mark.parametrize("kept", ["", "x", "{}", "[1]", '["a", "b"]', '["a", 1e99]', "null", '["a", null]'])
async def test_nonsense_in_the_shared_place_is_as_good_as_nothing(kept: str) -> None:
    platform, clock = Platform(), Clock()
    shared = Shared(clock)
    shared.kept["token:a"] = (kept, clock.now + TWO_HOURS)

    assert await AccessToken("a", platform.fetch, clock, shared).get() == "token-1"


async def test_a_fetch_that_fails_is_not_remembered() -> None:
    platform = Platform()
    platform.busy = True
    token = AccessToken("a", platform.fetch, Clock())
    with pytest.raises(TryLater):
        await token.get()

    platform.busy = False
    assert await token.get() == "token-1"
