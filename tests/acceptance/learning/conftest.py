"""The demo company on each engine; a PostgreSQL database is copied from one that was founded once."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest

from storage.schema import upgrade
from tests.services.postgres import Postgres, in_a_loop_of_its_own
from tests.world import DEMO_COMPANY, a_world


@pytest.fixture(scope="session")
def founded_on_postgres(postgres_server: Postgres) -> Iterator[str]:
    """The name of a database in which the company is founded."""
    name = f"gendan_founded_{uuid.uuid4().hex}"
    url = postgres_server.create(name)

    in_a_loop_of_its_own(upgrade(url))
    in_a_loop_of_its_own(_found(url))
    yield name
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def a_database(
    request: pytest.FixtureRequest, tmp_path: Path, world_seed: dict[Path, Path]
) -> Callable[[], AbstractContextManager[str]]:
    """Makes databases in which the company is founded, on each engine; says their url."""
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres_server")
        return partial(server.fresh, template=request.getfixturevalue("founded_on_postgres"))
    if DEMO_COMPANY not in world_seed:
        seed = tmp_path / "seed.db"
        in_a_loop_of_its_own(_found(f"sqlite+aiosqlite:///{seed}"))
        world_seed[DEMO_COMPANY] = seed
    return partial(_copied, world_seed[DEMO_COMPANY], tmp_path)


@pytest.fixture
def world_url(a_database: Callable[[], AbstractContextManager[str]]) -> Iterator[str]:
    """Each test plays on both engines."""
    with a_database() as url:
        yield url


@contextmanager
def _copied(seed: Path, folder: Path) -> Iterator[str]:
    own = folder / f"{uuid.uuid4().hex}.db"
    own.write_bytes(seed.read_bytes())
    yield f"sqlite+aiosqlite:///{own}"


async def _found(url: str) -> None:
    async with a_world(url, DEMO_COMPANY):
        pass
