"""What the processes of one company share, where there is such a thing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.metrics import Metrics
from bot.settings import Settings
from domain.limiting import Limiter
from domain.ports import Clock
from scheduler.census import Census
from storage.limits import ProcessLimiter, RedisLimiter
from storage.redis import RedisCache


@asynccontextmanager
async def open_cache(settings: Settings) -> AsyncIterator[RedisCache | None]:
    """What all processes share, where there is such a thing."""
    if settings.redis_url is None:
        yield None
        return
    cache = RedisCache(settings.redis_url.get_secret_value())
    try:
        yield cache
    finally:
        await cache.close()


@asynccontextmanager
async def open_limiter(
    settings: Settings, census: Census, metrics: Metrics, clock: Clock
) -> AsyncIterator[Limiter]:
    """The limits of destinations, kept by all processes together where they share something, else by each its part."""

    def processes() -> int:
        return census.known

    since = await census.unknown_until()
    if settings.redis_url is None:
        yield ProcessLimiter(processes, since)
        return
    limiter = RedisLimiter(settings.redis_url.get_secret_value(), processes, metrics.limits_alone)
    try:
        await limiter.begin(since, clock())
        yield limiter
    finally:
        await limiter.close()
