"""The company's rules, version by version."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Integer, bindparam, func, select

from domain.errors import Stale
from domain.facts import Event
from storage import writes
from storage.engine import Database
from storage.events import append_to_stream
from storage.prepared import Prepared
from storage.tables import rules

STREAM = "company"

NEWEST = Prepared(
    select(rules).order_by(rules.c.version.desc()).limit(bindparam("one", value=1, type_=Integer))
)
FIRST = Prepared(select(func.min(rules.c.at).label("at")))
EVERY = Prepared(select(rules).order_by(rules.c.version))
HISTORY = Prepared(
    select(rules.c.version, rules.c.at, rules.c.actor, rules.c.why)
    .order_by(rules.c.version.desc())
    .limit(bindparam("limit", type_=Integer))
)


@dataclass(frozen=True, slots=True)
class RulesVersion:
    """One set of rules: who made it, when and why; `files` is the company folder, text by file name."""

    version: int
    at: datetime
    by: str
    why: str
    files: Mapping[str, str]


class Rules:
    """The ledger of process changes; each is also an event, so that the audit finds one changed by hand."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def newest(self) -> RulesVersion | None:
        """The rules in force, or None before the first `gendan apply`."""
        async with self._database.session() as session:
            rows = await session.rows(NEWEST)
        return next(
            (RulesVersion(row["version"], row["at"], row["actor"], row["why"], row["files"]) for row in rows),
            None,
        )

    async def founded(self) -> datetime | None:
        """Since when there are rules."""
        async with self._database.session() as session:
            (row,) = await session.rows(FIRST)
        at: datetime | None = row["at"]
        return at

    async def add(
        self, at: datetime, by: str, why: str, files: Mapping[str, str], *, after: int | None = None
    ) -> RulesVersion:
        """Make `files` the rule from now on, or raise `Stale` when somebody else did at the same moment.

        Also when the newest version is not `after`, on which the caller had looked.
        """
        async with self._database.session() as session:
            newest = await session.rows(HISTORY, limit=1)
            version = newest[0]["version"] + 1 if newest else 1
            if after is not None and version != after + 1:
                raise Stale(f"version {version - 1} is in force")
            data = {"version": version, "why": why, "digest": digest(files)}
            await append_to_stream(session, Event(STREAM, "company:rules", at, by, "", data))
            session.add(
                writes.RULES, {"version": version, "at": at, "actor": by, "why": why, "files": dict(files)}
            )
            await session.commit()
        return RulesVersion(version, at, by, why, dict(files))

    async def every(self) -> tuple[RulesVersion, ...]:
        """All versions with their files, oldest first."""
        async with self._database.session() as session:
            rows = await session.rows(EVERY)
        return tuple(
            RulesVersion(row["version"], row["at"], row["actor"], row["why"], row["files"]) for row in rows
        )

    async def history(self, limit: int = 50) -> tuple[RulesVersion, ...]:
        """The versions without their files, newest first."""
        async with self._database.session() as session:
            rows = await session.rows(HISTORY, limit=limit)
        return tuple(RulesVersion(row["version"], row["at"], row["actor"], row["why"], {}) for row in rows)


def digest(files: Mapping[str, str]) -> str:
    """What the files are known by in the chain of events."""
    return hashlib.sha256(json.dumps(dict(files), sort_keys=True).encode()).hexdigest()
