"""Who reads what waits, and when it is given up."""

from datetime import datetime, timedelta

import pytest

from domain.errors import DatabaseAway, Stale
from domain.files import ClaimedFile, Upload
from scheduler.files import ATTEMPTS, FileWatch
from tests.fakes.outbox import NOON


class Queue:
    """One file, claimed so often."""

    def __init__(self, attempts: int = 1, due: datetime | None = NOON) -> None:
        self.due = due
        self.file = ClaimedFile(Upload("c:c:1", "lina", "a.csv", b"a", NOON, "user:lina"), attempts)
        self.claims = 0

    async def claim(self, now: datetime, limit: int, lease: timedelta) -> tuple[ClaimedFile, ...]:
        self.claims += 1
        return (self.file,)

    async def next_due(self) -> datetime | None:
        return self.due

    async def forget(self, before: datetime) -> int:
        return 0


class Readers:
    """Keeps what was read and given up."""

    def __init__(self, error: Exception | None = None) -> None:
        self.read: list[ClaimedFile] = []
        self.given_up: list[ClaimedFile] = []
        self._error = error

    async def reads(self, file: ClaimedFile) -> None:
        if self._error:
            raise self._error
        self.read.append(file)

    async def gives_up(self, file: ClaimedFile) -> None:
        self.given_up.append(file)


def watch(queue: Queue, readers: Readers) -> FileWatch:
    return FileWatch(queue, readers.reads, readers.gives_up, lambda: NOON)


@pytest.mark.parametrize("due", [None, NOON + timedelta(seconds=1)])
async def test_nothing_is_claimed_before_something_is_due(due: datetime | None):
    queue = Queue(due=due)

    assert await watch(queue, Readers()).turn() == 0
    assert queue.claims == 0


@pytest.mark.parametrize(("attempts", "read"), [(ATTEMPTS, 1), (ATTEMPTS + 1, 0)])
async def test_after_so_many_attempts_it_is_given_up(attempts: int, read: int):
    readers = Readers()

    assert await watch(Queue(attempts), readers).turn() == 1
    assert (len(readers.read), len(readers.given_up)) == (read, 1 - read)


@pytest.mark.parametrize("error", [Stale("x"), RuntimeError("x")])
async def test_one_that_fails_waits_for_its_lease_to_end(error: Exception):
    assert await watch(Queue(), Readers(error)).turn() == 0


async def test_without_the_database_nobody_goes_on():
    with pytest.raises(DatabaseAway):
        await watch(Queue(), Readers(DatabaseAway("x"))).turn()
