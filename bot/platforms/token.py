"""An app's access token: fetched once, shared by all processes, renewed before it ends."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.platforms.base import SharedCache
from domain.ports import Clock

RENEWED_AT = 0.85  # of its life, so that nobody works with one that ends on the way
FETCH_LIVES = timedelta(seconds=15)


@dataclass(frozen=True, slots=True)
class Grant:
    """A token as the platform gave it."""

    token: str
    lives: timedelta


@dataclass(frozen=True, slots=True)
class _Held:
    token: str
    until: datetime


class AccessToken:
    """The token in force. Without a shared cache, or while it is away, each process holds its own.

    WeCom, DingTalk and Feishu give the same token to everybody who asks within its life, so two processes
    that fetch at once waste a call and do no harm.
    """

    def __init__(
        self, key: str, fetch: Callable[[], Awaitable[Grant]], clock: Clock, cache: SharedCache | None = None
    ) -> None:
        self._key = f"token:{key}"
        self._fetch = fetch
        self._clock = clock
        self._cache = cache
        self._alone = asyncio.Lock()
        self._held: _Held | None = None

    async def get(self) -> str:
        """The token; at most one fetch at a time, whoever asks."""
        return await self._other_than("")

    async def renew(self, refused: str) -> str:
        """Another token than the one the platform refused; fetched only if nobody has done so meanwhile."""
        return await self._other_than(refused)

    async def _other_than(self, refused: str) -> str:
        if (held := self._good(self._held, refused)) is not None:
            return held.token
        async with self._alone:
            if (held := self._good(self._held, refused)) is None:
                held = self._held = await self._shared(refused)
            return held.token

    async def _shared(self, refused: str) -> _Held:
        if self._cache is None:
            return await self._fetched()
        if (held := self._good(_held(await self._cache.get(self._key)), refused)) is not None:
            return held
        async with self._cache.lock(self._key, FETCH_LIVES):
            if (held := self._good(_held(await self._cache.get(self._key)), refused)) is not None:
                return held
            held = await self._fetched()
            said = json.dumps([held.token, held.until.timestamp()])
            await self._cache.set(self._key, said, held.until - self._clock())
            return held

    async def _fetched(self) -> _Held:
        grant = await self._fetch()
        return _Held(grant.token, self._clock() + grant.lives * RENEWED_AT)

    def _good(self, held: _Held | None, refused: str) -> _Held | None:
        return held if held is not None and held.token != refused and held.until > self._clock() else None


def _held(said: str | None) -> _Held | None:
    """Back from the cache; what cannot be read there is as good as nothing."""
    try:
        token, until = json.loads(said or "")
        return _Held(str(token), datetime.fromtimestamp(until, UTC))
    except (ValueError, TypeError, OverflowError, OSError):
        return None
