"""The company's rules, version by version."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.engine import Database


@dataclass(frozen=True, slots=True)
class RulesVersion:
    """One set of rules: who made it, when and why; `files` is the company folder, text by file name."""

    version: int
    at: datetime
    by: str
    why: str
    files: Mapping[str, str]


class Rules:
    """The ledger of process changes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(self) -> RulesVersion | None:
        """The rules in force, or None before the first `gendan apply`."""
        raise NotImplementedError

    async def add(self, at: datetime, by: str, why: str, files: Mapping[str, str]) -> RulesVersion:
        """Make `files` the rule from now on, or raise `Stale` when somebody else did at the same moment."""
        raise NotImplementedError

    async def history(self, limit: int = 50) -> tuple[RulesVersion, ...]:
        """The versions without their files, newest first."""
        raise NotImplementedError
