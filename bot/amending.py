"""`gendan apply`, and importing master data: the next version of the company's rules."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from bot.company.in_use import InUse, dropped
from bot.company.load import BrokenRules, Loaded, company_of, load
from bot.company.merging import Merged, merge
from bot.company.powers import may_apply
from bot.founding import Founded, Seed, levels_of
from bot.rulebook import NoRules
from domain.company import Company
from domain.errors import Stale
from domain.ports import Clock


class NotDone(Exception):
    """What was asked is not done; the message says why in one line."""


@dataclass(frozen=True, slots=True)
class Amending:
    """Makes new versions; nothing changes unless all of it is right and whoever asks may do it."""

    ledger: Founded
    seed: Seed
    clock: Clock
    used: Callable[[], Awaitable[InUse]]

    async def apply(self, folder: Path, by: str, why: str) -> int:
        """Make a folder the rule from now on; says the version. Raises `BrokenRules`, `NotDone`."""
        loaded = load(folder)
        newest = await self.ledger.newest()
        judge = company_of(newest.files, newest.version) if newest else loaded.company
        return await self._add(loaded, judge, by, why)

    async def merge(self, kind: str, file: Path, data: bytes, by: str) -> Merged:
        """Let a file's rows join a table of the rules, as the next version; raises as `apply` does, and `NoRules`."""
        newest = await self.ledger.newest()
        if newest is None:
            raise NoRules
        judge = company_of(newest.files, newest.version)
        merged = merge(newest.files, kind, file.name, data)
        if merged.errors:
            raise BrokenRules(merged.errors)
        if merged.loaded is not None and (merged.added or merged.changed):
            await self._add(merged.loaded, judge, by, f"import {kind} {file.name}")
        return merged

    async def _add(self, loaded: Loaded, judge: Company, by: str, why: str) -> int:
        company = loaded.company
        who = judge.staff(by.lower())
        if who is None or not may_apply(who, judge.workflow.permissions):
            raise NotDone(
                f"{by!r} may not change the rules; whoever may stands under rules.apply in workflow.yaml"
            )
        if problems := dropped(await self.used(), company):
            raise BrokenRules(problems)
        try:
            added = await self.ledger.add(self.clock(), who.user_id, why, loaded.texts, after=judge.version)
        except Stale:
            raise NotDone(
                "somebody changed the rules at the same moment; look at theirs and try again"
            ) from None
        await self.seed(levels_of(loaded), self.clock(), who.user_id)
        return added.version
