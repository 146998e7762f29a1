"""`gendan demo` as a process of its own."""

import os
import re
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
START_S = 60
STOP_S = 15


@contextmanager
def running_demo(folder: Path) -> Iterator[str]:
    """Serve the demo with its data in `folder`; gives its address. It must end by itself when asked to."""
    with _started(folder) as (process, log):
        yield _address(process, log)
        process.terminate()
        assert process.wait(STOP_S) == 0, Path(log).read_text()


@contextmanager
def a_demo_to_be_killed(folder: Path) -> Iterator[str]:
    """The same, killed at the end, at that very instant."""
    with _started(folder) as (process, log):
        yield _address(process, log)
        process.kill()


@contextmanager
def _started(folder: Path) -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """The process and the name of its log; whatever happens, it does not outlive the block."""
    command = [sys.executable, "-m", "bot", "demo", "--port", "0", "--data", str(folder / "data")]
    with (folder / "demo.log").open("w+b") as log:
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=log)
        try:
            yield process, log.name
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
            if process.stdout is not None:
                process.stdout.close()


def _address(process: "subprocess.Popen[bytes]", log: str) -> str:
    """The address it prints once it answers."""
    assert process.stdout is not None
    told, end = b"", time.monotonic() + START_S
    with selectors.DefaultSelector() as waiting:
        waiting.register(process.stdout, selectors.EVENT_READ)
        while time.monotonic() < end:
            if not waiting.select(1):
                continue
            part = os.read(process.stdout.fileno(), 4096)
            told += part
            if found := re.search(rb"http://127\.0\.0\.1:\d+", told):
                return found[0].decode()
            if not part:
                break
    raise AssertionError(f"the demo did not come up: {told.decode()}\n{Path(log).read_text()}")
