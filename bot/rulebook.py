"""The rules in force: the newest version in the database, made into a company once and kept."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from domain.company import Company
from handlers.context import InForce
from handlers.understanding import Understanding


class Version(Protocol):
    """One set of rules as it is kept."""

    @property
    def version(self) -> int: ...

    @property
    def files(self) -> Mapping[str, str]:
        """The company folder, text by file name."""


class Ledger(Protocol):
    """Where the versions are kept."""

    async def newest(self) -> Version | None:
        """The rules in force, or None before there are any."""

    async def history(self, limit: int) -> Sequence[Version]:
        """The versions without their files, newest first; cheap enough for every tick."""


class NoRules(Exception):
    """There is no company yet."""


class Rulebook:
    """`handlers.context.RulesInForce`; also a watch, so that a process nobody talks to follows them."""

    def __init__(self, ledger: Ledger, read: Callable[[Mapping[str, str], int], Company]) -> None:
        self._ledger = ledger
        self._read = read
        self._latest: InForce | None = None
        self._reading = asyncio.Lock()

    @property
    def latest(self) -> InForce:
        """What this process knows already."""
        if self._latest is None:
            raise NoRules
        return self._latest

    def company(self) -> Company:
        """The company by the latest rules."""
        return self.latest.company

    def kind_of(self, step: str) -> str:
        """The kind of a step; one that the rules no longer have is known by its key."""
        known = self.company().workflow.steps.get(step)
        return known.kind if known else step

    async def of(self, version: int) -> InForce:
        """That version or a newer one; read once, however many messages ask for it at the same moment."""
        async with self._reading:
            if self._latest is None or self._latest.company.version < version:
                newest = await self._ledger.newest()
                if newest is None:
                    raise NoRules
                # Takes half a second of nothing but thinking: the others go on meanwhile.
                self._latest = await asyncio.to_thread(self._in_force, newest)
            return self._latest

    def _in_force(self, version: Version) -> InForce:
        company = self._read(version.files, version.version)
        return InForce(company, Understanding(company.catalogue, bot_names=(company.bot_name,)))

    async def turn(self) -> int:
        """Follow a change of rules; nothing is left to do after it."""
        for newest in await self._ledger.history(1):
            await self.of(newest.version)
        return 0
