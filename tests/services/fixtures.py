"""The servers as fixtures: one server for a run, one empty database for a test."""

from collections.abc import Iterator

import pytest

from tests.services.postgres import Postgres, postgres
from tests.services.valkey import Valkey, valkey


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """One PostgreSQL for the whole run."""
    with postgres() as server:
        yield server


@pytest.fixture(scope="session")
def postgres_template() -> str | None:
    """Override to name the database on `postgres_server` that every fresh one is a copy of."""
    return None


@pytest.fixture
def postgres_url(postgres_server: Postgres, postgres_template: str | None) -> Iterator[str]:
    """An SQLAlchemy url of a database that is this test's own."""
    with postgres_server.fresh(template=postgres_template) as url:
        yield url


@pytest.fixture(scope="session")
def valkey_server() -> Iterator[Valkey]:
    """One Valkey for the whole run."""
    with valkey() as server:
        yield server


@pytest.fixture
def redis_url(valkey_server: Valkey) -> str:
    """A server that remembers nothing of the tests before."""
    valkey_server.empty()
    return valkey_server.url
