"""The rules in force, made into a company once and kept, with what people have said of themselves."""

import asyncio
import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Protocol

from domain.company import Company
from domain.identity import Register, as_registered
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


class Roll(Protocol):
    """Where it is kept what people have said of themselves."""

    async def version(self) -> int:
        """How often that has changed; cheap enough for every tick."""

    async def register(self) -> Register:
        """All of it."""


class NoRules(Exception):
    """There is no company yet."""


@contextmanager
def lasting() -> Iterator[None]:
    """What is made meanwhile stays: no collection walks through it, neither now nor where the server said so, later."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
        if gc.get_freeze_count():
            gc.freeze()
    finally:
        if collects:
            gc.enable()


class Rulebook:
    """`handlers.context.RulesInForce`; also a watch, so that a process nobody talks to follows them."""

    def __init__(self, ledger: Ledger, roll: Roll, read: Callable[[Mapping[str, str], int], Company]) -> None:
        self._ledger = ledger
        self._roll = roll
        self._read = read
        # As the company's tables say, before anything that people have said of themselves.
        self._written: InForce | None = None
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

    async def of(self, version: int, register: int) -> InForce:
        """That version or a newer one, and that much of the register; read once, however many messages ask at once."""
        async with self._reading:
            written = await self._rules(version)
            known = self._latest
            if known is None or known.company.version < version or known.company.register < register:
                company = as_registered(written.company, await self._roll.register())
                known = self._latest = replace(written, company=company)
            return known

    async def _rules(self, version: int) -> InForce:
        if self._written is None or self._written.company.version < version:
            newest = await self._ledger.newest()
            if newest is None:
                raise NoRules
            # Half a second of nothing but thinking for a big catalogue: the others go on meanwhile.
            with lasting():
                self._written = await asyncio.to_thread(self._in_force, newest, self._written)
        return self._written

    def _in_force(self, version: Version, before: InForce | None) -> InForce:
        company = self._read(version.files, version.version)
        names = (company.bot_name,)
        if before is None:
            return InForce(company, Understanding(company.catalogue, bot_names=names))
        return InForce(company, before.understanding.renewed(company.catalogue, bot_names=names))

    async def turn(self) -> int:
        """Follow a change of rules or of what people said; nothing is left to do after it."""
        for newest in await self._ledger.history(1):
            await self.of(newest.version, await self._roll.version())
        return 0
