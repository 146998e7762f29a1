"""`gendan audit escalations`: what every ladder should have rung, against what it rang."""

import asyncio
import logging
from bisect import bisect_right
from collections.abc import AsyncIterable, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.company.load import BrokenRules
from domain.company import Company
from domain.facts import Event
from domain.inspection import Finding, Rules, inspect
from domain.ports import Clock

log = logging.getLogger(__name__)

Page = Sequence[tuple[int, Sequence[Event]]]
"""Orders with their events, oldest first."""


class Version(Protocol):
    """One set of rules, and from when on it held."""

    @property
    def version(self) -> int: ...

    @property
    def at(self) -> datetime: ...

    @property
    def files(self) -> Mapping[str, str]:
        """The company folder, text by file name."""


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found. An order whose story this release cannot read is `unreadable`."""

    orders: int = 0
    findings: tuple[Finding, ...] = ()
    unreadable: tuple[int, ...] = ()

    @property
    def wrong(self) -> int:
        """How much needs a look."""
        return len(self.findings) + len(self.unreadable)

    def lines(self) -> list[str]:
        """One for each thing that needs a look."""
        return [
            *(f"#{number}: its story cannot be read" for number in self.unreadable),
            *(
                f"#{one.order} {one.step} (entry {one.entry}) rung {one.rung} repeat {one.repeat}: {one.what}, "
                f"{one.expected.isoformat(timespec='seconds')}"
                for one in self.findings
            ),
        ]


@dataclass(frozen=True, slots=True)
class Inspector:
    """Reads stories page by page and holds each against the rules of its time."""

    stories: Callable[[datetime | None], AsyncIterable[Page]]
    versions: Callable[[], Awaitable[Sequence[Version]]]
    read: Callable[[Mapping[str, str], int], Company]
    clock: Clock

    async def inspect(self, since: datetime | None = None) -> Inspection:
        """All that should have rung since then, or ever."""
        rules = RulesInTime(await self.versions(), self.read)
        whole = Inspection()
        # Before the stories are read: what rings meanwhile is not missed.
        until = self.clock()
        async for page in self.stories(since):
            # Nothing but thinking: messages go on meanwhile.
            part = await asyncio.to_thread(_inspected, page, rules, until, since)
            whole = Inspection(
                whole.orders + part.orders,
                whole.findings + part.findings,
                whole.unreadable + part.unreadable,
            )
            until = self.clock()
        return whole


def _inspected(page: Page, rules: Rules, until: datetime, since: datetime | None) -> Inspection:
    findings: list[Finding] = []
    unreadable: list[int] = []
    for number, story in page:
        try:
            found = inspect(story, rules, until)
        except Exception:
            # One item of a loop: it stands in the result, the others must not wait for it.
            log.exception("story not read", extra={"order": number})
            unreadable.append(number)
        else:
            findings += [one for one in found if since is None or one.expected >= since]
    return Inspection(len(page), tuple(findings), tuple(unreadable))


class RulesInTime:
    """`domain.inspection.Rules`: each version is made into a company when it is first asked for."""

    def __init__(
        self, versions: Sequence[Version], read: Callable[[Mapping[str, str], int], Company]
    ) -> None:
        self._versions = sorted(versions, key=lambda one: one.version)
        self._since = [one.at for one in self._versions]
        self._read = read
        self._known: dict[int, Company] = {}

    def __call__(self, at: datetime) -> Company:
        place = max(0, bisect_right(self._since, at) - 1)
        if place not in self._known:
            self._known[place] = self._company(place)
        return self._known[place]

    def _company(self, place: int) -> Company:
        version = self._versions[place]
        try:
            return self._read(version.files, version.version)
        except BrokenRules:
            # An old one that this release would refuse: the next is the nearest there is.
            if place + 1 == len(self._versions):
                raise
            return self._company(place + 1)
