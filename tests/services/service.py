"""One server in a temporary folder, held through its keeper."""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

KEEPER = Path(__file__).with_name("keeper.py")
# PostgreSQL refuses root, and nothing here needs it.
USER_FOR_ROOT = "nobody"
# A socket's path may have 107 bytes, and some machines have a very long temporary folder.
LONGEST_FOLDER = 80


class ServiceFailed(Exception):
    """A server did not start; the message ends with its log."""


@dataclass(frozen=True, slots=True)
class Program:
    """What a keeper runs: the commands see the folder's path where they say `{folder}`."""

    name: str
    serve: tuple[str, ...]
    is_ready: Callable[[Path], bool]
    prepare: tuple[str, ...] = ()
    stop_signal: signal.Signals = signal.SIGTERM


class Service:
    """A running server; leaving the `with` block ends it and removes its folder."""

    def __init__(self, program: Callable[[Path], Program]) -> None:
        self.folder = new_folder()
        self._program = program(self.folder)
        self._keeper = self._hire()

    def __enter__(self) -> Self:
        try:
            if self._program.prepare:
                self._order("prepare")
            self.start()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def keeper_pid(self) -> int:
        """The process that ends the server."""
        return self._keeper.pid

    def start(self) -> None:
        """Start the server, also again after `stop`, and wait until it answers."""
        self._order("start")
        deadline = time.monotonic() + 60
        while not self._program.is_ready(self.folder):
            self._order("check")
            if time.monotonic() > deadline:
                raise ServiceFailed(f"{self._program.name} is not ready after a minute\n{self._log()}")
            time.sleep(0.01)

    def stop(self) -> None:
        """Take the server away but keep its data: what its users see is an outage."""
        self._order("stop")

    @contextmanager
    def outage(self) -> Iterator[None]:
        """Be away for as long as the block runs."""
        self.stop()
        try:
            yield
        finally:
            self.start()

    def close(self) -> None:
        """End the server and remove its folder."""
        for pipe in (self._keeper.stdin, self._keeper.stdout):
            if pipe is not None:
                pipe.close()
        self._keeper.wait(timeout=60)
        # Usually gone by now; the keeper may not touch it where only root writes to the folder above.
        shutil.rmtree(self.folder, ignore_errors=True)

    def _hire(self) -> subprocess.Popen[str]:
        task = {
            "folder": str(self.folder),
            "prepare": self._program.prepare,
            "serve": self._program.serve,
            "stop_signal": int(self._program.stop_signal),
            "user": USER_FOR_ROOT if os.geteuid() == 0 else None,
        }
        return subprocess.Popen(
            [sys.executable, "-I", "-S", str(KEEPER), json.dumps(task)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def _order(self, order: str) -> None:
        orders, answers = self._keeper.stdin, self._keeper.stdout
        assert orders is not None
        assert answers is not None
        orders.write(f"{order}\n")
        orders.flush()
        answer = answers.readline().strip()
        if answer != "done":
            raise ServiceFailed(f"{self._program.name}: {answer or 'the keeper has gone'}\n{self._log()}")

    def _log(self) -> str:
        try:
            return (self.folder / "log").read_text(errors="replace")[-4000:]
        except FileNotFoundError:
            return "(no log)"


def new_folder() -> Path:
    """Make an empty folder that belongs to whoever will run the server."""
    parent = tempfile.gettempdir()
    folder = Path(tempfile.mkdtemp(prefix="gendan-", dir=parent if len(parent) <= LONGEST_FOLDER else "/tmp"))
    if os.geteuid() == 0:
        shutil.chown(folder, USER_FOR_ROOT)
    return folder


def within_reach(installed: Path, folder: Path) -> Path:
    """Give `installed`, or its copy in `folder` where the server's user could not get at it.

    A checkout below root's home is the usual case: that folder lets nobody else through. Libraries are
    found by paths relative to the programs, so what lies beside `installed` is kept beside the copy.
    """
    if os.geteuid() != 0 or all(parent.stat().st_mode & 0o001 for parent in installed.resolve().parents):
        return installed
    copy = folder / "programs" / installed.parent.name / installed.name
    shutil.copytree(installed, copy, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    for libraries in installed.parent.parent.glob(f"{installed.parent.name}.libs"):
        shutil.copytree(libraries, folder / "programs" / libraries.name, symlinks=True)
    # The keeper removes them, as that user: whoever owns a folder may empty it.
    for path in (folder / "programs", *(folder / "programs").rglob("*/")):
        shutil.chown(path, USER_FOR_ROOT)
    return copy
