"""The folder in which `gendan demo` keeps its data, known again by what lies in it."""

import os
from pathlib import Path

PLAYED = "demo-played"


class CannotKeep(Exception):
    """The folder cannot be made, or nothing may be written into it."""


class DemoFolder:
    """Where the demo keeps its data, or `CannotKeep`."""

    def __init__(self, folder: Path) -> None:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CannotKeep(f"--data {folder}: {error.strerror}") from error
        if not os.access(folder, os.W_OK | os.X_OK):
            raise CannotKeep(f"--data {folder}: nothing may be written into it")
        self.clock = folder / "demo-clock"
        self._played = folder / PLAYED

    @property
    def is_new(self) -> bool:
        """True until the demo's first orders were played; played again after a crash they count once."""
        return not self._played.exists()

    def mark_played(self) -> None:
        """They were played."""
        self._played.touch()


def is_of_a_demo(database: Path | None) -> bool:
    """True for a database file that a demo has played in: orders that nobody placed, times that never were."""
    return database is not None and (database.parent / PLAYED).exists()
