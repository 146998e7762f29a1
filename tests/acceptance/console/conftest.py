"""The console on loopback, alone."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.platforms.console.routes import mount
from tests.fakes.console import ConsoleWorld

Client = TestClient[web.Request, web.Application]


@pytest.fixture
def lone() -> ConsoleWorld:
    """The console's collaborators, to be scripted."""
    return ConsoleWorld()


@pytest.fixture
async def client(lone: ConsoleWorld) -> AsyncIterator[Client]:
    """Talks to that console over HTTP."""
    app = web.Application(client_max_size=1 << 20)
    mount(app, lone.console)
    async with TestClient(TestServer(app)) as talking:
        yield talking
