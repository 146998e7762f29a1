"""Delivery on a database with a sender of the test's; run as a program it is killed with its first message.

python -m tests.acceptance.pushing.desk DATABASE_URL FILE MOMENT
"""

import asyncio
import json
import os
import signal
import sys
from collections.abc import Sequence
from datetime import datetime

from domain.destinations import DESTINATIONS
from domain.facts import Notice
from domain.outbox import Batch, Detour
from domain.ports import Todo
from domain.sending import Rendered, Sender
from scheduler.delivery import Deliverer
from scheduler.newest import Newest
from scheduler.planning import Planner
from scheduler.post import Post
from scheduler.quiet import Quiet
from scheduler.trouble import Trouble
from storage.engine import Database, connect
from storage.limits import ProcessLimiter
from storage.outbox import Outbox
from storage.standings import SqlStandings
from tests.builders import COMPANY
from tests.fakes.office import PlainWords
from tests.fakes.outbox import FakeClock


class Killer:
    """A sender that notes what it was given, and takes its process with it."""

    def __init__(self, file: str) -> None:
        self._file = file

    async def send(self, to: str, address: str, notice: Rendered, idempotency_key: str) -> None:
        with open(self._file, "a", encoding="utf-8") as file:  # noqa: ASYNC230 - nothing comes after it
            json.dump([idempotency_key, notice.text], file)
            file.flush()
            os.fsync(file.fileno())
        os.kill(os.getpid(), signal.SIGKILL)


def a_post(database: Database, sender: Sender, clock: FakeClock) -> Post:
    """Everything between the outbox and one robot."""
    outbox, standings = Outbox(database), SqlStandings(database)
    trouble = Trouble(outbox, standings, _nowhere, _ignored, _untold, clock, _uncounted)
    deliverer = Deliverer(
        outbox,
        {"wecom-robot": sender},
        Quiet(outbox, lambda: COMPANY),
        Newest(standings, lambda: COMPANY),
        Planner(PlainWords(), ProcessLimiter(), DESTINATIONS),
        trouble,
        clock,
        _uncounted,
    )
    return Post(outbox, deliverer.deliver, clock, f"test:{os.getpid()}")


def _nowhere(notice: Notice, way: str, owner: str) -> Sequence[Detour]:
    return ()


async def _ignored(todo: Todo) -> None:
    """Nobody reads it."""


async def _untold(kind: str, batch: Batch, reason: str, now: datetime) -> None:
    """Nobody hears it."""


def _uncounted(way: str, outcome: str) -> None:
    """Nobody measures."""


async def _die(url: str, file: str, moment: str) -> None:
    async with connect(url) as database:
        await a_post(database, Killer(file), FakeClock(datetime.fromisoformat(moment))).drain()


if __name__ == "__main__":
    asyncio.run(_die(*sys.argv[1:4]))
