"""The demo company on each engine; a PostgreSQL database is copied from one that was founded once."""

import uuid
from collections.abc import Iterator
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

    async def found() -> None:
        await upgrade(url)
        async with a_world(url, DEMO_COMPANY):
            pass

    in_a_loop_of_its_own(found())
    yield name
    postgres_server.drop(name)


@pytest.fixture(params=["sqlite", "postgres"])
def world_url(request: pytest.FixtureRequest, tmp_path: Path, world_seed: dict[Path, Path]) -> Iterator[str]:
    """Each test plays on both engines."""
    if request.param == "postgres":
        server: Postgres = request.getfixturevalue("postgres_server")
        with server.fresh(template=request.getfixturevalue("founded_on_postgres")) as url:
            yield url
        return
    own = tmp_path / "world.db"
    if DEMO_COMPANY not in world_seed:
        seed = tmp_path / "seed.db"
        in_a_loop_of_its_own(_found(f"sqlite+aiosqlite:///{seed}"))
        world_seed[DEMO_COMPANY] = seed
    own.write_bytes(world_seed[DEMO_COMPANY].read_bytes())
    yield f"sqlite+aiosqlite:///{own}"


async def _found(url: str) -> None:
    async with a_world(url, DEMO_COMPANY):
        pass
