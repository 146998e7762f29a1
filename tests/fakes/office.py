"""Delivery with everything around it in memory; every way is a destination of the test's."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from domain.company import Company
from domain.destinations import Destination
from domain.facts import Notice
from domain.outbox import Batch, Detour
from domain.ports import Todo
from domain.sending import Rendered
from scheduler.delivery import Deliverer
from scheduler.newest import Newest
from scheduler.planning import Planner
from scheduler.post import Post
from scheduler.quiet import Quiet
from scheduler.trouble import Trouble
from storage.limits import ProcessLimiter
from tests.builders import COMPANY
from tests.fakes.outbox import FakeClock, FakeDestination, MemoryOutbox, MemoryStandings


class PlainWords:
    """`scheduler.merging.Words` in a form that tests can read."""

    def alone(self, notice: Notice) -> Rendered:
        if notice.kind == "bug":
            raise KeyError(notice.kind)
        return Rendered(f"{notice.kind} #{notice.order}", notice.mentions)

    def line(self, notices: Sequence[Notice]) -> str:
        if notices[-1].kind == "line bug":
            raise KeyError(notices[-1].kind)
        return f"- #{notices[-1].order} {'→'.join(notice.kind for notice in notices)}"

    def heading(self, notice: Notice, urgent: bool, count: int, goes_on: bool) -> str:
        return f"[{'!' if urgent else ''}{notice.kind} {count}{' …' if goes_on else ''}]"

    def together(
        self, orders: int, notices: int, lines: Sequence[str], mentions: Sequence[str], urgent: bool
    ) -> Rendered:
        return Rendered("\n".join([f"{orders} orders, {notices} notices", *lines]), tuple(mentions))


class Office:
    """An outbox with its post. `elsewhere` is where a notice may go instead, `said` what was told of ways."""

    def __init__(
        self, described: Mapping[str, Destination] | None = None, /, **ways: FakeDestination
    ) -> None:
        self.outbox, self.clock, self.standings = MemoryOutbox(), FakeClock(), MemoryStandings()
        self.company: Company = COMPANY
        self.limiter = ProcessLimiter()
        self.todos: list[Todo] = []
        self.outcomes: list[tuple[str, str]] = []
        self.said: list[tuple[str, str, str]] = []
        self.elsewhere = ""
        trouble = Trouble(
            self.outbox,
            self.standings,
            self._detours,
            self._todo,
            self._tell,
            self.clock,
            self._observe,
            lambda: 1.0,
        )
        deliverer = Deliverer(
            self.outbox,
            ways,
            Quiet(self.outbox, lambda: self.company),
            Newest(self.standings, lambda: self.company),
            Planner(PlainWords(), self.limiter, described or {}),
            trouble,
            self.clock,
            self._observe,
        )
        self.post = Post(self.outbox, deliverer.deliver, self.clock, "test")

    def _observe(self, way: str, outcome: str) -> None:
        self.outcomes.append((way, outcome))

    async def _todo(self, todo: Todo) -> None:
        self.todos.append(todo)

    async def _tell(self, kind: str, batch: Batch, reason: str, now: datetime) -> None:
        self.said.append((kind, batch.way, reason))

    def _detours(self, notice: Notice, way: str, owner: str) -> Sequence[Detour]:
        if not self.elsewhere:
            return ()
        return (Detour(replace(notice, to=self.elsewhere), (("wecom", "x"),)),)
