"""Files in a world on each engine."""

import asyncio

import pytest


@pytest.fixture(params=["sqlite", "postgres"])
def world_url(request: pytest.FixtureRequest, world_url: str) -> str:
    """On both engines; on PostgreSQL the company is founded anew."""
    if request.param == "sqlite":
        return world_url
    from storage.schema import upgrade

    url: str = request.getfixturevalue("postgres_url")
    asyncio.run(upgrade(url))
    return url
