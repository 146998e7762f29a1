"""The web application: every address, and what is around each."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from aiohttp import web

from bot import health, middleware
from bot.metrics import Metrics
from domain.errors import DatabaseAway

LONGEST_BODY = 1 << 20

Mount = Callable[[web.Application], None]


def make_app(
    parts: health.Health, metrics: Metrics, gauge: Callable[[], Awaitable[None]], mounts: Iterable[Mount]
) -> web.Application:
    """The addresses of operation, and each platform's own; `gauge` looks at what no event counts."""

    async def measured(request: web.Request) -> web.Response:
        try:
            async with asyncio.timeout(health.PATIENCE):
                await gauge()
        except (DatabaseAway, TimeoutError):
            metrics.out_of_sight()  # what was counted is wanted most while something is wrong
        return web.Response(body=metrics.exposition(), content_type="text/plain", charset="utf-8")

    app = web.Application(middlewares=[middleware.observed(metrics)], client_max_size=LONGEST_BODY)
    app.add_routes([*health.routes(parts), web.get("/metrics", measured)])
    for mount in mounts:
        mount(app)
    return app
