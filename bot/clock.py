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

    def begin(self, ago: timedelta) -> None:
        """Where the clock is new, begin so long ago."""
        if not self._file.exists():
            self._keep(-ago)

    def move(self, by: timedelta) -> None:
        """Be so much later from now on; it never goes back."""
        self._keep(self._lead() + max(by, timedelta()))

    def catch_up(self) -> None:
        """Be at the machine's time, or later where it was moved on."""
        self.move(-self._lead())

    def _keep(self, lead: timedelta) -> None:
        fresh = self._file.with_suffix(".new")
        fresh.write_text(f"{lead.total_seconds()}\n", encoding="ascii")
        os.replace(fresh, self._file)

    def _lead(self) -> timedelta:
        try:
            return timedelta(seconds=float(self._file.read_text(encoding="ascii")))
        except FileNotFoundError:
            return timedelta()
