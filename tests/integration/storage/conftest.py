"""A database of one's own for each test, on each engine."""

import shutil
import uuid
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from domain.ports import UnitsOfWork
from storage.engine import Database, connect
from storage.schema import upgrade
from tests.services.postgres import Postgres, in_a_loop_of_its_own

ENGINES = ("sqlite", "postgres")


def sqlite_url(path: Path) -> str:
    """An SQLAlchemy url of this file."""
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file in the newest schema, to be copied."""
    path = tmp_path_factory.mktemp("schema") / "gendan.db"
    in_a_loop_of_its_own(upgrade(sqlite_url(path)))
    return path


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Postgres) -> Iterator[str]:
    """A database in the newest schema, to be copied."""
    name = f"gendan_template_{uuid.uuid4().hex}"
    in_a_loop_of_its_own(upgrade(postgres_server.create(name)))
    yield name
    postgres_server.drop(name)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database in the newest schema, on each engine."""
    if request.param == "postgres":
        url: str = request.getfixturevalue("postgres_url")
        return url
    path = tmp_path / "gendan.db"
    shutil.copy(request.getfixturevalue("sqlite_template"), path)
    return sqlite_url(path)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """The database, connected."""
    async with connect(database_url) as database:
        yield database


def ways(to: str) -> tuple[tuple[str, str], ...]:
    """Two ways to the warehouse, one to everybody else, none to the outside."""
    if to == "group:outside":
        return ()
    return (("robot", "hook-1"), ("console", to)) if to == "group:warehouse" else (("console", to),)


@pytest.fixture
def units(database: Database) -> UnitsOfWork:
    """Units of work on the database."""
    return database.units(ways)
