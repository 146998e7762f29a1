"""Keeps one server for another process, and leaves nothing behind when that process goes.

Run as a program, standard library only. Standard input is the leash: a line is an order, its end (the
owner closed it, was interrupted or was killed) means stop the server and remove the folder. The keeper lives
in a session of its own, so that no Ctrl-C and no killed process group takes it away before it has cleaned up.
"""

import ctypes
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1


class Keeper:
    """One server in one folder."""

    def __init__(self, folder: Path, serve: list[str], stop_signal: int) -> None:
        self._folder = folder
        self._serve = serve
        self._stop_signal = stop_signal
        self._server: subprocess.Popen[bytes] | None = None
        # Loaded before rights are dropped: the interpreter may lie where `nobody` cannot read.
        self._libc = ctypes.CDLL(None) if sys.platform == "linux" else None

    def prepare(self, command: list[str]) -> None:
        """Run `command` to its end, or raise `CalledProcessError`."""
        subprocess.run(command, check=True, **self._how())

    def start(self) -> None:
        """Start the server; the owner finds out by itself when it is ready."""
        self._server = subprocess.Popen(self._serve, **self._how())

    def check(self) -> None:
        """Raise `RuntimeError` when the server has ended by itself."""
        if self._server is None or self._server.poll() is not None:
            raise RuntimeError("the server has ended by itself")

    def stop(self) -> None:
        """End the server: politely, then for certain."""
        if self._server is None:
            return
        self._server.send_signal(self._stop_signal)
        try:
            self._server.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._server = None

    def clean_up(self) -> None:
        """Leave nothing behind."""
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _how(self) -> dict[str, Any]:
        return {
            "stdin": subprocess.DEVNULL,
            "stdout": (self._folder / "log").open("ab"),
            "stderr": subprocess.STDOUT,
            "cwd": self._folder,
            # The keeper has one thread, so a preexec function is safe here.
            "preexec_fn": self._die_with_the_keeper,
        }

    def _die_with_the_keeper(self) -> None:
        if self._libc is not None:
            self._libc.prctl(PR_SET_PDEATHSIG, self._stop_signal)


def become(user: str) -> None:
    """Give up root for good."""
    import pwd

    entry = pwd.getpwnam(user)
    os.setgroups([])
    os.setgid(entry.pw_gid)
    os.setuid(entry.pw_uid)


def main() -> None:
    """Obey the owner until the leash is let go."""
    task = json.loads(sys.argv[1])
    # Not SIG_IGN, which the server would inherit.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    keeper = Keeper(Path(task["folder"]), task["serve"], task["stop_signal"])
    if task["user"]:
        become(task["user"])
    try:
        for line in sys.stdin:
            os.write(sys.stdout.fileno(), f"{obey(keeper, line.strip(), task)}\n".encode())
    except BrokenPipeError:
        pass  # the owner went while its order was carried out
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        keeper.clean_up()


def obey(keeper: Keeper, order: str, task: dict[str, Any]) -> str:
    """Do one thing the owner asks for, and say `done` or what went wrong."""
    orders = {
        "prepare": lambda: keeper.prepare(task["prepare"]),
        "start": keeper.start,
        "check": keeper.check,
        "stop": keeper.stop,
    }
    try:
        orders[order]()
    except (OSError, RuntimeError, subprocess.CalledProcessError) as error:
        return f"{order}: {error}"
    return "done"


if __name__ == "__main__":
    main()
