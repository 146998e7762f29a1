"""The demo company on each engine, with three platforms where people are told; and two processes of it."""

from collections.abc import AsyncIterator

import pytest

from tests.acceptance.identity.people import Office
from tests.acceptance.learning.conftest import a_database, founded_on_postgres, world_url
from tests.world import World, a_world

__all__ = ["a_database", "founded_on_postgres", "office", "two", "world_url"]


@pytest.fixture
def office(world: World) -> Office:
    """Who says what on which platform."""
    return Office(world)


@pytest.fixture
async def two(world_url: str) -> AsyncIterator[tuple[Office, Office]]:
    """Two processes on one database, each with a clock of its own that stands."""
    async with a_world(world_url) as first, a_world(world_url) as second:
        yield Office(first), Office(second)
