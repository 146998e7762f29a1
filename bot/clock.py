"""What time it is: the machine's clock, or the demo's, which can be moved on."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path


def system_clock() -> datetime:
    """The moment by the machine's clock."""
    return datetime.now(UTC)


class MovableClock:
    """The machine's clock and a lead, kept in a file: the same time for every process and after a restart."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def __call__(self) -> datetime:
        return system_clock() + self._lead()

    def move(self, by: timedelta) -> None:
        """Be so much later from now on; it never goes back."""
        lead = self._lead() + max(by, timedelta())
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{lead.total_seconds()}\n", encoding="ascii")
        os.replace(fresh, self._file)

    def _lead(self) -> timedelta:
        try:
            return timedelta(seconds=float(self._file.read_text(encoding="ascii")))
        except FileNotFoundError:
            return timedelta()
